import { approvePayment, failPayment } from './approve.ts'
import type { MaskedCard } from './billing-card.ts'
import type { Channel } from './channels.ts'
import type { SandboxContext } from './context.ts'
import type { Attempt } from './ledger.ts'
import type { Order } from './order.ts'
import { startPayment } from './payment.ts'
import { randomDigits, randomHex } from './random.ts'

export interface ChargeInput {
  order: Order
  channel: Channel
  card: MaskedCard
  /** Null when the card is accepted. */
  declineReason: string | null
  usage: 'issue' | 'payment' | null
  /** Receipt URLs start with it. */
  baseUrl: string
}

/** Takes a payment without a window; a declined one is recorded as `failed`. */
export function charge(
  context: SandboxContext,
  { order, channel, card, declineReason, usage, baseUrl }: ChargeInput,
): Attempt {
  const now = context.now()
  const imp_uid = `imp_${randomDigits(12)}`
  const start = { imp_uid, channel, device: 'api' as const, userAgent: 'api', now }
  const started = startPayment(order, start)
  const amount = context.settings.amount ?? started.amount
  context.settings.amount = null
  const payment = declineReason
    ? failPayment(started, declineReason, now)
    : {
        ...approvePayment(started, { amount, now, receiptUrl: `${baseUrl}/receipt/${imp_uid}` }),
        ...card,
        customer_uid_usage: usage,
      }
  const attempt = { windowKey: randomHex(32), order, channel, windowMode: 'iframe' as const, origin: '' }
  return context.ledger.add({ ...attempt, payment }, now)
}
