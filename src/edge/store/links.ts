import { sql } from 'kysely'
import type { GlobalLink } from '../global/global-link.ts'
import type { Link, Order } from '../link.ts'
import type { NewMessage } from '../messages/message.ts'
import { statusOf } from '../rules/link-status.ts'
import type { NewEvent } from '../tell.ts'
import { aboutCard, aboutOrder, aboutRef } from './about.ts'
import type { Database } from './database.ts'
import { keepGlobal, refIsFree } from './global-links.ts'
import { insertIf, whileAt } from './insert-if.ts'
import { recordMessages } from './messages.ts'
import { recordAndTell } from './outbox.ts'
import { insertRegistration, nameIsFree } from './registrations.ts'
import { type LinkRow, linkOf, rowOf, selectLinks } from './rows.ts'
import { queries } from './tables.ts'

/** Compiled once: for what is asked with every request, compiling would cost more than the answer. */
const byId = selectLinks().where('links.id', '=', '').compile()

export async function findLink(database: Database, id: string): Promise<Link | undefined> {
  const [row] = await database.all<LinkRow>({ ...byId, parameters: [id] })
  return row && linkOf(row)
}

const byOrder = selectLinks()
  .select((row) =>
    row
      .selectFrom('checkouts')
      .whereRef('checkouts.link_id', '=', 'links.id')
      .select((checkout) => checkout.fn.max('granted_at').as('at'))
      .as('checkout_at'),
  )
  .where('links.user_code', '=', '')
  .where('links.tier', '=', '')
  .where('links.merchant_uid', '=', '')
  .compile()

/** Every link that the order ever had, with what tells which of them a payment was for. */
export async function findOrder(
  database: Database,
  { user_code, tier, merchant_uid }: Order,
): Promise<{ link: Link; current: boolean; checkoutAt: number | null }[]> {
  const parameters = [user_code, tier, merchant_uid]
  const rows = await database.all<LinkRow & { checkout_at: number | null }>({ ...byOrder, parameters })
  return rows.map((row) => ({
    link: linkOf(row),
    current: row.superseded_by === null,
    checkoutAt: row.checkout_at,
  }))
}

/**
 * Writes a new link in the place of the order's current one, which is disabled where it was open.
 * @param told what the merchant hears of that
 * @param beside what a link of the global API carries
 * @param messages what the new link's customer is sent
 * @returns false when another write came between: read again and decide again
 */
export async function createLink(
  database: Database,
  link: Link,
  older: Link | undefined,
  told: readonly NewEvent[],
  beside?: GlobalLink,
  messages: readonly NewMessage[] = [],
): Promise<boolean> {
  const ofOrder = sql`user_code = ${link.user_code} and tier = ${link.tier} and merchant_uid = ${link.merchant_uid}`
  const allowed = sql`not exists (select 1 from links as paid where paid.user_code = ${link.user_code}
    and paid.tier = ${link.tier} and paid.merchant_uid = ${link.merchant_uid} and paid.status = 'paid')${beside?.ref ? sql` and ${refIsFree(beside.ref)}` : sql``} and ${nameIsFree(link)}`
  const isThere = whileAt(link.id, link.move_id)
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
    insertIf('history', entry, isThere),
    ...insertRegistration(link),
    ...(beside ? [keepGlobal(beside, isThere)] : []),
    ...recordMessages(messages, link),
  ]
  const about = [aboutOrder(link), ...aboutCard(link), ...aboutRef(beside?.ref)]
  if (!older) {
    const free = sql`where not exists (select 1 from links where ${ofOrder} and superseded_by is null) and ${allowed}`
    const [inserted] = await database.batch([insertIf('links', rowOf(link), free), ...created], about)
    return inserted === 1
  }
  const moveId = `${link.move_id}:older`
  const closes = statusOf(older, link.created_at) === 'open'
  const aside = queries
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
  const [stepped] = await database.batch(
    [
      aside.compile(),
      insertIf('links', rowOf(link), whileAt(older.id, moveId)),
      ...created,
      ...(closes ? recordAndTell(closed, whileAt(older.id, moveId), told) : []),
    ],
    about,
  )
  return stepped === 1
}
