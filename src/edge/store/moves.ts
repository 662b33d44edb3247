import { type CompiledQuery, sql } from 'kysely'
import type { Link, StoredStatus } from '../link.ts'
import type { Database } from './database.ts'
import { insertIf, whileAt } from './insert-if.ts'
import { keepPayment } from './payments.ts'
import { type PaymentsTable, queries } from './tables.ts'

export interface Move {
  /** As it was read; the move happens only while it is still so. */
  link: Link
  to: StoredStatus
  at: number
  why: string
  /** The payment that the link speaks of from now on. */
  payment: PaymentsTable | null
  /** i'mport's status for the merchant's notice; null: nothing is told. */
  tell: 'paid' | 'ready' | 'cancelled' | null
}

/**
 * One conditional statement moves the link; its history, payment and notice follow in the same batch.
 * @returns false when another write came between: read again and decide again
 */
export async function moveLink(database: Database, move: Move, moveId: string): Promise<boolean> {
  const { link, payment, to, at } = move
  const moved = whileAt(link.id, moveId)
  const [count] = await database.batch([
    update(move, moveId),
    insertIf(
      'history',
      {
        id: moveId,
        link_id: link.id,
        at,
        from_status: link.status,
        to_status: to,
        imp_uid: payment?.imp_uid ?? link.payment?.imp_uid ?? null,
        why: move.why,
      },
      moved,
    ),
    ...(payment ? [keepPayment(payment, moved)] : []),
    ...notice(move, moveId),
    ...(to === 'paid' ? closeSiblings(link, at, moveId) : []),
  ])
  return count === 1
}

function update({ link, to, at, payment }: Move, moveId: string): CompiledQuery {
  let statement = queries
    .updateTable('links')
    .set({
      status: to,
      move_id: moveId,
      ended_at: to === 'disabled' || to === 'refunded' ? at : null,
      imp_uid: to === 'open' ? null : (payment?.imp_uid ?? link.payment?.imp_uid ?? null),
    })
    .where('id', '=', link.id)
    .where('move_id', '=', link.move_id)
  if (payment)
    statement = statement.where(
      sql<boolean>`not exists (select 1 from payments where imp_uid = ${payment.imp_uid}
        and (link_id <> ${link.id} or status = 'rejected'))`,
    )
  if (to === 'paid')
    statement = statement.where(
      sql<boolean>`not exists (select 1 from links as other where other.user_code = ${link.user_code}
        and other.tier = ${link.tier} and other.merchant_uid = ${link.merchant_uid} and other.status = 'paid')`,
    )
  return statement.compile()
}

function notice({ link, payment, tell, at }: Move, moveId: string): CompiledQuery[] {
  const imp_uid = payment?.imp_uid
  if (!link.notice_url || !tell || !imp_uid) return []
  const body = JSON.stringify({ imp_uid, merchant_uid: link.merchant_uid, status: tell })
  const event = {
    id: `evt_${moveId}`,
    link_id: link.id,
    url: link.notice_url,
    body,
    created_at: at,
    due_at: at,
    attempts: 0,
    delivered_at: null,
  }
  return [insertIf('events', event, whileAt(link.id, moveId))]
}

/** Once an order is paid, none of its other links takes money any more. */
function closeSiblings(link: Link, at: number, moveId: string): CompiledQuery[] {
  const payable = sql`user_code = ${link.user_code} and tier = ${link.tier} and merchant_uid = ${link.merchant_uid}
    and id <> ${link.id} and status in ('open', 'awaiting_deposit')
    and exists (select 1 from links as paid where paid.id = ${link.id} and paid.move_id = ${moveId})`
  return [
    sql`insert into history (id, link_id, at, from_status, to_status, imp_uid, why)
      select ${moveId} || ':' || id, id, ${at}, status, 'disabled', null, 'order_paid' from links where ${payable}`.compile(
      queries,
    ),
    sql`update links set status = 'disabled', ended_at = ${at}, move_id = ${moveId} || ':' || id where ${payable}`.compile(
      queries,
    ),
  ]
}
