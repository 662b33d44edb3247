// Pure: when to ask i'mport again about a link that nobody tells of, and when to stop.
const minuteMs = 60_000
const hourMs = 60 * minuteMs

/**
 * No gateway keeps a window open for longer than this after the page may last have opened it:
 * what i'mport does not know of by then will not come.
 */
const windowMs = hourMs

/** While a window may be open: soon at first, because most customers are done in minutes. */
const windowPausesMs = [1, 2, 5, 15, 60].map((minutes) => minutes * minuteMs)
/** While a deposit is awaited: its notice is a matter of course, and this is for the one that is lost. */
const depositPauseMs = 6 * hourMs
/** Money to give back: i'mport may refuse for as long as the merchant's balance is short. */
const returnPausesMs = [5, 30, 120, 360, 1440].map((minutes) => minutes * minuteMs)

/** From 90 % to 110 %: what began together drifts apart. */
const spread = (pauseMs: number, chance: number) => Math.round(pauseMs * (0.9 + 0.2 * chance))
const pauseAt = (pauses: readonly number[], count: number) =>
  pauses[Math.min(count, pauses.length - 1)] ?? hourMs

/** A permission was granted: from when on, and until when, to ask how it ended. */
export function beginAsking(grantedAt: number, holdsUntil: number): { askAt: number; until: number } {
  return { askAt: grantedAt + pauseAt(windowPausesMs, 0), until: holdsUntil + windowMs }
}

/**
 * @param asks made so far, the one about to be made included
 * @param chance from 0 to 1
 */
export function askAgainAt(
  { asks, until }: { asks: number; until: number },
  awaitsDeposit: boolean,
  now: number,
  chance: number,
): number {
  const pause = spread(awaitsDeposit ? depositPauseMs : pauseAt(windowPausesMs, asks), chance)
  // The last question is asked when it can be the last; past that, i'mport was not to be had.
  return now < until ? Math.min(now + pause, until) : now + spread(hourMs, chance)
}

/** @param tries made so far, the one about to be made included */
export function tryReturnAt(tries: number, now: number, chance: number): number {
  return now + spread(pauseAt(returnPausesMs, tries - 1), chance)
}
