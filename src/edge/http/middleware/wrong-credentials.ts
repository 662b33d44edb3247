import { routingPrefixOf } from '../../config/client-address.ts'
import type { AppContext } from '../../context.ts'
import type { RateLimitName } from '../../platform/ports/rate-limits.ts'
import { warnOfRateLimit } from './warn.ts'

/**
 * Counts failed authentication by address, network and key. Call it only after the comparison: valid credentials are
 * never counted or limited.
 * @returns seconds until the next attempt is allowed; 0: now
 */
export async function countWrongCredentials(
  context: AppContext,
  address: string,
  key: string,
): Promise<number> {
  const site = routingPrefixOf(address)
  const counted: [RateLimitName, string | undefined][] = [
    ['token_address', address],
    ['token_site', site],
    ['token_key', key],
  ]
  let longest = 0
  for (const [name, counter] of counted) {
    const wait = counter === undefined ? 0 : await context.rateLimiter.take(name, counter)
    if (wait > 0) await warnOfRateLimit(context, name)
    longest = Math.max(longest, wait)
  }
  return longest
}
