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
  /** As it was read; the transition applies only if the link has not changed since. */
  link: Link
  to: StoredStatus
  at: number
  why: string
  /** The payment that the link refers to afterwards. */
  payment: PaymentsTable | null
  /** Events for the merchant. */
  events: readonly NewEvent[]
  /** The link expired; the sweep is done with it. */
  expired?: true
  /** For a transition to `paid`: the order's current link if it is another one. It is disabled if still payable. */
  current?: Closing | undefined
  /** Id of the checkout that the payment came through, if known. */
  used?: string | undefined
}

export interface Closing {
  /** As it was read. */
  link: Link
  /** Events about its end; null if it has already ended. */
  events: readonly NewEvent[] | null
}

/** Delay before i'mport is first asked about an awaited deposit, in case its notification was lost. */
const firstInquiryMs = 60 * 60 * 1000

/**
 * Updates the link by one conditional statement; history, payment and events follow in the same batch.
 * @returns false if the link changed since it was read: read again and decide again
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
  const lockKeys = [orderLock(link), linkLock(link.id), ...(payment ? [paymentLock(payment.imp_uid)] : [])]
  const [count] = await database.batch(
    [
      update(move, moveId),
      ...recordWithEvents(entry, moved, move.events),
      ...(payment ? [upsertPayment(payment, moved)] : []),
      ...(to === 'paid' && move.current ? close(move.current, move, moveId) : []),
      ...(to === 'paid' || to === 'refunded' ? closeCheckoutAsDone(link.id, at, moved, closingOf(move)) : []),
      ...updateMessages(link.id, to, at, moved),
      ...(to === 'awaiting_deposit'
        ? [extendInquiry(link.id, at, deadlineOf(move), at + firstInquiryMs, moved)]
        : []),
    ],
    lockKeys,
  )
  return count === 1
}

const closingOf = ({ to, at, used }: LinkTransition) => ({
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
      // The transition may add buyer data, which must be erased later.
      erased_at: null,
    })
    .where('id', '=', link.id)
    .where('move_id', '=', link.move_id)
  // A payment may start on one link of its order and be settled by another, until one of them holds it.
  if (payment)
    statement = statement.where(
      sql<boolean>`not exists (select 1 from payments where imp_uid = ${payment.imp_uid}
        and (status = 'rejected' or (kept = 1 and link_id <> ${link.id})))`,
    )
  // Superseded links are not payable any more, so only the current link must be unchanged since it was read.
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

/** Disables the order's current link after another link of the order was paid. */
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
