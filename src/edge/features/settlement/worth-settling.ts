// Pure: selects and sorts the attempts of an order that are settled.

import { paymentStateOf, virtualAccountOf } from '../../domain/payments/payment-state.ts'
import type { Payment } from '../../iamport/payment.ts'

/** Older attempts without money tell nothing new, and settling each one costs several queries. */
const maxWithoutMoney = 20

/**
 * Selects every attempt that was paid or has a virtual account, and the latest of the others. Sorted by approval,
 * because the first approved payment is the one to keep.
 * @param payments the latest first
 */
export function paymentsToSettle(payments: Payment[]): Payment[] {
  const withMoney = payments.filter(mayHoldMoney)
  const without = payments.filter((payment) => !mayHoldMoney(payment)).slice(0, maxWithoutMoney)
  return [...withMoney, ...without].toSorted((a, b) => (a.paid_at ?? Infinity) - (b.paid_at ?? Infinity))
}

/** May any of the attempts that are not settled still be approved? */
export function isUndecided(payments: Payment[], settled: Payment[]): boolean {
  const isSettled = new Set(settled)
  return payments.some((payment) => paymentStateOf(payment) === 'ready' && !isSettled.has(payment))
}

function mayHoldMoney(payment: Payment): boolean {
  const standing = paymentStateOf(payment)
  return standing !== 'failed' && (standing !== 'ready' || virtualAccountOf(payment) !== null)
}
