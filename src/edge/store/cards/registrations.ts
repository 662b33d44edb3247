// Data of links that register a card.
import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { NewEvent } from '../../domain/events/event.ts'
import type { Link, LinkContent, Order } from '../../domain/links/link.ts'
import { refundWatchMs } from '../../domain/payments/reconcile-schedule.ts'
import type { Database } from '../../platform/ports/database.ts'
import { closeCheckoutAsDone } from '../links/checkouts.ts'
import { extendInquiry } from '../queues/inquiries.ts'
import { recordWithEvents } from '../queues/outbox.ts'
import { ifAtMove, insertIf } from '../sql/insert-if.ts'
import { linkLock, orderLock } from '../sql/lock-keys.ts'
import { queries } from '../sql/tables.ts'
import { registrationRow } from './registration-row.ts'

/** Statements for the batch that inserts the link. */
export function insertRegistration(link: Link): CompiledQuery[] {
  const { registration, id, move_id } = link
  return registration
    ? [insertIf('registrations', registrationRow(link, registration), ifAtMove(id, move_id))]
    : []
}

const rivals = (order: Order, customerUid: string, now: number) => sql`select links.id from registrations
  join links on links.id = registrations.link_id where registrations.customer_uid = ${customerUid}
  and links.user_code = ${order.user_code} and links.tier = ${order.tier}
  and links.merchant_uid <> ${order.merchant_uid} and links.status = 'open' and links.expires_at > ${now}`

/** Condition: no other open link uses this `customer_uid`, because a card could not be attributed to one of two. */
export function nameIsFree({ registration, created_at, ...order }: Link): RawBuilder<unknown> {
  return registration ? sql`not exists (${rivals(order, registration.customer_uid, created_at)})` : sql`true`
}

/** True if an open link of another order uses the `customer_uid` of this registration. */
export async function hasRival(database: Database, content: LinkContent, now: number): Promise<boolean> {
  if (!content.registration) return false
  const found = rivals(content, content.registration.customer_uid, now)
  return (await database.all(sql`${found} limit 1`.compile(queries))).length > 0
}

/** Saves a fingerprint of the billing key that existed before the first checkout; later calls change nothing. */
export async function saveKeyBefore(database: Database, linkId: string, fingerprint: string): Promise<void> {
  const query = queries
    .updateTable('registrations')
    .set({ before: fingerprint })
    .where('link_id', '=', linkId)
    .where('before', 'is', null)
  await database.batch([query.compile()])
}

export interface CardRegistered {
  /** As it was read; the write applies only if the link has not changed since. */
  link: Link
  /** `paid` for a link that also charges, else `disabled`. */
  to: 'disabled' | 'paid'
  at: number
  late: boolean
  card_name: string | null
  /** Fingerprint of the earlier billing key, from the link whose checkout the customer used. */
  before: string
  events: readonly NewEvent[]
}

/** @returns false if the link changed since it was read: read again and decide again */
export async function registerCard(
  database: Database,
  { link, to, at, late, card_name, before, events }: CardRegistered,
  moveId: string,
): Promise<boolean> {
  const moved = ifAtMove(link.id, moveId)
  const close = queries
    .updateTable('links')
    .set({
      status: to,
      move_id: moveId,
      ended_at: to === 'disabled' ? (link.ended_at ?? at) : null,
      sweep_at: null,
      erased_at: null,
    })
    .where('id', '=', link.id)
    .where('move_id', '=', link.move_id)
    .where(
      sql<boolean>`exists (select 1 from registrations where link_id = ${link.id} and registered_at is null)`,
    )
  const note = queries
    .updateTable('registrations')
    .set({
      registered_at: at,
      late: late ? 1 : 0,
      card_name,
      calling_until: null,
      before: sql<string>`coalesce(before, ${before})`,
    })
    .where('link_id', '=', link.id)
    .where(sql<boolean>`exists (select 1 ${moved})`)
  const why = late ? 'registered_late' : 'registered'
  const entry = { id: moveId, link_id: link.id, at, from_status: link.status, to_status: 'registered' }
  const imp_uid = link.payment?.imp_uid ?? null
  const [count] = await database.batch(
    [
      close.compile(),
      note.compile(),
      ...recordWithEvents({ ...entry, imp_uid, why }, moved, events),
      ...closeCheckoutAsDone(link.id, at, moved, {
        used: null,
        askUntil: to === 'paid' ? at + refundWatchMs : null,
      }),
    ],
    [orderLock(link), linkLock(link.id)],
  )
  return count === 1
}

interface Failure {
  id: string
  link_id: string
  at: number
  why: string
  events: readonly NewEvent[]
  /** Set if the card may still appear at i'mport. */
  asking?: { askAt: number; until: number }
}

/** Records a failed try and its events, once per `id`. */
export async function recordCardFailure(
  database: Database,
  { id, link_id, at, why, events, asking }: Failure,
): Promise<void> {
  const same = sql.ref<string>('status')
  const entry = { id, link_id, at, from_status: same, to_status: same, imp_uid: null, why }
  const own = sql`from links where id = ${link_id}`
  const isNew = sql`${own} and exists (select 1 from history where id = ${id} and at = ${at})`
  await database.batch(
    [
      ...recordWithEvents(entry, own, events),
      ...(asking ? [extendInquiry(link_id, at, asking.until, asking.askAt, isNew)] : []),
    ],
    [linkLock(link_id)],
  )
}

/** Erases the card company's name from these registrations and their events. */
export function eraseCards(due: RawBuilder<unknown>): CompiledQuery[] {
  const named = sql`select link_id from registrations where card_name is not null and link_id in (${due})`
  // Not json_replace: the version for PostgreSQL has no nested paths. The name needs no JSON escapes.
  const events = sql`update events set body = replace(body, (select '"card_name":"' || card_name || '"'
    from registrations where registrations.link_id = events.link_id), '"card_name":null')
    where link_id in (${named})`
  const cards = sql`update registrations set card_name = null where link_id in (${due})`
  return [events.compile(queries), cards.compile(queries)]
}
