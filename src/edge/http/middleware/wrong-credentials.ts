import { routingPrefixOf } from '../../config/client-address.ts'
import type { AppContext } from '../../context.ts'
import type { RateLimitName } from '../../platform/ports/rate-limits.ts'
import { warnOfRateLimit } from './warn.ts'

/**
 * Counts wrong credentials, once they were compared: right ones are never counted, and never refused for others'.
 * @returns seconds until these may be answered as wrong ones; 0: they may
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
