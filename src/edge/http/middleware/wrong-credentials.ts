import { siteOf } from '../../config/client-address.ts'
import type { Room } from '../../context.ts'
import type { LimitName } from '../../platform/ports/rate-limits.ts'
import { warnOfLimit } from './warn.ts'

/**
 * Counts wrong credentials, once they were compared: right ones are never counted, and never refused for others'.
 * @returns seconds until these may be answered as wrong ones; 0: they may
 */
export async function countWrongCredentials(room: Room, address: string, key: string): Promise<number> {
  const site = siteOf(address)
  const counted: [LimitName, string | undefined][] = [
    ['token_address', address],
    ['token_site', site],
    ['token_key', key],
  ]
  let longest = 0
  for (const [name, counter] of counted) {
    const wait = counter === undefined ? 0 : await room.limiter.take(name, counter)
    if (wait > 0) await warnOfLimit(room, name)
    longest = Math.max(longest, wait)
  }
  return longest
}
