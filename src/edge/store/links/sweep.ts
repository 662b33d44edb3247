// Periodic work: expiry, erasure and deletion, in bounded steps.
import { sql } from 'kysely'
import type { Link } from '../../domain/links/link.ts'
import type { Database } from '../../platform/ports/database.ts'
import { eraseCards } from '../cards/registrations.ts'
import { linkLock } from '../sql/lock-keys.ts'
import { queries } from '../sql/tables.ts'
import { erasePortoneBuyers } from './portone-links.ts'
import { type LinkRow, linkOf, selectLinks } from './rows.ts'

/** Links whose expiry, or the expiry of their virtual account, is not recorded yet. */
export async function findExpired(database: Database, now: number, limit: number): Promise<Link[]> {
  const query = selectLinks().where('links.sweep_at', '<=', now).orderBy('links.sweep_at').limit(limit)
  return (await database.all<LinkRow>(query.compile())).map(linkOf)
}

/** Postpones a link that cannot be updated now, so that it does not block the others. */
export async function postponeExpiry(
  database: Database,
  { id, move_id }: Link,
  now: number,
  until: number,
): Promise<void> {
  const query = queries
    .updateTable('links')
    .set({ sweep_at: until })
    .where('id', '=', id)
    .where('move_id', '=', move_id)
    .where('sweep_at', '<=', now)
  await database.batch([query.compile()], [linkLock(id)])
}

/**
 * Erases the buyer's data of links that ended by `before`. The content hash is erased too, because a phone number could
 * be guessed from it and the rest of the order.
 * @returns the number of links
 */
export async function eraseBuyers(
  database: Database,
  before: number,
  now: number,
  limit: number,
): Promise<number> {
  const end = sql`case links.status when 'paid' then coalesce(payments.paid_at, payments.seen_at)
    when 'open' then links.expires_at when 'awaiting_deposit' then null else links.ended_at end`
  const due = sql`select links.id from links left join payments on payments.imp_uid = links.imp_uid
    where links.erased_at is null and links.created_at <= ${before} and ${end} <= ${before}
    order by links.created_at limit ${limit}`
  const payments = sql`update payments set receipt_url = null, bank = null, account = null, holder = null
    where link_id in (${due})`
  const messages = sql`update messages set due_at = null, address = null, ended_at = ${now}, outcome = 'dropped'
    where ended_at is null and link_id in (${due})`
  const links = sql`update links set buyer_name = null, buyer_tel = null, buyer_addr = null, buyer_email = null,
    buyer_postcode = null, custom_data = null, content_hash = '', erased_at = ${now} where id in (${due})`
  const counts = await database.batch([
    payments.compile(queries),
    ...eraseCards(due),
    ...erasePortoneBuyers(due),
    messages.compile(queries),
    links.compile(queries),
  ])
  return counts.at(-1) ?? 0
}

/** Deletes events, messages and checkouts that ended by `before`. @returns the number of rows */
export async function prune(database: Database, before: number, limit: number): Promise<number> {
  const events = sql`delete from events where id in (select id from events
    where due_at is null and created_at <= ${before} order by created_at limit ${limit})`
  const checkouts = sql`delete from checkouts where id in (select id from checkouts
    where ended_at is not null and ended_at <= ${before} order by ended_at limit ${limit})`
  const messages = sql`delete from messages where id in (select id from messages
    where ended_at is not null and ended_at <= ${before} order by ended_at limit ${limit})`
  const counts = await database.batch([events, checkouts, messages].map((step) => step.compile(queries)))
  return counts.reduce((sum, count) => sum + count, 0)
}
