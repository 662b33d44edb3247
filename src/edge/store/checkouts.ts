import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import { aboutLink } from './about.ts'
import type { Database } from './database.ts'
import { inquireUntil } from './inquiries.ts'
import { queries, type Tables } from './tables.ts'

/** What may still be under way at the gateway, and so must be asked about. */
interface Asking {
  askAt: number
  until: number
}

export async function recordCheckout(
  database: Database,
  checkout: Tables['checkouts'],
  { askAt, until }: Asking,
): Promise<void> {
  const { link_id, granted_at } = checkout
  const own = sql`from links where id = ${link_id}`
  await database.batch(
    [
      queries.insertInto('checkouts').values(checkout).compile(),
      inquireUntil(link_id, granted_at, until, askAt, own),
    ],
    [aboutLink(link_id)],
  )
}

/** Key of the method that the customer opened last. */
export async function findLastMethod(database: Database, linkId: string): Promise<string | undefined> {
  const query = queries
    .selectFrom('checkouts')
    .select('method_key')
    .where('link_id', '=', linkId)
    .orderBy('granted_at', 'desc')
    .limit(1)
  return (await database.all<{ method_key: string }>(query.compile()))[0]?.method_key
}

/** The visitor's page opens the window that it was last allowed to. */
export async function markOpened(
  database: Database,
  linkId: string,
  visitor: string,
  now: number,
): Promise<void> {
  const last = sql`select id from checkouts where link_id = ${linkId} and visitor = ${visitor}
    order by granted_at desc limit 1`
  await database.batch([
    sql`update checkouts set opened_at = ${now} where id = (${last}) and opened_at is null and ended_at is null
      and holds_until > ${now}`.compile(queries),
  ])
}

/** Did this visitor's page get what the payment window needs, which tells of the buyer? */
export async function wasGranted(database: Database, linkId: string, visitor: string): Promise<boolean> {
  const query = queries
    .selectFrom('checkouts')
    .select('id')
    .where('link_id', '=', linkId)
    .where('visitor', '=', visitor)
    .limit(1)
  return (await database.all(query.compile())).length > 0
}

/** Did another visitor open a window since then, of which it is not known how it ended? */
export async function isOpenElsewhere(
  database: Database,
  linkId: string,
  visitor: string | undefined,
  since: number,
): Promise<boolean> {
  const query = queries
    .selectFrom('checkouts')
    .select('id')
    .where('link_id', '=', linkId)
    .where('granted_at', '>', since)
    .where('opened_at', '>', since)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`visitor is distinct from ${visitor ?? ''}`)
    .limit(1)
  return (await database.all(query.compile())).length > 0
}

const unended = (linkId: string) =>
  sql`select 1 from checkouts where link_id = ${linkId} and ended_at is null`

/** Was anybody let into a window of which it is not known how it ended? */
export async function mayBeUnderWay(database: Database, linkId: string): Promise<boolean> {
  return (await database.all(sql`${unended(linkId)} limit 1`.compile(queries))).length > 0
}

/** i'mport said how the visitor's attempt ended. Once nobody else has a window open, nobody is asked. */
export async function endCheckouts(
  database: Database,
  linkId: string,
  visitor: string | undefined,
  now: number,
): Promise<void> {
  const own = queries
    .updateTable('checkouts')
    .set({ ended_at: now })
    .where('link_id', '=', linkId)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`visitor is not distinct from ${visitor ?? null}`)
  const asked = sql`delete from inquiries where link_id = ${linkId} and not exists (${unended(linkId)})
    and not exists (select 1 from links where id = ${linkId} and status = 'awaiting_deposit')`
  await database.batch([own.compile(), asked.compile(queries)], [aboutLink(linkId)])
}

/**
 * The link is paid, or was and is given back. Where one visitor alone had windows, that is how they ended; of
 * several, one may still approve a second payment, so i'mport goes on being asked.
 */
export function endAsPaid(linkId: string, at: number, moved: RawBuilder<unknown>): CompiledQuery[] {
  const shared = sql`select 1 from checkouts as one join checkouts as other on other.link_id = one.link_id
    where one.link_id = ${linkId} and one.ended_at is null and other.ended_at is null
    and other.visitor is distinct from one.visitor`
  const end = sql`update checkouts set ended_at = ${at} where link_id = ${linkId} and ended_at is null
    and exists (select 1 ${moved}) and not exists (${shared})`
  const drop = sql`delete from inquiries where link_id = ${linkId} and exists (select 1 ${moved})
    and not exists (${unended(linkId)})`
  return [end.compile(queries), drop.compile(queries)]
}
