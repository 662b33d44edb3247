import { type RawBuilder, sql } from 'kysely'

/** Nobody is at it: a claim is a lease, and whoever died during an attempt leaves it to another. */
export const isUnclaimed = (now: number): RawBuilder<boolean> =>
  sql`(claimed_until is null or claimed_until <= ${now})`
