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
 * Remembers a payment that came through no window of its order, and tells the merchant of it once, under the order's
 * latest link. Nothing of ours touches its money.
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
  const isBack = paymentStateOf(payment) === 'returned'
  // Given back before we heard of it: nobody misses it, and nobody is told.
  if (!known && isBack) return { outcome: 'ignored' }
  const now = context.now()
  const row = {
    imp_uid,
    link_id: known?.link_id ?? link.id,
    amount,
    currency,
    returned: isBack ? amount : returned,
    paid_at,
    seen_at: now,
  }
  const isSame = (['amount', 'currency', 'returned', 'paid_at'] as const).every(
    (name) => known?.[name] === row[name],
  )
  const same = !isBack && compareMoney(link, payment) === 'same'
  if (!known || !isSame) {
    const facts = { status: 'paid' as const, lastOpened: undefined, kept: false, late: false, now }
    const news = {
      at: now,
      status: statusOf(link, now),
      payment: eventDataOf(paymentRow(link, payment, facts)),
      why: 'foreign',
    }
    const events = await buildEvents(context, { type: 'link.payment_foreign', link, ...news })
    await store.recordForeignPayment(row, link, { events, moveId: makeRandomId(context.random) })
    if (!known) context.log.warn({ event: 'payment.foreign', link: link.id, imp_uid })
  }
  return isBack ? { outcome: 'ignored' } : { outcome: 'foreign', same }
}

/**
 * What was told as foreign is left alone, also where upstream names its mark only later.
 * @returns nothing where nobody was told
 */
export async function handleForeign(
  context: AppContext,
  order: Sibling[],
  payment: Payment,
): Promise<Attempt | undefined> {
  const known = await context.store.findForeignPayment(payment.imp_uid)
  return known && recordForeign(context, order, payment, known)
}
