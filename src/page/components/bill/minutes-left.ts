import type { Bill } from '../../../contract/links/link-view.ts'

const minuteMs = 60_000

/**
 * Whole minutes that a link can still be paid, in its last hour; null before.
 * @param ageMs how long ago the edge made the view
 */
export function minutesLeft({ expires_at, now }: Bill, ageMs: number): number | null {
  const minutes = Math.floor((Date.parse(expires_at) - Date.parse(now) - ageMs) / minuteMs)
  return minutes < 60 ? minutes : null
}
