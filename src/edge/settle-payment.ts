import type { Attempt } from '../contract/checkout.ts'
import type { Room } from './deps.ts'
import type { Account } from './iamport/client.ts'
import type { Payment } from './iamport/payment.ts'
import type { Link, StoredStatus } from './link.ts'
import { newsOf, paymentRow } from './payment-row.ts'
import { makeRandomId } from './random-id.ts'
import { rejectPayment } from './reject-payment.ts'
import { type Decision, decideSettlement, type RejectedWhy } from './rules/decide-settlement.ts'
import { type EventType, paymentNewsOf } from './rules/describe-event.ts'
import { ageLink, statusOf } from './rules/link-status.ts'
import type { Sibling } from './store/moves.ts'
import { tellMerchant } from './tell.ts'

/** Each lost race means that somebody else moved the link, and a link has few moves to make. */
const mostRaces = 8

/** Decides on what the store says now, writes only if that still stands, and else decides again. */
export async function settlePayment(
  room: Room,
  account: Account,
  linkId: string,
  payment: Payment,
): Promise<Attempt> {
  for (let race = 0; race < mostRaces; race++) {
    const attempt = await decideAndWrite(room, account, linkId, payment)
    if (attempt) return attempt
  }
  throw new Error(`link ${linkId} was moved by others ${mostRaces} times in a row`)
}

/** @returns nothing when another write came between */
async function decideAndWrite(
  room: Room,
  account: Account,
  linkId: string,
  payment: Payment,
): Promise<Attempt | undefined> {
  const { store, settings, log } = room
  const stored = await store.findLink(linkId)
  if (!stored) throw new Error(`link ${linkId} is gone`)
  const order = await store.findOrder(stored)
  const recorded = await store.findPayment(payment.imp_uid)
  if (recorded && recorded.link_id !== linkId && order.some(({ link: { id } }) => id === recorded.link_id)) {
    // Since its owner was chosen, somebody settled it for another link of the order: to be settled there.
    return settlePayment(room, account, recorded.link_id, payment)
  }
  const now = room.now()
  const link = ageLink(stored, now)
  const decision = decideSettlement({
    link,
    payment,
    rejected: recorded?.status === 'rejected' ? (recorded.why as RejectedWhy) : null,
    orderPaid: order.some((sibling) => sibling.link.id !== linkId && sibling.link.status === 'paid'),
    latePayment: settings.latePayment,
    now,
  })
  const rowAs = (
    status: 'ready' | 'paid' | 'failed' | 'cancelled',
    facts: { lastOpened?: string | undefined; kept?: boolean; late?: boolean } = {},
  ) => paymentRow(link, payment, { lastOpened: undefined, kept: false, late: false, ...facts, status, now })
  switch (decision.do) {
    case 'nothing':
      return decision.attempt
    case 'reject':
      return rejectPayment(room, account, link, payment, decision.why)
    case 'note_return': {
      const { imp_uid } = payment
      const { returned } = decision
      const part = { ...newsOf(rowAs('paid')), returned }
      const news = { type: 'link.refunded', status: 'paid', payment: part, why: 'returned_in_part' } as const
      const events = await tellMerchant(room, { ...news, link, at: now })
      await store.recordPartialReturn({ imp_uid, link_id: link.id, returned, at: now, events })
      return decision.attempt
    }
    case 'record': {
      const row = rowAs(decision.as)
      const news = { status: statusOf(link, now), payment: newsOf(row), why: decision.attempt.outcome }
      const events =
        decision.as === 'failed'
          ? await tellMerchant(room, { type: failureOf(link), link, at: now, ...news })
          : []
      await store.recordPayment(row, { why: recordedWhy[decision.as], events })
      return decision.attempt
    }
    case 'move': {
      const lastOpened = await store.findLastMethod(linkId)
      const { to, why, late } = decision
      const kept = keptStatus(decision)
      const row = rowAs(kept ?? 'failed', { lastOpened, kept: kept !== null && kept !== 'ready', late })
      const at = to === 'refunded' ? (payment.cancelled_at ?? now) : now
      const { type, notice } = told[to]
      const after = statusOf({ ...link, status: to }, now)
      const events = await tellMerchant(
        room,
        { type, at, link, status: after, payment: newsOf(row), why },
        notice,
      )
      const siblings = to === 'paid' ? await closing(room, link, order, now) : []
      const move = { link: stored, to, at, why, payment: kept && row, events, siblings }
      if (!(await store.moveLink(move, makeRandomId(room.random)))) return undefined
      log.info({ event: 'link.moved', link: linkId, from: stored.status, to, why, imp_uid: payment.imp_uid })
      if (row.gateway === 'unlisted')
        log.warn({ event: 'payment.unlisted_gateway', link: linkId, imp_uid: payment.imp_uid })
      return decision.attempt
    }
  }
}

const recordedWhy = {
  ready: 'account_issued_elsewhere',
  failed: 'payment_failed',
  cancelled: 'payment_cancelled',
}

/** What the merchant is told of a move, and i'mport's own word for it. */
const told = {
  // The link's account is closed: its attempt has failed.
  open: { type: 'link.payment_failed', notice: undefined },
  disabled: { type: 'link.disabled', notice: undefined },
  paid: { type: 'link.paid', notice: 'paid' },
  awaiting_deposit: { type: 'link.awaiting_deposit', notice: 'ready' },
  refunded: { type: 'link.refunded', notice: 'cancelled' },
} as const satisfies Record<StoredStatus, { type: EventType; notice: string | undefined }>

/** Where a card was to be registered, that has failed too. */
const failureOf = ({ registration }: Link): EventType =>
  registration ? 'link.card_failed' : 'link.payment_failed'

/** The order's other links, and what the merchant is told of those that end with this payment. */
async function closing(room: Room, paid: Link, order: { link: Link }[], now: number): Promise<Sibling[]> {
  const siblings = order.filter(({ link }) => link.id !== paid.id)
  return Promise.all(
    siblings.map(async ({ link }) => {
      const status = statusOf(link, now)
      const payable = status === 'open' || status === 'awaiting_deposit'
      const news = { at: now, link, payment: paymentNewsOf(link), why: 'order_paid' }
      const closes =
        payable && (await tellMerchant(room, { type: 'link.disabled', status: 'disabled', ...news }))
      return { link, closes: closes || null }
    }),
  )
}

function keptStatus({ to }: Extract<Decision, { do: 'move' }>) {
  if (to === 'paid') return 'paid'
  if (to === 'refunded') return 'cancelled'
  return to === 'awaiting_deposit' ? 'ready' : null
}
