// Pure: selects and sorts the payments of an order to settle.

import { paymentStateOf, virtualAccountOf } from '../../domain/payments/payment-state.ts'
import type { Payment } from '../../iamport/payment.ts'

/** Older attempts without money change nothing, and settling each one costs several queries. */
const maxWithoutMoney = 20

/**
 * Selects every payment that is paid or has a virtual account, and the latest of the others. Sorted by approval,
 * because the first approved payment is accepted.
 * @param payments newest first
 */
export function paymentsToSettle(payments: Payment[]): Payment[] {
  const withMoney = payments.filter(mayHoldMoney)
  const without = payments.filter((payment) => !mayHoldMoney(payment)).slice(0, maxWithoutMoney)
  return [...withMoney, ...without].toSorted((a, b) => (a.paid_at ?? Infinity) - (b.paid_at ?? Infinity))
}

/** Whether any payment that is not settled may still be approved. */
export function isUndecided(payments: Payment[], settled: Payment[]): boolean {
  const isSettled = new Set(settled)
  return payments.some((payment) => paymentStateOf(payment) === 'ready' && !isSettled.has(payment))
}

function mayHoldMoney(payment: Payment): boolean {
  const state = paymentStateOf(payment)
  return state !== 'failed' && (state !== 'ready' || virtualAccountOf(payment) !== null)
}
