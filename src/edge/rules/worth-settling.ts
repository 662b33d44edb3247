// Pure: which of an order's attempts are settled, and in what order.
import type { Payment } from '../iamport/payment.ts'
import { accountOf, standingOf } from './standing.ts'

/** Of attempts in which no money moved, only the latest are news; settling each takes the database's time. */
const maxMoneyless = 20

/**
 * Every attempt with money in it, or with an account that may get some, whatever their number. The first
 * approval is the one to keep, so it comes first.
 * @param payments the latest first
 */
export function worthSettling(payments: Payment[]): Payment[] {
  const withMoney = payments.filter(mayHoldMoney)
  const without = payments.filter((payment) => !mayHoldMoney(payment)).slice(0, maxMoneyless)
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
