// Lease on a link for one call with card data, across all processes, and a limit on the number of such calls.
import { sql } from 'kysely'
import type { Database } from '../../platform/ports/database.ts'
import { queries } from '../sql/tables.ts'

export interface Claim {
  now: number
  /** End of the lease. No other process calls before it, even if this one crashes. */
  until: number
  /** Maximum calls within `withinMs` of the first. */
  max: number
  withinMs: number
}

export type Claimed = 'claimed' | 'busy' | { closedUntil: number }

/** Takes the lease for one call, which counts as a try. */
export async function claimCard(
  database: Database,
  linkId: string,
  { now, until, max, withinMs }: Claim,
): Promise<Claimed> {
  const anew = sql`(tries_since is null or tries_since <= ${now - withinMs})`
  const take = sql`update registrations set calling_until = ${until},
    tries = case when ${anew} then 1 else tries + 1 end,
    tries_since = case when ${anew} then ${now} else tries_since end
    where link_id = ${linkId} and registered_at is null and (calling_until is null or calling_until <= ${now})
    and (tries < ${max} or ${anew})`
  const [taken] = await database.batch([take.compile(queries)])
  if (taken === 1) return 'claimed'
  const query = queries.selectFrom('registrations').selectAll().where('link_id', '=', linkId)
  const [row] = await database.all<{
    tries_since: number | null
    calling_until: number | null
    tries: number
  }>(query.compile())
  const isCalling = (row?.calling_until ?? 0) > now
  const isClosed = !isCalling && row !== undefined && row.tries >= max
  return isClosed ? { closedUntil: (row.tries_since ?? now) + withinMs } : 'busy'
}

/**
 * Ends the lease.
 * @param manner `tried`: the result is known; `untried`: the call was not made and does not count; `answeredAt`: the
 *   call is over but its result is unknown, so i'mport must be asked what it holds
 */
export async function releaseCard(
  database: Database,
  linkId: string,
  until: number,
  manner: 'tried' | 'untried' | { answeredAt: number },
): Promise<void> {
  const calling_until = typeof manner === 'object' ? manner.answeredAt : null
  const query = queries
    .updateTable('registrations')
    .set({ calling_until, ...(manner === 'untried' && { tries: sql<number>`tries - 1` }) })
    .where('link_id', '=', linkId)
    .where('calling_until', '=', until)
  await database.batch([query.compile()])
}
