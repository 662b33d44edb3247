import { Hono } from 'hono'
import { z } from 'zod'
import type { SandboxContext } from '../engine/context.ts'
import type { Attempt } from '../engine/ledger.ts'
import { sendNotices } from '../engine/notice.ts'
import { type RefundRequest, refund } from '../engine/refund.ts'
import { waitUntilOf } from '../engine/wait-until.ts'
import { failure, success } from './envelope.ts'
import { readBodyFields } from './fields.ts'

const text = (length: number) =>
  z
    .string()
    .max(length)
    .nullish()
    .transform((value) => value || null)
/** Form bodies send "" where JSON sends null. */
const number = z.preprocess(
  (value) => (value === '' ? null : value),
  z.coerce.number().nonnegative().nullable(),
)

const shape = z.object({
  imp_uid: text(40),
  merchant_uid: text(40),
  amount: number.optional().transform((amount) => amount ?? 0),
  checksum: z
    .preprocess((value) => (value === '' ? null : value), z.union([z.null(), z.coerce.number()]))
    .optional(),
  reason: text(256),
  refund_holder: text(40),
  refund_bank: text(10),
  refund_account: text(40),
  enable_webhook: z.union([z.boolean(), z.stringbool()]).nullish(),
})

type Fields = z.output<typeof shape>

/** By `imp_uid` if given, else the latest paid payment of `merchant_uid`. */
function findAttempt(context: SandboxContext, { imp_uid, merchant_uid }: Fields): Attempt | undefined {
  if (imp_uid) return context.ledger.find(imp_uid)
  if (!merchant_uid) return undefined
  const attempts = context.ledger.list({ merchantUid: merchant_uid })
  return attempts.find(({ payment }) => payment.paid_at > 0) ?? attempts[0]
}

function toRefundRequest(fields: Fields): RefundRequest {
  const { refund_holder: holder, refund_bank: bank, refund_account: number } = fields
  return {
    amount: fields.amount,
    checksum: fields.checksum ?? null,
    reason: fields.reason ?? '취소 요청',
    account: holder && bank && number ? { holder, bank, number } : null,
  }
}

export function cancelRoutes(context: SandboxContext): Hono {
  const routes = new Hono()
  routes.post('/', async (c) => {
    const fields = shape.safeParse(await readBodyFields(c))
    if (!fields.success) return failure(c, `${fields.error.issues[0]?.path.join('.')} 값이 올바르지 않아요.`)
    const attempt = findAttempt(context, fields.data)
    if (!attempt) return failure(c, '취소할 결제를 찾을 수 없어요.')
    const result = refund(attempt.payment, toRefundRequest(fields.data), context.now())
    if (!result.ok) return failure(c, result.message)
    context.ledger.update(attempt, result.payment, context.now())
    if (fields.data.enable_webhook)
      await sendNotices(context, attempt, waitUntilOf(c), { cancellation_id: result.cancellationId })
    return success(c, result.payment)
  })
  return routes
}
