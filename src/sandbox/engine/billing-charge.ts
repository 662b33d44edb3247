import { approve, refuse } from './approve.ts'
import type { MaskedCard } from './billing-card.ts'
import type { Channel } from './channels.ts'
import type { World } from './context.ts'
import type { Attempt } from './ledger.ts'
import type { Order } from './order.ts'
import { startPayment } from './payment.ts'
import { randomDigits, randomHex } from './random.ts'

export interface Charge {
  order: Order
  channel: Channel
  card: MaskedCard
  /** Why the card company refuses it, or null. */
  objection: string | null
  usage: 'issue' | 'payment' | null
  base: string
}

/** Takes a payment without a window. It is in the books even when the card company refuses it. */
export function charge(world: World, { order, channel, card, objection, usage, base }: Charge): Attempt {
  const now = world.now()
  const imp_uid = `imp_${randomDigits(12)}`
  const start = { imp_uid, channel, device: 'api' as const, userAgent: 'api', now }
  const begun = startPayment(order, start)
  const amount = world.settings.amount ?? begun.amount
  world.settings.amount = null
  const payment = objection
    ? refuse(begun, objection, now)
    : {
        ...approve(begun, { amount, now, receiptUrl: `${base}/receipt/${imp_uid}` }),
        ...card,
        customer_uid_usage: usage,
      }
  const place = { key: randomHex(32), order, channel, way: 'iframe' as const, origin: '' }
  return world.ledger.add({ ...place, payment }, now)
}
