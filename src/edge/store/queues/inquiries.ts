// Links to ask i'mport about, because a payment may be in progress. One row per link.
import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { Database } from '../../platform/ports/database.ts'
import { linkLock } from '../sql/lock-keys.ts'
import { type InquiryRow, queries } from '../sql/tables.ts'

/** Starts or restarts the link's inquiry: answers from before a new window or account say nothing about it. */
export function extendInquiry(
  linkId: string,
  since: number,
  until: number,
  askAt: number,
  source: RawBuilder<unknown>,
): CompiledQuery {
  return sql`insert into inquiries (link_id, since, until, ask_at, asks)
    select ${linkId}, ${since}, ${Math.max(until, since)}, ${askAt}, 0 ${source}
    on conflict (link_id) do update set since = excluded.since, ask_at = excluded.ask_at, asks = 0,
      until = case when inquiries.until > excluded.until then inquiries.until else excluded.until end`.compile(
    queries,
  )
}

/**
 * Queues an inquiry for every link that may have been paid since then, now and again when all windows must have closed.
 * For a database restored from a backup, which does not know windows opened after it.
 * @param since unix milliseconds
 * @returns the number of links
 */
export async function startInquiry(database: Database, since: number, now: number): Promise<number> {
  // A window may stay open this long after its link has expired.
  const hourMs = 3_600_000
  const [asAt, until] = [sql`cast(${now} as bigint)`, sql`cast(${now + hourMs} as bigint)`]
  const query = sql`insert into inquiries (link_id, since, until, ask_at, asks)
    select id, ${asAt}, ${until}, ${asAt}, 4 from links where status in ('open', 'awaiting_deposit')
      and (status = 'awaiting_deposit' or expires_at > ${since - hourMs})
    on conflict (link_id) do update set ask_at = excluded.ask_at,
      until = case when inquiries.until > excluded.until then inquiries.until else excluded.until end`
  const [count = 0] = await database.batch([query.compile(queries)])
  return count
}

export async function findDueInquiries(
  database: Database,
  now: number,
  limit: number,
): Promise<InquiryRow[]> {
  const query = queries
    .selectFrom('inquiries')
    .selectAll()
    .where('ask_at', '<=', now)
    .orderBy('ask_at')
    .limit(limit)
  return database.all<InquiryRow>(query.compile())
}

/**
 * Claims the inquiry for one question. The next one is scheduled in advance, so it also happens after a crash.
 * @returns false if another process claimed it or a new window restarted it
 */
export async function claimInquiry(
  database: Database,
  inquiry: InquiryRow,
  nextAt: number,
): Promise<boolean> {
  const { link_id, ask_at, asks } = inquiry
  const query = queries
    .updateTable('inquiries')
    .set({ ask_at: nextAt, asks: asks + 1 })
    .where('link_id', '=', link_id)
    .where('ask_at', '=', ask_at)
  return (await database.batch([query.compile()]))[0] === 1
}

/** Schedules the next question after an inconclusive answer, unless a new window restarted the inquiry meanwhile. */
export async function postponeInquiry(
  database: Database,
  { link_id, since, asks }: InquiryRow,
  askAt: number,
): Promise<void> {
  const query = queries
    .updateTable('inquiries')
    .set({ ask_at: askAt })
    .where('link_id', '=', link_id)
    .where('since', '=', since)
    .where('asks', '=', asks + 1)
  await database.batch([query.compile()])
}

/** Ends the inquiry and the link's checkouts, unless a new window restarted it meanwhile. */
export async function endInquiry(
  database: Database,
  { link_id, since, asks }: InquiryRow,
  now: number,
): Promise<void> {
  const own = sql`select 1 from inquiries where link_id = ${link_id} and since = ${since} and asks = ${asks + 1}`
  await database.batch(
    [
      sql`update checkouts set ended_at = ${now} where link_id = ${link_id} and ended_at is null
        and exists (${own})`.compile(queries),
      sql`delete from inquiries where link_id = ${link_id} and exists (${own})`.compile(queries),
    ],
    [linkLock(link_id)],
  )
}
