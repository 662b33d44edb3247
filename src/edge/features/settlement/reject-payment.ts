import type { Attempt } from '../../../contract/links/checkout.ts'
import type { AppContext } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import { statusOf } from '../../domain/links/link-status.ts'
import { minorOf, refundableAmount } from '../../domain/payments/compare-money.ts'
import { paymentStateOf } from '../../domain/payments/payment-state.ts'
import type { Account } from '../../iamport/client.ts'
import type { Payment } from '../../iamport/payment.ts'
import type { PaymentsTable } from '../../store/sql/tables.ts'
import { buildEvents } from '../webhooks/build-events.ts'
import type { RejectReason } from './decide-settlement.ts'
import { eventDataOf, paymentRow } from './payment-record.ts'

const reasons: Record<RejectReason, string> = {
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
  context: AppContext,
  account: Account,
  link: Link,
  payment: Payment,
  why: RejectReason,
): Promise<Attempt | undefined> {
  const { store, log } = context
  const now = context.now()
  const row = rejectedRow(link, payment, why, now)
  const before = { ...row, returned: minorOf(payment.cancel_amount, payment.currency) }
  const news = { status: statusOf(link, now), payment: eventDataOf(before), why }
  const events = await buildEvents(context, { type: 'link.payment_rejected', link, at: now, ...news })
  const tryAt = now + firstRetryMs
  await store.recordPayment(before, { why: `payment_rejected_${why}`, events, tryAt })
  if ((await store.findPayment(payment.imp_uid))?.status !== 'rejected') return undefined
  const returned = await giveBack(context, account, payment, why)
  if (returned) await noteGivenBack(context, link, payment, why)
  log.warn({ event: 'payment.rejected', link: link.id, imp_uid: payment.imp_uid, why, returned })
  // Money that came too late for a link that refuses it: what matters is whether it went back.
  if (why === 'late') return { outcome: returned ? 'refunded' : 'pending' }
  const { currency } = payment
  return { outcome: 'rejected', why, amount: row.amount, currency, returned }
}

/** Told once, under the payment's own id, however often it is found out. */
async function noteGivenBack(
  context: AppContext,
  link: Link,
  payment: Payment,
  why: RejectReason,
): Promise<void> {
  const at = context.now()
  const row = rejectedRow(link, payment, why, at)
  const news = { status: statusOf(link, at), payment: eventDataOf(row), why }
  const events = await buildEvents(context, { type: 'link.payment_returned', link, at, ...news })
  const { imp_uid, amount } = row
  await context.store.recordGivenBack({ imp_uid, link_id: link.id, amount, at, events })
}

/** For the merchant to look after: upstream has refused for a day to give it back. */
export async function emitRefundFailed(context: AppContext, link: Link, row: PaymentsTable): Promise<void> {
  const at = context.now()
  const news = { status: statusOf(link, at), payment: eventDataOf(row), why: row.why ?? '' }
  const events = await buildEvents(context, { type: 'link.payment_not_returned', link, at, ...news })
  await context.store.recordNotGivenBack({ imp_uid: row.imp_uid, link_id: link.id, at, events })
}

/** As it will be once all of it is back. */
function rejectedRow(link: Link, payment: Payment, why: RejectReason, now: number): PaymentsTable {
  const facts = {
    status: 'cancelled' as const,
    lastOpened: undefined,
    kept: false,
    late: why === 'late',
    now,
  }
  return { ...paymentRow(link, payment, facts), status: 'rejected', why }
}

async function giveBack(
  { iamport, log }: AppContext,
  account: Account,
  payment: Payment,
  why: RejectReason,
): Promise<boolean> {
  if (paymentStateOf(payment) === 'returned') return true
  const { imp_uid, merchant_uid, currency } = payment
  const left = refundableAmount(payment)
  const wish = { imp_uid, merchant_uid, amount: left, checksum: left, reason: reasons[why] }
  const answer = await iamport.cancel(account, wish)
  if (answer.ok && paymentStateOf(answer.value) === 'returned') return true
  // Somebody else may have given it back first; then i'mport refuses the checksum.
  const again = await iamport.getPayment(account, imp_uid)
  if (again.ok && paymentStateOf(again.value) === 'returned') return true
  log.error({
    event: 'payment.not_returned',
    imp_uid,
    currency,
    cancel: answer.ok ? 'partial' : answer.reason,
  })
  return false
}
