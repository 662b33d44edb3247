import { type CompiledQuery, sql } from 'kysely'
import type { Link, StoredStatus } from '../link.ts'
import { depositEndsAt } from '../rules/link-status.ts'
import type { NewEvent } from '../tell.ts'
import { aboutLink, aboutOrder, aboutPayment } from './about.ts'
import { endAsPaid } from './checkouts.ts'
import type { Database } from './database.ts'
import { inquireUntil } from './inquiries.ts'
import { whileAt } from './insert-if.ts'
import { followMessages } from './messages.ts'
import { recordAndTell } from './outbox.ts'
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
  /** What the merchant is told of it. */
  events: readonly NewEvent[]
  /** Time ended it: this is the last that the sweep has to say. */
  expired?: true
  /** Of a move to `paid`: the order's other links as they were read. Those that could still take money end. */
  siblings?: Sibling[]
}

export interface Sibling {
  link: Link
  /** What the merchant is told of its end; null: it has ended already. */
  closes: readonly NewEvent[] | null
}

/** An awaited deposit may have come without a notice: from then on i'mport is asked, rarely. */
const firstLookMs = 60 * 60 * 1000

/**
 * One conditional statement moves the link; its history, payment and events follow in the same batch.
 * @returns false when another write came between: read again and decide again
 */
export async function moveLink(database: Database, move: Move, moveId: string): Promise<boolean> {
  const { link, payment, to, at } = move
  const moved = whileAt(link.id, moveId)
  const entry = {
    id: moveId,
    link_id: link.id,
    at,
    from_status: link.status,
    to_status: move.expired ? 'expired' : to,
    imp_uid: payment?.imp_uid ?? link.payment?.imp_uid ?? null,
    why: move.why,
  }
  const about = [aboutOrder(link), aboutLink(link.id), ...(payment ? [aboutPayment(payment.imp_uid)] : [])]
  const [count] = await database.batch(
    [
      update(move, moveId),
      ...recordAndTell(entry, moved, move.events),
      ...(payment ? [keepPayment(payment, moved)] : []),
      ...(to === 'paid' ? closeSiblings(move, moveId) : []),
      ...(to === 'paid' || to === 'refunded' ? endAsPaid(link.id, at, moved) : []),
      ...followMessages(link.id, to, at, moved),
      ...(to === 'awaiting_deposit'
        ? [inquireUntil(link.id, at, deadlineOf(move), at + firstLookMs, moved)]
        : []),
    ],
    about,
  )
  return count === 1
}

const deadlineOf = ({ link, payment }: Move) => depositEndsAt(payment?.due_at, link.expires_at)

function sweepAt(move: Move): number | null {
  if (move.expired) return null
  if (move.to === 'open') return move.link.expires_at
  return move.to === 'awaiting_deposit' ? deadlineOf(move) : null
}

function update(move: Move, moveId: string): CompiledQuery {
  const { link, to, at, payment, siblings = [] } = move
  let statement = queries
    .updateTable('links')
    .set({
      status: to,
      move_id: moveId,
      ended_at: to === 'disabled' || to === 'refunded' ? at : null,
      imp_uid: to === 'open' ? null : (payment?.imp_uid ?? link.payment?.imp_uid ?? null),
      sweep_at: sweepAt(move),
      // What the move brings of the buyer has its own time to live.
      erased_at: null,
    })
    .where('id', '=', link.id)
    .where('move_id', '=', link.move_id)
  if (payment)
    statement = statement.where(
      sql<boolean>`not exists (select 1 from payments where imp_uid = ${payment.imp_uid}
        and (link_id <> ${link.id} or status = 'rejected'))`,
    )
  if (to === 'paid') {
    // Those that ended are not named: an order may have had any number, and D1 takes a hundred parameters.
    const read = sql.join(['', ...siblings.filter(isUnended).map((sibling) => sibling.link.move_id)])
    statement = statement.where(
      sql<boolean>`not exists (select 1 from links as other where other.user_code = ${link.user_code}
        and other.tier = ${link.tier} and other.merchant_uid = ${link.merchant_uid} and other.id <> ${link.id}
        and (other.status = 'paid' or (other.status in ('open', 'awaiting_deposit') and other.move_id not in (${read}))))`,
    )
  }
  return statement.compile()
}

const isUnended = ({ link: { status } }: Sibling) => status === 'open' || status === 'awaiting_deposit'

/** Once an order is paid, none of its other links takes money any more. */
function closeSiblings({ link: paid, at, siblings = [] }: Move, moveId: string): CompiledQuery[] {
  return siblings.flatMap(({ link, closes }) => {
    if (!closes) return []
    const id = `${moveId}:${link.id}`
    const disable = queries
      .updateTable('links')
      .set({ status: 'disabled', ended_at: at, move_id: id, sweep_at: null, erased_at: null })
      .where('id', '=', link.id)
      .where('move_id', '=', link.move_id)
      .where(sql<boolean>`exists (select 1 ${whileAt(paid.id, moveId)})`)
    const entry = {
      id,
      link_id: link.id,
      at,
      from_status: link.status,
      to_status: 'disabled',
      imp_uid: null,
      why: 'order_paid',
    }
    return [disable.compile(), ...recordAndTell(entry, whileAt(link.id, id), closes)]
  })
}
