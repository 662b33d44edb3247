import { type RawBuilder, sql } from 'kysely'

/** Condition: there is no lease on the row, or it has expired (its process crashed during the attempt). */
export const isUnclaimed = (now: number): RawBuilder<boolean> =>
  sql`(claimed_until is null or claimed_until <= ${now})`
