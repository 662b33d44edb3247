// The timers alone find every payment and refund in time.
import { type Attempt, moneyIn } from './attempt.ts'
import { dayMs, hourMs, minuteMs } from './clock.ts'
import { invariant } from './invariant.ts'
import { orders } from './orders.ts'
import type { Simulation } from './simulation.ts'
import { isByPage } from './windows.ts'

/** The longest that a gateway keeps a window open after its permission has expired. */
const longestWindowMs = hourMs
/** The longest interval between two queries about a possibly open window, and that of the timer. */
const queryMs = hourMs
const timerMs = minuteMs
/** What is queried daily is found within this time. */
const dailyMs = dayMs
/** How long undecided payments are queried. */
export const undecidedMs = 14 * dayMs
/** How long a paid link is queried for refunds. */
const refundWatchMs = 7 * dayMs

/** The time by which all windows of the link must have closed, given the permissions so far. */
export function windowsClosedAt({ windows }: Simulation, linkId: string): number {
  const own = windows.filter((window) => window.linkId === linkId)
  return Math.max(...own.map(({ holdsUntil }) => holdsUntil)) + longestWindowMs
}

/** An approved payment through a window as the page opens it, never reported as failed: it must be found. */
function mustBeFound(attempt: Attempt): boolean {
  const { window, approved, failedIn, refundedAt, payment, store, startedAt } = attempt
  if (!window || !approved || failedIn !== undefined) return false
  // The merchant refunded it before any query.
  if (refundedAt !== undefined && moneyIn(attempt) === 0) return false
  if (!isByPage(attempt) || startedAt > window.holdsUntil) return false
  // Banks reject deposits to an expired account.
  if (payment.vbank_date > 0 && payment.paid_at > payment.vbank_date) return false
  return !payment.sandbox || store === orders[2].store
}

/** The latest time at which the timers learn of an approval, while i'mport responds. */
function dueAt(simulation: Simulation, { window, approved, payment }: Attempt): number {
  if (!window || !approved) return Number.POSITIVE_INFINITY
  const closedAt = window.holdsUntil + longestWindowMs
  if (approved.at > closedAt + undecidedMs - dailyMs) return Number.POSITIVE_INFINITY
  // Other windows of the link extend the queries.
  const lastAt = windowsClosedAt(simulation, window.linkId)
  const queriedAt = (at: number) => {
    if (at >= closedAt || payment.pay_method === 'vbank') return at + dailyMs
    return window.byPage ? Math.min(lastAt, at + queryMs) : lastAt
  }
  const { lastFaultAt: troubledAt } = simulation
  const late = troubledAt >= approved.at ? Math.max(troubledAt + queryMs, queriedAt(troubledAt)) : 0
  return Math.max(queriedAt(approved.at), late) + timerMs
}

/** Runs after every timer round and every scene. */
export function checkFound(simulation: Simulation): void {
  const { clock, iamport, memory, coverage } = simulation
  while (simulation.checked.approved < iamport.approved.length) {
    const attempt = iamport.approved[simulation.checked.approved++]
    if (attempt) simulation.checked.undecided.add(attempt)
  }
  for (const attempt of simulation.checked.undecided) {
    invariant(
      !mustBeFound(attempt) || clock.now <= dueAt(simulation, attempt),
      'a payment through a window was not found in time',
      { attempt, now: clock.now },
    )
    if (!memory.isDecided(attempt.payment.imp_uid)) continue
    simulation.checked.undecided.delete(attempt)
    if (!simulation.onlyTimers || !attempt.window) continue
    coverage.foundByTimer += 1
    if (clock.now > attempt.window.holdsUntil + longestWindowMs + timerMs) coverage.foundAfterDays += 1
  }
}

/** A refund made at i'mport is found while the link is queried. */
export function checkRefunds(simulation: Simulation): void {
  const { clock, iamport, memory, lastFaultAt: troubledAt } = simulation
  for (const attempt of iamport.refunded) {
    const { refundedAt = 0, payment } = attempt
    const kept = memory.keptPayment(payment.imp_uid)
    if (!kept) {
      // The payment was refunded before the edge knew it.
      iamport.refunded.delete(attempt)
      continue
    }
    const isWatched = refundedAt <= kept.paid_at + refundWatchMs - dailyMs
    const isLate = clock.now > Math.max(refundedAt, troubledAt) + dailyMs + timerMs
    invariant(!isWatched || !isLate, "a refund made at i'mport was not found in time", attempt)
    if (kept.returned >= payment.cancel_amount) {
      iamport.refunded.delete(attempt)
      if (simulation.onlyTimers) simulation.coverage.refundsFound += 1
    }
  }
}
