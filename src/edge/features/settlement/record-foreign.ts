import type { Attempt } from '../../../contract/links/checkout.ts'
import type { AppContext } from '../../context.ts'
import type { Sibling } from '../../domain/links/link.ts'
import { statusOf } from '../../domain/links/link-status.ts'
import { compareMoney, minorOf } from '../../domain/payments/compare-money.ts'
import { paymentStateOf } from '../../domain/payments/payment-state.ts'
import type { Payment } from '../../iamport/payment.ts'
import { makeRandomId } from '../../platform/random-id.ts'
import type { ForeignPaymentsTable } from '../../store/sql/tables.ts'
import { buildEvents } from '../webhooks/build-events.ts'
import { eventDataOf, paymentRow } from './payment-record.ts'

/**
 * Saves a payment that came from outside Dari's windows, and reports it to the merchant once, under the order's
 * current link. It is never refunded.
 */
export async function recordForeign(
  context: AppContext,
  order: Sibling[],
  payment: Payment,
  known: ForeignPaymentsTable | undefined,
): Promise<Attempt> {
  const { store } = context
  const link = order.find(({ current }) => current)?.link
  if (!link) return { outcome: 'ignored' }
  const { imp_uid, currency, paid_at } = payment
  const returned = minorOf(payment.cancel_amount, currency)
  const amount = minorOf(payment.amount, currency)
  const isRefunded = paymentStateOf(payment) === 'returned'
  // Refunded before we learned of it: nothing to report.
  if (!known && isRefunded) return { outcome: 'ignored' }
  const now = context.now()
  const row = {
    imp_uid,
    link_id: known?.link_id ?? link.id,
    amount,
    currency,
    returned: isRefunded ? amount : returned,
    paid_at,
    seen_at: now,
  }
  const isUnchanged = (['amount', 'currency', 'returned', 'paid_at'] as const).every(
    (name) => known?.[name] === row[name],
  )
  const same = !isRefunded && compareMoney(link, payment) === 'same'
  if (!known || !isUnchanged) {
    const options = { status: 'paid' as const, lastOpened: undefined, kept: false, late: false, now }
    const eventData = {
      at: now,
      status: statusOf(link, now),
      payment: eventDataOf(paymentRow(link, payment, options)),
      why: 'foreign',
    }
    const events = await buildEvents(context, { type: 'link.payment_foreign', link, ...eventData })
    await store.recordForeignPayment(row, link, { events, moveId: makeRandomId(context.random) })
    if (!known) context.log.warn({ event: 'payment.foreign', link: link.id, imp_uid })
  }
  return isRefunded ? { outcome: 'ignored' } : { outcome: 'foreign', same }
}

/**
 * A payment already reported as foreign stays foreign, even if i'mport returns its origin mark later.
 * @returns undefined if it was not reported before
 */
export async function handleForeign(
  context: AppContext,
  order: Sibling[],
  payment: Payment,
): Promise<Attempt | undefined> {
  const known = await context.store.findForeignPayment(payment.imp_uid)
  return known && recordForeign(context, order, payment, known)
}
