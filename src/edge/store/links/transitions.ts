import { type CompiledQuery, sql } from 'kysely'
import type { NewEvent } from '../../domain/events/event.ts'
import type { Link, StoredStatus } from '../../domain/links/link.ts'
import { depositEndsAt } from '../../domain/links/link-status.ts'
import { refundWatchMs } from '../../domain/payments/reconcile-schedule.ts'
import type { Database } from '../../platform/ports/database.ts'
import { upsertPayment } from '../payments/payments.ts'
import { extendInquiry } from '../queues/inquiries.ts'
import { updateMessages } from '../queues/messages.ts'
import { recordWithEvents } from '../queues/outbox.ts'
import { ifAtMove } from '../sql/insert-if.ts'
import { linkLock, orderLock, paymentLock } from '../sql/lock-keys.ts'
import { type PaymentsTable, queries } from '../sql/tables.ts'
import { closeCheckoutAsDone } from './checkouts.ts'

export interface LinkTransition {
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
  /** Of a move to `paid`: the order's current link, where that is another one. If it could take money, it ends. */
  current?: Closing | undefined
  /** Id of the permission that the payment came through, where that is known. */
  used?: string | undefined
}

export interface Closing {
  /** As it was read. */
  link: Link
  /** What the merchant is told of its end; null: it has ended already. */
  events: readonly NewEvent[] | null
}

/** An awaited deposit may have come without a notice: from then on i'mport is asked, rarely. */
const firstLookMs = 60 * 60 * 1000

/**
 * One conditional statement moves the link; its history, payment and events follow in the same batch.
 * @returns false when another write came between: read again and decide again
 */
export async function transitionLink(
  database: Database,
  move: LinkTransition,
  moveId: string,
): Promise<boolean> {
  const { link, payment, to, at } = move
  const moved = ifAtMove(link.id, moveId)
  const entry = {
    id: moveId,
    link_id: link.id,
    at,
    from_status: link.status,
    to_status: move.expired ? 'expired' : to,
    imp_uid: payment?.imp_uid ?? link.payment?.imp_uid ?? null,
    why: move.why,
  }
  const about = [orderLock(link), linkLock(link.id), ...(payment ? [paymentLock(payment.imp_uid)] : [])]
  const [count] = await database.batch(
    [
      update(move, moveId),
      ...recordWithEvents(entry, moved, move.events),
      ...(payment ? [upsertPayment(payment, moved)] : []),
      ...(to === 'paid' && move.current ? close(move.current, move, moveId) : []),
      ...(to === 'paid' || to === 'refunded' ? closeCheckoutAsDone(link.id, at, moved, doneWith(move)) : []),
      ...updateMessages(link.id, to, at, moved),
      ...(to === 'awaiting_deposit'
        ? [extendInquiry(link.id, at, deadlineOf(move), at + firstLookMs, moved)]
        : []),
    ],
    about,
  )
  return count === 1
}

const doneWith = ({ to, at, used }: LinkTransition) => ({
  used: used ?? null,
  askUntil: to === 'paid' ? at + refundWatchMs : null,
})

const deadlineOf = ({ link, payment }: LinkTransition) => depositEndsAt(payment?.due_at, link.expires_at)

function sweepAt(move: LinkTransition): number | null {
  if (move.expired) return null
  if (move.to === 'open') return move.link.expires_at
  return move.to === 'awaiting_deposit' ? deadlineOf(move) : null
}

function update(move: LinkTransition, moveId: string): CompiledQuery {
  const { link, to, at, payment, current } = move
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
  // A payment may have been tried through one link of its order and be judged by another, until one keeps it.
  if (payment)
    statement = statement.where(
      sql<boolean>`not exists (select 1 from payments where imp_uid = ${payment.imp_uid}
        and (status = 'rejected' or (kept = 1 and link_id <> ${link.id})))`,
    )
  // A link that was replaced takes no money any more, so only the current one has to be as it was read.
  if (to === 'paid')
    statement = statement.where(
      sql<boolean>`not exists (select 1 from links as other where other.user_code = ${link.user_code}
        and other.tier = ${link.tier} and other.merchant_uid = ${link.merchant_uid} and other.id <> ${link.id}
        and other.status = 'paid')
        and not exists (select 1 from links as other where other.user_code = ${link.user_code}
        and other.tier = ${link.tier} and other.merchant_uid = ${link.merchant_uid} and other.id <> ${link.id}
        and other.superseded_by is null and other.status in ('open', 'awaiting_deposit')
        and other.move_id <> ${current?.link.move_id ?? ''})`,
    )
  return statement.compile()
}

/** Once an order is paid, none of its other links takes money any more. */
function close(
  { link, events }: Closing,
  { link: paid, at }: LinkTransition,
  moveId: string,
): CompiledQuery[] {
  if (!events) return []
  const id = `${moveId}:${link.id}`
  const disable = queries
    .updateTable('links')
    .set({ status: 'disabled', ended_at: at, move_id: id, sweep_at: null, erased_at: null })
    .where('id', '=', link.id)
    .where('move_id', '=', link.move_id)
    .where(sql<boolean>`exists (select 1 ${ifAtMove(paid.id, moveId)})`)
  const entry = {
    id,
    link_id: link.id,
    at,
    from_status: link.status,
    to_status: 'disabled',
    imp_uid: null,
    why: 'order_paid',
  }
  return [disable.compile(), ...recordWithEvents(entry, ifAtMove(link.id, id), events)]
}
