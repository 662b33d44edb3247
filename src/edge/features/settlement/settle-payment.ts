import type { Attempt } from '../../../contract/links/checkout.ts'
import type { AppContext } from '../../context.ts'
import type { EventType } from '../../domain/events/event-body.ts'
import type { Link, Sibling, StoredStatus } from '../../domain/links/link.ts'
import { endDeposit, statusOf } from '../../domain/links/link-status.ts'
import { noticeOf } from '../../domain/payments/payment-notice.ts'
import { type Origin, originOf, readOriginMark } from '../../domain/payments/payment-origin.ts'
import { virtualAccountOf } from '../../domain/payments/payment-state.ts'
import type { Account } from '../../iamport/client.ts'
import type { Payment } from '../../iamport/payment.ts'
import { makeRandomId } from '../../platform/random-id.ts'
import type { ForeignPaymentsTable, PaymentsTable } from '../../store/sql/tables.ts'
import { buildEvents } from '../webhooks/build-events.ts'
import { chooseOwner } from './choose-owner.ts'
import { closeSibling } from './close-sibling.ts'
import { decideSettlement, type RejectReason, type SettlementDecision } from './decide-settlement.ts'
import { eventDataOf, paymentRow } from './payment-record.ts'
import { handleForeign, recordForeign } from './record-foreign.ts'
import { rejectPayment } from './reject-payment.ts'

/** Each retry means that a concurrent write changed the link; a link has few transitions. */
const maxRaces = 8

/** Decides by the stored state and writes conditionally; decides again if a concurrent write came between. */
export async function settlePayment(
  context: AppContext,
  account: Account,
  requestedLink: Link,
  payment: Payment,
): Promise<Attempt> {
  for (let race = 0; race < maxRaces; race++) {
    const known = await readSettlementContext(context, requestedLink, payment)
    if (!known) return { outcome: 'ignored' }
    const attempt = await decideAndWrite(context, account, known, payment)
    if (!attempt) continue
    await endWindow(context, known.origin, payment, attempt)
    return attempt
  }
  throw new Error(`link ${requestedLink.id} was moved by others ${maxRaces} times in a row`)
}

interface SettlementContext {
  order: Sibling[]
  origin: Origin
  recorded: PaymentsTable | undefined
  foreign: ForeignPaymentsTable | undefined
  /** As read from the store. */
  link: Link
  isPrice: boolean
}

/** @returns undefined if the payment is recorded for another order */
async function readSettlementContext(
  { store }: AppContext,
  requestedLink: Link,
  payment: Payment,
): Promise<SettlementContext | undefined> {
  const recorded = await store.findPayment(payment.imp_uid)
  const mark = readOriginMark(payment.custom_data)
  const permissions = await store.findPermissions(requestedLink, { mark, startedAt: payment.started_at })
  const linkIds = [requestedLink.id, recorded?.link_id, ...permissions.map(({ link_id }) => link_id)]
  const order = await store.findOrder(requestedLink, [...new Set(linkIds.filter((id) => id !== undefined))])
  if (recorded && !order.some(({ link }) => link.id === recorded.link_id)) return undefined
  const stored = order.find(({ link }) => link.id === requestedLink.id)
  if (!stored) throw new Error(`link ${requestedLink.id} is gone`)
  const proven = originOf(payment, permissions, order)
  const foreign = proven.from === 'window' ? undefined : await store.findForeignPayment(payment.imp_uid)
  // Once reported as foreign, a payment stays foreign.
  const origin: Origin = foreign ? { from: 'elsewhere' } : proven
  const isFinal = recorded?.kept === 1 || recorded?.status === 'rejected'
  const recordedOwner = recorded && { link_id: recorded.link_id, isFinal }
  const { link, isPrice } = chooseOwner(stored.link, order, payment, origin, recordedOwner)
  return { order, origin, recorded, foreign, link, isPrice }
}

