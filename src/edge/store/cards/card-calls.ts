// One call with a card at a time, and few of them: of one link, over all processes.
import { sql } from 'kysely'
import type { Database } from '../../platform/ports/database.ts'
import { queries } from '../sql/tables.ts'

export interface Claim {
  now: number
  /** Until then nobody else calls, whatever becomes of us. */
  until: number
  /** This many calls within `withinMs`, counted from the first. */
  max: number
  withinMs: number
}

export type Claimed = 'claimed' | 'busy' | { closedUntil: number }

/** Takes the link for one call with a card, which counts as a try. */
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
 * It is known what became of the call; `untried`: it was not made after all; `answeredAt`: nobody waits for
 * it any more, and what i'mport holds is still to be asked.
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
