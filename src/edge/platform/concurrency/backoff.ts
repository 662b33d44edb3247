// Pure: exponential backoff for webhooks to merchants and messages to customers.
const minDelayMs = 5000
const maxDelayMs = 2 * 60 * 60 * 1000
/** Age after which a delivery is abandoned. */
export const retryForMs = 24 * 60 * 60 * 1000

/**
 * @param attempts made so far, 1 or more
 * @param random from 0 to 1, for jitter
 * @returns time of the next attempt in unix milliseconds, or null to give up
 */
export function nextAttemptAt(
  attempts: number,
  createdAt: number,
  now: number,
  random: number,
): number | null {
  const delay = Math.min(minDelayMs * 3 ** (attempts - 1), maxDelayMs)
  const at = Math.round(now + delay * (0.8 + 0.4 * random))
  return at > createdAt + retryForMs ? null : at
}
