import type { Attempt } from '../contract/checkout.ts'
import { isCurrencyCode } from '../contract/currency.ts'
import { majorOf } from '../contract/money.ts'
import type { Room } from './deps.ts'
import type { Account } from './iamport/client.ts'
import type { Payment } from './iamport/payment.ts'
import type { Link } from './link.ts'
import { newsOf, paymentRow } from './payment-row.ts'
import { minorOf } from './rules/compare-money.ts'
import type { RejectedWhy } from './rules/decide-settlement.ts'
import { statusOf } from './rules/link-status.ts'
import { standingOf } from './rules/standing.ts'
import { tellMerchant } from './tell.ts'

const reasons: Record<RejectedWhy, string> = {
  amount: '주문과 결제 금액이 다름',
  currency: '주문과 결제 통화가 다름',
  second_payment: '이미 결제된 주문',
  late: '결제 기한이 지난 주문',
}

/** Whoever dies while asking for the money back, or is refused, leaves it to the reconciler. */
const firstRetryMs = 60_000

/**
 * Gives back money that the link cannot keep. Recorded before i'mport is asked, so that it is known even
 * if the answer never comes; whoever settles the same payment again finishes what is left.
 * @returns nothing when the books do not say so, because somebody else decided on this payment meanwhile
 */
export async function rejectPayment(
  room: Room,
  account: Account,
  link: Link,
  payment: Payment,
  why: RejectedWhy,
): Promise<Attempt | undefined> {
  const { store, log } = room
  const facts = {
    status: 'cancelled' as const,
    lastOpened: undefined,
    kept: false,
    late: why === 'late',
    now: room.now(),
  }
  const row = { ...paymentRow(link, payment, facts), status: 'rejected', why }
  const before = { ...row, returned: minorOf(payment.cancel_amount, payment.currency) }
  const news = { status: statusOf(link, facts.now), payment: newsOf(before), why }
  const events = await tellMerchant(room, { type: 'link.payment_rejected', link, at: facts.now, ...news })
  const tryAt = facts.now + firstRetryMs
  await store.recordPayment(before, { why: `payment_rejected_${why}`, events, tryAt })
  if ((await store.findPayment(payment.imp_uid))?.status !== 'rejected') return undefined
  const returned = await giveBack(room, account, payment, why)
  if (returned) await store.recordGivenBack(payment.imp_uid, row.amount)
  log.warn({ event: 'payment.rejected', link: link.id, imp_uid: payment.imp_uid, why, returned })
  // Money that came too late for a link that refuses it: what matters is whether it went back.
  if (why === 'late') return { outcome: returned ? 'refunded' : 'pending' }
  const { currency } = payment
  return { outcome: 'rejected', why, amount: row.amount, currency, returned }
}

async function giveBack(
  { iamport, log }: Room,
  account: Account,
  payment: Payment,
  why: RejectedWhy,
): Promise<boolean> {
  if (standingOf(payment) === 'returned') return true
  const { imp_uid, currency } = payment
  const checksum = majorLeft(payment)
  const answer = await iamport.cancel(account, { imp_uid, checksum, reason: reasons[why] })
  if (answer.ok && standingOf(answer.value) === 'returned') return true
  // Somebody else may have given it back first; then i'mport refuses the checksum.
  const again = await iamport.getPayment(account, imp_uid)
  if (again.ok && standingOf(again.value) === 'returned') return true
  log.error({
    event: 'payment.not_returned',
    imp_uid,
    currency,
    cancel: answer.ok ? 'partial' : answer.reason,
  })
  return false
}

/** What i'mport can still give back, in major units; whole minor units, so that no fraction drifts. */
function majorLeft({ amount, cancel_amount, currency }: Payment): number {
  if (!isCurrencyCode(currency)) return amount - cancel_amount
  return majorOf(minorOf(amount, currency) - minorOf(cancel_amount, currency), currency)
}
