// Pure: selects and sorts the attempts of an order that are settled.

import { accountOf, standingOf } from '../../domain/payments/payment-state.ts'
import type { Payment } from '../../iamport/payment.ts'

/** Older attempts without money tell nothing new, and settling each one costs several queries. */
const maxWithoutMoney = 20

/**
 * Selects every attempt that was paid or has a virtual account, and the latest of the others. Sorted by approval,
 * because the first approved payment is the one to keep.
 * @param payments the latest first
 */
export function worthSettling(payments: Payment[]): Payment[] {
  const withMoney = payments.filter(mayHoldMoney)
  const without = payments.filter((payment) => !mayHoldMoney(payment)).slice(0, maxWithoutMoney)
  return [...withMoney, ...without].toSorted((a, b) => (a.paid_at ?? Infinity) - (b.paid_at ?? Infinity))
}

/** May any of the attempts that are not settled still be approved? */
export function leavesUndecided(payments: Payment[], settled: Payment[]): boolean {
  const isSettled = new Set(settled)
  return payments.some((payment) => standingOf(payment) === 'ready' && !isSettled.has(payment))
}

function mayHoldMoney(payment: Payment): boolean {
  const standing = standingOf(payment)
  return standing !== 'failed' && (standing !== 'ready' || accountOf(payment) !== null)
}
