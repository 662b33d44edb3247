// What rounds of work by the clock share: when they end, and how much is under way.
import type { Database } from './store/database.ts'

/** Whether a round of work that is done by the clock may begin one thing more. */
export type GoOn = () => boolean

export const always: GoOn = () => true

/**
 * Begins until there is nothing left to begin and nothing under way.
 * @param own what was begun and has not ended
 * @param begin looks for more; @returns whether anything was begun
 */
export async function untilNoneIsLeft(own: Set<Promise<void>>, begin: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const before = own.size
    if (await begin()) continue
    // What ended during the look may have made way for the next.
    if (before === 0) return
    if (own.size > 0) await Promise.race(own)
  }
}

/** Counts of what is under way: those of the process, whoever began it; where requests stand apart, the round's own. */
export function countsUnderWay<Counts>(none: () => Counts) {
  const known = new WeakMap<Database, Counts>()
  return (database: Database, requestsApart = false): Counts => {
    // Of a request that is cut off nobody would take back what it counted.
    if (requestsApart) return none()
    const counts = known.get(database) ?? none()
    known.set(database, counts)
    return counts
  }
}
