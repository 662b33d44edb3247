import { Hono } from 'hono'
import { z } from 'zod'
import type { SandboxContext } from '../engine/context.ts'
import type { Attempt } from '../engine/ledger.ts'
import { type Payment, statuses } from '../engine/payment.ts'
import { failure, paymentNotFound, success } from './envelope.ts'
import { pageQueryShape, paginate, sortingQueryShape } from './pagination.ts'

const statusShape = z.enum(statuses).optional()
const periodShape = z.object({ from: z.coerce.number().optional(), to: z.coerce.number().optional() })
const maxPeriodSeconds = 90 * 86_400

const paymentsOf = (attempts: Attempt[]): Payment[] => attempts.map(({ payment }) => payment)

/** Time by which `/status` filters a payment. */
function statusTimestamp(payment: Payment): number {
  const { status, started_at, paid_at, cancelled_at, failed_at } = payment
  return { ready: started_at, paid: paid_at, cancelled: cancelled_at, failed: failed_at }[status]
}

export function paymentRoutes(context: SandboxContext): Hono {
  const routes = new Hono()

  routes.get('/find/:merchant_uid/:status?', (c) => {
    const status = statusShape.safeParse(c.req.param('status'))
    const query = sortingQueryShape.safeParse(c.req.query())
    if (!status.success || !query.success) return failure(c, '조회 조건이 올바르지 않아요.', 400)
    const filter = { merchantUid: c.req.param('merchant_uid'), status: status.data }
    const [first] = context.ledger.list(filter, query.data.sorting)
    return first ? success(c, first.payment) : paymentNotFound(c)
  })

  routes.get('/findAll/:merchant_uid/:status?', (c) => {
    const status = statusShape.safeParse(c.req.param('status'))
    const query = pageQueryShape.safeParse(c.req.query())
    if (!status.success || !query.success) return failure(c, '조회 조건이 올바르지 않아요.', 400)
    const filter = { merchantUid: c.req.param('merchant_uid'), status: status.data }
    const all = paymentsOf(context.ledger.list(filter, query.data.sorting))
    if (all.length === 0) return paymentNotFound(c)
    const page = paginate(all, query.data.page, query.data.limit)
    return page ? success(c, page) : failure(c, '없는 페이지예요.', 400)
  })

  routes.get('/status/:status', (c) => {
    const segment = c.req.param('status')
    const status = statusShape.safeParse(segment === 'all' ? undefined : segment)
    const query = pageQueryShape.extend(periodShape.shape).safeParse(c.req.query())
    if (!status.success || !query.success) return failure(c, '조회 조건이 올바르지 않아요.', 400)
    const to = query.data.to ?? Math.floor(context.now() / 1000)
    const from = Math.max(query.data.from ?? 0, to - maxPeriodSeconds)
    const all = paymentsOf(context.ledger.list({ status: status.data }, query.data.sorting))
    const inPeriod = all.filter(
      (payment) => statusTimestamp(payment) >= from && statusTimestamp(payment) <= to,
    )
    const page = paginate(inPeriod, query.data.page, query.data.limit)
    return page ? success(c, page) : failure(c, '없는 페이지예요.', 400)
  })

  routes.get('/', (c) => {
    const impUids = c.req.queries('imp_uid[]') ?? []
    const merchantUids = c.req.queries('merchant_uid[]') ?? []
    const requested = impUids.length + merchantUids.length
    if (requested === 0 || requested > 100)
      return failure(c, '한 번에 1건에서 100건까지 조회할 수 있어요.', 400)
    const found = [
      ...impUids.map((impUid) => context.ledger.find(impUid)),
      ...merchantUids.map((merchantUid) => context.ledger.list({ merchantUid })[0]),
    ].filter((attempt) => attempt !== undefined)
    if (found.length === 0) return paymentNotFound(c)
    return success(c, paymentsOf([...new Set(found)]), found.length < requested ? 207 : 200)
  })

  routes.get('/:imp_uid', (c) => {
    // As upstream, this call alone hides payments of test channels by default.
    const attempt = c.req.query('include_sandbox') === 'true' && context.ledger.find(c.req.param('imp_uid'))
    return attempt ? success(c, attempt.payment) : paymentNotFound(c)
  })

  return routes
}
