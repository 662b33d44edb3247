// Pure: when to ask i'mport again about a link that nobody tells of, and when to stop.
import type { MerchantStatus } from '../links/link-status.ts'

export const minuteMs = 60_000
const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/**
 * No gateway keeps a window open for longer than this after the page may last have opened it:
 * what i'mport does not know of by then will not come.
 */
export const maxWindowMs = hourMs

/** What upstream has not decided by then is asked about once a day, and given up after so long. */
const undecidedMs = 14 * dayMs
/** For so long a paid link is asked about once a day: most refunds that a shop makes elsewhere are made by then. */
export const refundWatchMs = 7 * dayMs

/** While a window may be open: soon at first, because most customers are done in minutes. */
const windowPausesMs = [1, 2, 5, 15, 60].map((minutes) => minutes * minuteMs)
/** While a deposit is awaited: its notice is a matter of course, and this is for the one that is lost. */
const depositPauseMs = 6 * hourMs
/** Money to give back: i'mport may refuse for as long as the merchant's balance is short. */
const returnPausesMs = [5, 30, 120, 360, 1440].map((minutes) => minutes * minuteMs)

/** From 80 % to 100 %: what began together drifts apart, and nothing is asked later than is promised. */
const spread = (pauseMs: number, chance: number) => Math.round(pauseMs * (0.8 + 0.2 * chance))
const pauseAt = (pauses: readonly number[], count: number) =>
  pauses[Math.min(count, pauses.length - 1)] ?? hourMs

/** A permission was granted: from when on, and until when, to ask how it ended. */
export function firstInquiryAt(grantedAt: number, holdsUntil: number): { askAt: number; until: number } {
  return { askAt: grantedAt + pauseAt(windowPausesMs, 0), until: holdsUntil + maxWindowMs }
}

/**
 * When to ask next, should this answer not be the last: upstream may be away, or undecided.
 * @param asks made so far, the one about to be made included
 * @param chance from 0 to 1
 */
export function nextInquiryAt(
  { asks, until }: { asks: number; until: number },
  status: MerchantStatus,
  now: number,
  chance: number,
): number {
  const pause = spread(pauseOf(status, asks), chance)
  // The last question is asked when it can be the last; past that, i'mport was not to be had.
  return now < until ? Math.min(now + pause, until) : now + spread(hourMs, chance)
}

function pauseOf(status: MerchantStatus, asks: number): number {
  if (status === 'awaiting_deposit') return depositPauseMs
  return status === 'paid' ? dayMs : pauseAt(windowPausesMs, asks)
}

/**
 * What the answer to the question that was asked `now` means for the next one.
 * @returns when to ask next instead of the time that was set beforehand, `ends` where nothing can come any more
 */
export function scheduleAfter(
  until: number,
  isDecided: boolean,
  now: number,
  chance: number,
): 'ends' | 'as planned' | number {
  if (now < until) return 'as planned'
  return isDecided || now >= until + undecidedMs ? 'ends' : now + spread(dayMs, chance)
}

/** For so long the merchant need not know that rejected money is not back yet. */
export const refundGraceMs = dayMs

/** @param tries made so far, the one about to be made included */
export function nextRefundAttemptAt(
  { tries, since }: { tries: number; since: number },
  now: number,
  chance: number,
): number {
  const next = now + spread(pauseAt(returnPausesMs, tries - 1), chance)
  return now < since + refundGraceMs ? Math.min(next, since + refundGraceMs) : next
}
