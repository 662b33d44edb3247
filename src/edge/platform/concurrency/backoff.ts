// Pure: how long to wait before a notice to the merchant, or a message to a customer, is tried again.
const shortestMs = 5000
const longestMs = 2 * 60 * 60 * 1000
/** After a day a receiver is taken to be gone. */
export const retryForMs = 24 * 60 * 60 * 1000

/**
 * @param attempts made so far, 1 or more
 * @param chance from 0 to 1: spreads what failed together
 * @returns when to try again in unix milliseconds, or null to give up
 */
export function nextAttemptAt(
  attempts: number,
  createdAt: number,
  now: number,
  chance: number,
): number | null {
  const pause = Math.min(shortestMs * 3 ** (attempts - 1), longestMs)
  const at = Math.round(now + pause * (0.8 + 0.4 * chance))
  return at > createdAt + retryForMs ? null : at
}
