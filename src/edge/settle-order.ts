// Settling the money of an order: ask i'mport what happened, and move the link by the answer (design §4).
import type { Attempt } from '../contract/checkout.ts'
import type { Room } from './deps.ts'
import type { Account } from './iamport/client.ts'
import type { Payment } from './iamport/payment.ts'
import type { Link } from './link.ts'
import { chooseOwner } from './rules/choose-owner.ts'
import { settlePayment } from './settle-payment.ts'

export type OrderSettlement =
  | { ok: true; attempt: Attempt }
  /** Nothing was learnt and nothing changed. */
  | { ok: false; reason: 'upstream_unavailable' }

/** Settles what i'mport says of one payment, or without `impUid` of every attempt at the order. */
export async function settleOrder(
  room: Room,
  account: Account,
  link: Link,
  impUid: string | undefined,
): Promise<OrderSettlement> {
  const found = await ask(room, account, link, impUid)
  if (!found) return { ok: false, reason: 'upstream_unavailable' }
  const attempts: Attempt[] = []
  for (const payment of found) attempts.push(await settleFound(room, account, link, payment))
  return { ok: true, attempt: tellingOf(attempts) }
}

async function ask(
  { iamport, log }: Room,
  account: Account,
  link: Link,
  impUid: string | undefined,
): Promise<Payment[] | undefined> {
  if (impUid) {
    const answer = await iamport.getPayment(account, impUid)
    if (answer.ok) return [answer.value]
    if (answer.reason !== 'not_found') {
      log.warn({ event: 'iamport.unavailable', call: 'getPayment', link: link.id, ...answer })
      return undefined
    }
  }
  const answer = await iamport.findPayments(account, link.merchant_uid)
  if (!answer.ok) {
    log.warn({ event: 'iamport.unavailable', call: 'findPayments', link: link.id, ...answer })
    return undefined
  }
  // The first approval is the one to keep, so it is settled first.
  return answer.value.toSorted((a, b) => (a.paid_at ?? Infinity) - (b.paid_at ?? Infinity))
}

async function settleFound(room: Room, account: Account, link: Link, payment: Payment): Promise<Attempt> {
  if (payment.merchant_uid !== link.merchant_uid) return { outcome: 'ignored' }
  if (payment.sandbox && !account.merchant.sandbox) {
    room.log.warn({ event: 'settle.test_payment', link: link.id, imp_uid: payment.imp_uid })
    return { outcome: 'ignored' }
  }
  if (link.registration && isIssueOnly(payment))
    return { outcome: payment.status === 'paid' ? 'pending' : 'cancelled' }
  const recorded = await room.store.findPayment(payment.imp_uid)
  const order = await room.store.findOrder(link)
  if (recorded && !order.some((sibling) => sibling.link.id === recorded.link_id))
    return { outcome: 'ignored' }
  const owner = chooseOwner(link, order, payment, recorded?.link_id)
  const attempt = await settlePayment(room, account, owner.id, payment)
  // The order is what the customer pays for, whichever of its links they came through.
  return attempt
}

/** A gateway calls the issue of a billing key paid, with an amount of 0: the key itself is what counts. */
const isIssueOnly = ({ status, amount }: Payment) =>
  amount === 0 && (status === 'paid' || status === 'cancelled')

const byWeight: readonly Attempt['outcome'][] = [
  'paid',
  'awaiting_deposit',
  'rejected',
  'refunded',
  'pending',
  'started',
  'declined',
  'cancelled',
  'ignored',
]

/** Of several attempts at an order, the one that the customer most needs to hear of. */
function tellingOf(attempts: Attempt[]): Attempt {
  const weighed = attempts.toSorted((a, b) => byWeight.indexOf(a.outcome) - byWeight.indexOf(b.outcome))
  return weighed[0] ?? { outcome: 'none' }
}
