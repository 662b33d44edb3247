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

/** If the process crashes or the refund is refused, the reconciler retries. */
const firstRetryMs = 60_000

/**
 * Refunds a payment that the link cannot accept. Recorded before i'mport is called, so that an unanswered refund is
 * known; settling the same payment again completes it.
 * @returns undefined if another process decided on this payment meanwhile
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
  const pendingRow = { ...row, returned: minorOf(payment.cancel_amount, payment.currency) }
  const eventData = { status: statusOf(link, now), payment: eventDataOf(pendingRow), why }
  const events = await buildEvents(context, { type: 'link.payment_rejected', link, at: now, ...eventData })
  const tryAt = now + firstRetryMs
  await store.recordPayment(pendingRow, { why: `payment_rejected_${why}`, events, tryAt })
  if ((await store.findPayment(payment.imp_uid))?.status !== 'rejected') return undefined
  const isRefunded = await refund(context, account, payment, why)
  if (isRefunded) await recordRefund(context, link, payment, why)
  log.warn({ event: 'payment.rejected', link: link.id, imp_uid: payment.imp_uid, why, returned: isRefunded })
  // For a late payment, the customer needs to know whether the money is back.
  if (why === 'late') return { outcome: isRefunded ? 'refunded' : 'pending' }
  const { currency } = payment
  return { outcome: 'rejected', why, amount: row.amount, currency, returned: isRefunded }
}

/** Idempotent: one event per payment. */
async function recordRefund(
  context: AppContext,
  link: Link,
  payment: Payment,
  why: RejectReason,
): Promise<void> {
  const at = context.now()
  const row = rejectedRow(link, payment, why, at)
  const eventData = { status: statusOf(link, at), payment: eventDataOf(row), why }
  const events = await buildEvents(context, { type: 'link.payment_returned', link, at, ...eventData })
  const { imp_uid, amount } = row
  await context.store.recordRefund({ imp_uid, link_id: link.id, amount, at, events })
}

/** Asks the merchant to refund by hand, after i'mport has refused for `refundGraceMs`. */
export async function emitRefundFailed(context: AppContext, link: Link, row: PaymentsTable): Promise<void> {
  const at = context.now()
  const eventData = { status: statusOf(link, at), payment: eventDataOf(row), why: row.why ?? '' }
  const events = await buildEvents(context, { type: 'link.payment_not_returned', link, at, ...eventData })
  await context.store.recordRefundFailure({ imp_uid: row.imp_uid, link_id: link.id, at, events })
}

/** The row as it is once everything is refunded. */
function rejectedRow(link: Link, payment: Payment, why: RejectReason, now: number): PaymentsTable {
  const options = {
    status: 'cancelled' as const,
    lastOpened: undefined,
    kept: false,
    late: why === 'late',
    now,
  }
  return { ...paymentRow(link, payment, options), status: 'rejected', why }
}

async function refund(
  { iamport, log }: AppContext,
  account: Account,
  payment: Payment,
  why: RejectReason,
): Promise<boolean> {
  if (paymentStateOf(payment) === 'returned') return true
  const { imp_uid, merchant_uid, currency } = payment
  const remaining = refundableAmount(payment)
  const request = { imp_uid, merchant_uid, amount: remaining, checksum: remaining, reason: reasons[why] }
  const answer = await iamport.cancel(account, request)
  if (answer.ok && paymentStateOf(answer.value) === 'returned') return true
  // If it was refunded elsewhere meanwhile, i'mport refuses the checksum: read the payment again.
  const current = await iamport.getPayment(account, imp_uid)
  if (current.ok && paymentStateOf(current.value) === 'returned') return true
  log.error({
    event: 'payment.refund_failed',
    imp_uid,
    currency,
    cancel: answer.ok ? 'partial' : answer.reason,
  })
  return false
}
