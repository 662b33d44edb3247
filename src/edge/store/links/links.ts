import { type RawBuilder, sql } from 'kysely'
import type { NewEvent } from '../../domain/events/event.ts'
import type { Link, Order, Sibling } from '../../domain/links/link.ts'
import { statusOf } from '../../domain/links/link-status.ts'
import type { PortoneLink } from '../../domain/links/portone-link.ts'
import type { NewMessage } from '../../domain/messages/message.ts'
import type { Database } from '../../platform/ports/database.ts'
import { insertRegistration, nameIsFree } from '../cards/registrations.ts'
import { isPaidElsewhere } from '../payments/foreign-payments.ts'
import { recordMessages } from '../queues/messages.ts'
import { recordWithEvents } from '../queues/outbox.ts'
import { ifAtMove, insertIf } from '../sql/insert-if.ts'
import { cardLock, orderLock, refLock } from '../sql/lock-keys.ts'
import { queries } from '../sql/tables.ts'
import { insertPortoneLink, refIsFree } from './portone-links.ts'
import { type LinkRow, linkOf, rowOf, selectLinks } from './rows.ts'

/** Compiled once, because compiling takes longer than the query, which runs for every request. */
const byId = selectLinks().where('links.id', '=', '').compile()

export async function findLink(database: Database, id: string): Promise<Link | undefined> {
  const [row] = await database.all<LinkRow>({ ...byId, parameters: [id] })
  return row && linkOf(row)
}

const supersededAt = sql<number | null>`(select newer.created_at from links as newer
  where newer.id = links.superseded_by)`.as('superseded_at')

/**
 * The links of an order that matter for a payment: the current one, the paid one and those in `ids`. The number of its
 * other links is unbounded, and all of them have ended. For orders that register cards all links are returned, because
 * a card may have come through any of them.
 */
export async function findOrder(
  database: Database,
  { user_code, tier, merchant_uid }: Order,
  ids: readonly string[] = [],
): Promise<Sibling[]> {
  const order = sql`user_code = ${user_code} and tier = ${tier} and merchant_uid = ${merchant_uid}`
  const named =
    ids.length > 0 ? sql`union select id from links where ${order} and id in (${sql.join(ids)})` : sql``
  const few = sql<string>`(select id from links where ${order} and superseded_by is null
    union select id from links where ${order} and status = 'paid' ${named})`
  const rows = await readOrder(database, few)
  if (!rows.some(({ link }) => link.registration)) return rows
  return readOrder(database, sql<string>`(select id from links where ${order})`)
}

async function readOrder(database: Database, ids: RawBuilder<string>): Promise<Sibling[]> {
  const query = selectLinks().select(supersededAt).where(sql<boolean>`links.id in ${ids}`)
  const rows = await database.all<LinkRow & { superseded_at: number | null }>(query.compile())
  return rows.map((row) => ({
    link: linkOf(row),
    current: row.superseded_by === null,
    supersededAt: row.superseded_at,
  }))
}

/**
 * Inserts a link and supersedes the order's current one, which is disabled if it is open.
 * @param events events about the end of the older link
 * @param portone details of a link made through the global API
 * @param messages messages to the customer of the new link
 * @returns false if the older link changed since it was read: read again and decide again
 */
export async function insertLink(
  database: Database,
  link: Link,
  older: Link | undefined,
  events: readonly NewEvent[],
  portone?: PortoneLink,
  messages: readonly NewMessage[] = [],
): Promise<boolean> {
  const ofOrder = sql`user_code = ${link.user_code} and tier = ${link.tier} and merchant_uid = ${link.merchant_uid}`
  const allowed = sql`not exists (select 1 from links as paid where paid.user_code = ${link.user_code}
    and paid.tier = ${link.tier} and paid.merchant_uid = ${link.merchant_uid} and paid.status = 'paid')${portone?.ref ? sql` and ${refIsFree(portone.ref)}` : sql``} and ${nameIsFree(link)}`
  const isInserted = ifAtMove(link.id, link.move_id)
  const entry = {
    id: link.move_id,
    link_id: link.id,
    at: link.created_at,
    from_status: null,
    to_status: 'open',
    imp_uid: null,
    why: 'created',
  }
  const created = [
    insertIf('history', entry, isInserted),
    ...insertRegistration(link),
    ...(portone ? [insertPortoneLink(portone, isInserted)] : []),
    ...recordMessages(messages, link),
  ]
  const lockKeys = [orderLock(link), ...cardLock(link), ...refLock(portone?.ref)]
  const row = { ...rowOf(link), paid_elsewhere: isPaidElsewhere(link) }
  if (!older) {
    const free = sql`where not exists (select 1 from links where ${ofOrder} and superseded_by is null) and ${allowed}`
    const [inserted] = await database.batch([insertIf('links', row, free), ...created], lockKeys)
    return inserted === 1
  }
  const moveId = `${link.move_id}:older`
  const closes = statusOf(older, link.created_at) === 'open'
  const supersede = queries
    .updateTable('links')
    .set({
      superseded_by: link.id,
      move_id: moveId,
      ...(closes ? { status: 'disabled', ended_at: link.created_at, sweep_at: null, erased_at: null } : {}),
    })
    .where('id', '=', older.id)
    .where('move_id', '=', older.move_id)
    .where('superseded_by', 'is', null)
    .where(sql<boolean>`${allowed}`)
  const closed = {
    id: moveId,
    link_id: older.id,
    at: link.created_at,
    from_status: older.status,
    to_status: 'disabled',
    imp_uid: null,
    why: 'superseded',
  }
  const [superseded] = await database.batch(
    [
      supersede.compile(),
      insertIf('links', row, ifAtMove(older.id, moveId)),
      ...created,
      ...(closes ? recordWithEvents(closed, ifAtMove(older.id, moveId), events) : []),
    ],
    lockKeys,
  )
  return superseded === 1
}
