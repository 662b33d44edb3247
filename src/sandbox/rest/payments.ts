import { Hono } from 'hono'
import { z } from 'zod'
import type { World } from '../engine/context.ts'
import type { Attempt } from '../engine/ledger.ts'
import { type Payment, statuses } from '../engine/payment.ts'
import { answer, noPayment, refuseCall } from './envelope.ts'
import { cutPage, pageShape, sortingShape } from './pagination.ts'

const statusShape = z.enum(statuses).optional()
const periodShape = z.object({ from: z.coerce.number().optional(), to: z.coerce.number().optional() })
const ninetyDays = 90 * 86_400

const paymentsOf = (attempts: Attempt[]): Payment[] => attempts.map(({ payment }) => payment)

/** The moment by which a list by status looks at a payment. */
function momentOf(payment: Payment): number {
  const { status, started_at, paid_at, cancelled_at, failed_at } = payment
  return { ready: started_at, paid: paid_at, cancelled: cancelled_at, failed: failed_at }[status]
}

export function paymentRoutes(world: World): Hono {
  const routes = new Hono()

  routes.get('/find/:merchant_uid/:status?', (c) => {
    const status = statusShape.safeParse(c.req.param('status'))
    const query = sortingShape.safeParse(c.req.query())
    if (!status.success || !query.success) return refuseCall(c, '조회 조건이 올바르지 않아요.', 400)
    const wanted = { merchantUid: c.req.param('merchant_uid'), status: status.data }
    const [first] = world.ledger.list(wanted, query.data.sorting)
    return first ? answer(c, first.payment) : noPayment(c)
  })

  routes.get('/findAll/:merchant_uid/:status?', (c) => {
    const status = statusShape.safeParse(c.req.param('status'))
    const query = pageShape.safeParse(c.req.query())
    if (!status.success || !query.success) return refuseCall(c, '조회 조건이 올바르지 않아요.', 400)
    const wanted = { merchantUid: c.req.param('merchant_uid'), status: status.data }
    const all = paymentsOf(world.ledger.list(wanted, query.data.sorting))
    if (all.length === 0) return noPayment(c)
    const page = cutPage(all, query.data.page, query.data.limit)
    return page ? answer(c, page) : refuseCall(c, '없는 페이지예요.', 400)
  })

  routes.get('/status/:status', (c) => {
    const given = c.req.param('status')
    const status = statusShape.safeParse(given === 'all' ? undefined : given)
    const query = pageShape.extend(periodShape.shape).safeParse(c.req.query())
    if (!status.success || !query.success) return refuseCall(c, '조회 조건이 올바르지 않아요.', 400)
    const to = query.data.to ?? Math.floor(world.now() / 1000)
    const from = Math.max(query.data.from ?? 0, to - ninetyDays)
    const all = paymentsOf(world.ledger.list({ status: status.data }, query.data.sorting))
    const within = all.filter((payment) => momentOf(payment) >= from && momentOf(payment) <= to)
    const page = cutPage(within, query.data.page, query.data.limit)
    return page ? answer(c, page) : refuseCall(c, '없는 페이지예요.', 400)
  })

  routes.get('/', (c) => {
    const impUids = c.req.queries('imp_uid[]') ?? []
    const merchantUids = c.req.queries('merchant_uid[]') ?? []
    const asked = impUids.length + merchantUids.length
    if (asked === 0 || asked > 100) return refuseCall(c, '한 번에 1건에서 100건까지 조회할 수 있어요.', 400)
    const found = [
      ...impUids.map((impUid) => world.ledger.find(impUid)),
      ...merchantUids.map((merchantUid) => world.ledger.list({ merchantUid })[0]),
    ].filter((attempt) => attempt !== undefined)
    if (found.length === 0) return noPayment(c)
    return answer(c, paymentsOf([...new Set(found)]), found.length < asked ? 207 : 200)
  })

  routes.get('/:imp_uid', (c) => {
    // Every channel here is a test channel, which this one call hides unless asked not to.
    const attempt = c.req.query('include_sandbox') === 'true' && world.ledger.find(c.req.param('imp_uid'))
    return attempt ? answer(c, attempt.payment) : noPayment(c)
  })

  return routes
}
