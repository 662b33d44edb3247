// What nobody tells of is found in time, by the timers alone.
import { type Attempt, moneyIn } from './attempt.ts'
import { dayMs, hourMs, minuteMs } from './clock.ts'
import { must } from './must.ts'
import { orders } from './orders.ts'
import type { Stage } from './stage.ts'
import { isByPage } from './windows.ts'

/** No gateway keeps a window open for longer after the permission for it has ended. */
const longestWindowMs = hourMs
/** The longest pause between two questions about a window that may be open, and the timer's own. */
const questionMs = hourMs
const timerMs = minuteMs
/** What is asked about once a day is found by then. */
const dailyMs = dayMs
/** For so long what upstream has not decided is asked about. */
export const undecidedMs = 14 * dayMs
/** For so long a paid link is asked about. */
const refundWatchMs = 7 * dayMs

/** When no window of the link could be open any longer, for all that was permitted until now. */
export function windowsClosedAt({ windows }: Stage, linkId: string): number {
  const own = windows.filter((window) => window.linkId === linkId)
  return Math.max(...own.map(({ holdsUntil }) => holdsUntil)) + longestWindowMs
}

/** Money through a window as the page opens it, of an attempt that was never called failed: nobody may miss it. */
function isOwed(attempt: Attempt): boolean {
  const { window, approved, failedIn, refundedAt, payment, store, startedAt } = attempt
  if (!window || !approved || failedIn !== undefined) return false
  // The merchant returned it before anybody asked.
  if (refundedAt !== undefined && moneyIn(attempt) === 0) return false
  if (!isByPage(attempt) || startedAt > window.holdsUntil) return false
  // The bank takes nothing for an account that is over.
  if (payment.vbank_date > 0 && payment.paid_at > payment.vbank_date) return false
  return !payment.sandbox || store === orders[2].store
}

/** The latest that the timers learn of an approval, while upstream answers. */
function dueAt(stage: Stage, { window, approved, payment }: Attempt): number {
  if (!window || !approved) return Number.POSITIVE_INFINITY
  const closedAt = window.holdsUntil + longestWindowMs
  if (approved.at > closedAt + undecidedMs - dailyMs) return Number.POSITIVE_INFINITY
  // Other windows of the link have it asked about for longer.
  const lastAt = windowsClosedAt(stage, window.linkId)
  const askedFrom = (at: number) => {
    if (at >= closedAt || payment.pay_method === 'vbank') return at + dailyMs
    return window.byPage ? Math.min(lastAt, at + questionMs) : lastAt
  }
  const { troubledAt } = stage
  const late = troubledAt >= approved.at ? Math.max(troubledAt + questionMs, askedFrom(troubledAt)) : 0
  return Math.max(askedFrom(approved.at), late) + timerMs
}

/** Checked after every round of the timers, and after every scene. */
export function checkFound(stage: Stage): void {
  const { clock, iamport, memory, heard } = stage
  while (stage.seen.approved < iamport.approved.length) {
    const attempt = iamport.approved[stage.seen.approved++]
    if (attempt) stage.seen.unknown.add(attempt)
  }
  for (const attempt of stage.seen.unknown) {
    must(
      !isOwed(attempt) || clock.now <= dueAt(stage, attempt),
      'money came through a window, and nobody found it in time',
      { attempt, now: clock.now },
    )
    if (!memory.isDecided(attempt.payment.imp_uid)) continue
    stage.seen.unknown.delete(attempt)
    if (!stage.isTimer || !attempt.window) continue
    heard.foundByTimer += 1
    if (clock.now > attempt.window.holdsUntil + longestWindowMs + timerMs) heard.foundAfterDays += 1
  }
}

/** A refund that the merchant makes elsewhere is found while the link is asked about. */
export function checkRefunds(stage: Stage): void {
  const { clock, iamport, memory, troubledAt } = stage
  for (const attempt of iamport.refunded) {
    const { refundedAt = 0, payment } = attempt
    const kept = memory.keptAs(payment.imp_uid)
    if (!kept) {
      // Nobody had heard of the payment when it was returned.
      iamport.refunded.delete(attempt)
      continue
    }
    const isWatched = refundedAt <= kept.paid_at + refundWatchMs - dailyMs
    const isLate = clock.now > Math.max(refundedAt, troubledAt) + dailyMs + timerMs
    must(!isWatched || !isLate, 'money went back elsewhere, and nobody found out in time', attempt)
    if (kept.returned >= payment.cancel_amount) {
      iamport.refunded.delete(attempt)
      if (stage.isTimer) stage.heard.refundsFound += 1
    }
  }
}
