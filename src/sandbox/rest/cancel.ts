import { Hono } from 'hono'
import { z } from 'zod'
import type { World } from '../engine/context.ts'
import type { Attempt } from '../engine/ledger.ts'
import { announce } from '../engine/notice.ts'
import { type RefundRequest, refund } from '../engine/refund.ts'
import { laterOf } from '../engine/wait-until.ts'
import { answer, refuseCall } from './envelope.ts'
import { readFields } from './fields.ts'

const text = (length: number) =>
  z
    .string()
    .max(length)
    .nullish()
    .transform((given) => given || null)
/** Forms say "" where JSON says null. */
const number = z.preprocess(
  (given) => (given === '' ? null : given),
  z.coerce.number().nonnegative().nullable(),
)

const shape = z.object({
  imp_uid: text(40),
  merchant_uid: text(40),
  amount: number.optional().transform((amount) => amount ?? 0),
  checksum: z
    .preprocess((given) => (given === '' ? null : given), z.union([z.null(), z.coerce.number()]))
    .optional(),
  reason: text(256),
  refund_holder: text(40),
  refund_bank: text(10),
  refund_account: text(40),
  enable_webhook: z.union([z.boolean(), z.stringbool()]).nullish(),
})

type Fields = z.output<typeof shape>

/** `imp_uid` wins; a merchant_uid means its latest payment that has money to give back. */
function findAttempt(world: World, { imp_uid, merchant_uid }: Fields): Attempt | undefined {
  if (imp_uid) return world.ledger.find(imp_uid)
  if (!merchant_uid) return undefined
  const attempts = world.ledger.list({ merchantUid: merchant_uid })
  return attempts.find(({ payment }) => payment.paid_at > 0) ?? attempts[0]
}

function requestOf(fields: Fields): RefundRequest {
  const { refund_holder: holder, refund_bank: bank, refund_account: number } = fields
  return {
    amount: fields.amount,
    checksum: fields.checksum ?? null,
    reason: fields.reason ?? '취소 요청',
    account: holder && bank && number ? { holder, bank, number } : null,
  }
}

export function cancelRoutes(world: World): Hono {
  const routes = new Hono()
  routes.post('/', async (c) => {
    const fields = shape.safeParse(await readFields(c))
    if (!fields.success)
      return refuseCall(c, `${fields.error.issues[0]?.path.join('.')} 값이 올바르지 않아요.`)
    const attempt = findAttempt(world, fields.data)
    if (!attempt) return refuseCall(c, '취소할 결제를 찾을 수 없어요.')
    const result = refund(attempt.payment, requestOf(fields.data), world.now())
    if (!result.ok) return refuseCall(c, result.message)
    world.ledger.move(attempt, result.payment, world.now())
    if (fields.data.enable_webhook)
      await announce(world, attempt, laterOf(c), { cancellation_id: result.cancellationId })
    return answer(c, result.payment)
  })
  return routes
}