/** @returns undefined if a concurrent write came between */
async function decideAndWrite(
  context: AppContext,
  account: Account,
  known: SettlementContext,
  payment: Payment,
): Promise<Attempt | undefined> {
  const { store, settings, log } = context
  const { link: stored, order, origin, recorded, isPrice } = known
  const now = context.now()
  const link = endDeposit(stored, now)
  const decision = decideSettlement({
    link,
    payment,
    from: origin.from,
    isPrice,
    rejected: recorded?.status === 'rejected' ? (recorded.why as RejectReason) : null,
    orderPaid: order.some((sibling) => sibling.link.id !== link.id && sibling.link.status === 'paid'),
    latePayment: settings.latePayment,
    now,
  })
  const rowAs = (
    status: 'ready' | 'paid' | 'failed' | 'cancelled',
    options: { lastOpened?: string | undefined; kept?: boolean; late?: boolean } = {},
  ) => paymentRow(link, payment, { lastOpened: undefined, kept: false, late: false, ...options, status, now })
  switch (decision.do) {
    case 'nothing':
      return decision.attempt
    case 'reject': {
      const foreignAttempt =
        recorded?.status === 'rejected' ? undefined : await handleForeign(context, order, payment)
      return foreignAttempt ?? rejectPayment(context, account, link, payment, decision.why)
    }
    case 'record_foreign':
      return recordForeign(context, order, payment, known.foreign)
    case 'note_return': {
      const { imp_uid } = payment
      const { returned } = decision
      const part = { ...eventDataOf(rowAs('paid')), returned }
      const data = { type: 'link.refunded', status: 'paid', payment: part, why: 'returned_in_part' } as const
      const events = await buildEvents(context, { ...data, link, at: now }, noticeOf('cancelled', payment))
      await store.recordPartialRefund({ imp_uid, link_id: link.id, returned, at: now, events })
      return decision.attempt
    }
    case 'record': {
      const row = rowAs(decision.as)
      const data = { status: statusOf(link, now), payment: eventDataOf(row), why: decision.attempt.outcome }
      const events =
        decision.as === 'failed'
          ? await buildEvents(context, { type: failureOf(link), link, at: now, ...data })
          : []
      await store.recordPayment(row, { why: recordedWhy[decision.as], events })
      return decision.attempt
    }
    case 'move': {
      const lastOpened =
        origin.from === 'window' ? origin.permission.method_key : await store.findLastMethod(link.id)
      const { to, why, late } = decision
      const paymentStatus = paymentStatusAfter(decision)
      const kept = paymentStatus === 'paid' || paymentStatus === 'cancelled'
      const row = rowAs(paymentStatus ?? 'failed', { lastOpened, kept, late })
      const at = to === 'refunded' ? (payment.cancelled_at ?? now) : now
      const { type, notice } = eventTypes[to]
      const moved = { ...link, status: to, payment: { deposit: virtualAccountOf(payment) } }
      const data = { type, at, link, status: statusOf(moved, now), payment: eventDataOf(row), why }
      const events = await buildEvents(context, data, notice && noticeOf(notice, payment))
      const current = to === 'paid' ? await closeSibling(context, link, order, now) : undefined
      const used = origin.from === 'window' ? origin.permission.id : undefined
      const transition = { link: stored, to, at, why, payment: paymentStatus && row, events, current, used }
      if (!(await store.transitionLink(transition, makeRandomId(context.random)))) return undefined
      log.info({
        event: 'link.status_changed',
        link: link.id,
        from: stored.status,
        to,
        why,
        imp_uid: payment.imp_uid,
      })
      if (row.gateway === 'unlisted')
        log.warn({ event: 'payment.unlisted_gateway', link: link.id, imp_uid: payment.imp_uid })
      return decision.attempt
    }
  }
}

/** Ends the checkout whose window this payment came through; the order's other windows may still be open. */
async function endWindow(
  { store, now }: AppContext,
  origin: Origin,
  payment: Payment,
  { outcome }: Attempt,
): Promise<void> {
  if (origin.from !== 'window' || origin.permission.ended_at !== null) return
  const isOver = payment.status === 'failed' || payment.status === 'cancelled' || outcome === 'rejected'
  if (isOver) await store.endCheckout(origin.permission, now())
}

const recordedWhy = {
  ready: 'account_issued_elsewhere',
  failed: 'payment_failed',
  cancelled: 'payment_cancelled',
}

/** Event type of each transition, and i'mport's webhook status for it. */
const eventTypes = {
  // The virtual account was closed: the attempt failed.
  open: { type: 'link.payment_failed', notice: undefined },
  disabled: { type: 'link.disabled', notice: undefined },
  paid: { type: 'link.paid', notice: 'paid' },
  awaiting_deposit: { type: 'link.awaiting_deposit', notice: 'ready' },
  refunded: { type: 'link.refunded', notice: 'cancelled' },
} as const satisfies Record<StoredStatus, { type: EventType; notice: string | undefined }>

/** A failed payment of a registration fails the registration, too. */
const failureOf = ({ registration }: Link): EventType =>
  registration ? 'link.card_failed' : 'link.payment_failed'

function paymentStatusAfter({ to }: Extract<SettlementDecision, { do: 'move' }>) {
  if (to === 'paid') return 'paid'
  if (to === 'refunded') return 'cancelled'
  return to === 'awaiting_deposit' ? 'ready' : null
}
