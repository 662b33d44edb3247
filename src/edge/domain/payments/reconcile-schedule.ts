// Pure: when the reconciler queries i'mport about a link without news, retries refunds, and when it stops.
import type { MerchantStatus } from '../links/link-status.ts'

export const minuteMs = 60_000
const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** No gateway keeps a window open for longer. Payments that i'mport does not know by then will not come. */
export const maxWindowMs = hourMs

/** Payments still undecided after the window are queried daily for this long. */
const undecidedMs = 14 * dayMs
/** Paid links are queried daily for this long, to find refunds that the shop makes elsewhere. */
export const refundWatchMs = 7 * dayMs

/** While a window may be open. Most customers finish within minutes. */
const windowDelaysMs = [1, 2, 5, 15, 60].map((minutes) => minutes * minuteMs)
/** While a deposit is awaited, in case its notice gets lost. */
const depositDelayMs = 6 * hourMs
/** Between refund attempts. i'mport may refuse while the merchant's balance is too low. */
const refundDelaysMs = [5, 30, 120, 360, 1440].map((minutes) => minutes * minuteMs)

/** Jitter of 80 % to 100 %, so that no attempt comes later than documented. */
const withJitter = (delayMs: number, random: number) => Math.round(delayMs * (0.8 + 0.2 * random))
const delayAfter = (delays: readonly number[], count: number) =>
  delays[Math.min(count, delays.length - 1)] ?? hourMs

/** First and last query for a granted permission. */
export function firstInquiryAt(grantedAt: number, holdsUntil: number): { askAt: number; until: number } {
  return { askAt: grantedAt + delayAfter(windowDelaysMs, 0), until: holdsUntil + maxWindowMs }
}

/**
 * Time of the next query, set before the current one, which may fail or be undecided.
 * @param asks queries so far, including the current one
 * @param random from 0 to 1
 */
export function nextInquiryAt(
  { asks, until }: { asks: number; until: number },
  status: MerchantStatus,
  now: number,
  random: number,
): number {
  const delay = withJitter(delayFor(status, asks), random)
  // The last query is due at `until`. After that i'mport was unavailable: retry hourly.
  return now < until ? Math.min(now + delay, until) : now + withJitter(hourMs, random)
}

function delayFor(status: MerchantStatus, asks: number): number {
  if (status === 'awaiting_deposit') return depositDelayMs
  return status === 'paid' ? dayMs : delayAfter(windowDelaysMs, asks)
}

/**
 * Revises the schedule after a query made at `now`.
 * @returns `ends`, `as planned` (the time from `nextInquiryAt`), or another time
 */
export function scheduleAfter(
  until: number,
  isDecided: boolean,
  now: number,
  random: number,
): 'ends' | 'as planned' | number {
  if (now < until) return 'as planned'
  return isDecided || now >= until + undecidedMs ? 'ends' : now + withJitter(dayMs, random)
}

/** Time after which the merchant is notified that a refund has not succeeded. */
export const refundGraceMs = dayMs

/** @param tries attempts so far, including the current one */
export function nextRefundAttemptAt(
  { tries, since }: { tries: number; since: number },
  now: number,
  random: number,
): number {
  const next = now + withJitter(delayAfter(refundDelaysMs, tries - 1), random)
  return now < since + refundGraceMs ? Math.min(next, since + refundGraceMs) : next
}
