// Pure: what a payment means for its link (design §4). No I/O, no clock: `now` is passed in.
import type { Attempt } from '../../../contract/links/checkout.ts'
import type { Link, LinkPayment, StoredStatus } from '../../domain/links/link.ts'
import { depositEndsAt, depositGraceMs } from '../../domain/links/link-status.ts'
import { clockToleranceMs } from '../../domain/payments/clock-tolerance.ts'
import { compareMoney, minorOf } from '../../domain/payments/compare-money.ts'
import type { Origin } from '../../domain/payments/payment-origin.ts'
import { paymentStateOf, virtualAccountOf, wasAbandoned } from '../../domain/payments/payment-state.ts'
import type { Payment } from '../../iamport/payment.ts'

export type RejectReason = 'amount' | 'currency' | 'second_payment' | 'late'

export type SettlementDecision =
  /** Nothing is written. */
  | { do: 'nothing'; attempt: Attempt }
  | { do: 'move'; to: StoredStatus; why: string; late: boolean; attempt: Attempt }
  /** The attempt is remembered, the link stays. */
  | { do: 'record'; as: 'ready' | 'failed' | 'cancelled'; attempt: Attempt }
  /** Part of the kept payment went back. */
  | { do: 'note_return'; returned: number; attempt: Attempt }
  /** The money is given back; nothing may depend on whether that works at once. */
  | { do: 'reject'; why: RejectReason }
  /** It came through no window of the order: remembered, told to the merchant, and left alone. */
  | { do: 'record_foreign'; attempt: Extract<Attempt, { outcome: 'foreign' }> }

export interface SettlementInput {
  /** As time has left it (`ageLink`). */
  link: Link
  /** Of this link's order, and of the right kind of channel. */
  payment: Payment
  /** Whether it came through a window of the order. */
  from: Origin['from']
  /** False: the link was replaced by one of another price before the payment was started. */
  isPrice: boolean
  /** Why this payment was rejected before, if it was. */
  rejected: RejectReason | null
  /** Another link of the order holds its payment. */
  orderPaid: boolean
  latePayment: 'keep' | 'refund'
  now: number
}

export function decideSettlement(question: SettlementInput): SettlementDecision {
  const { from, payment, rejected } = question
  const isKnown = rejected !== null || holds(question)
  if (from === 'elsewhere' && !isKnown) return decideForeign(question)
  const decision = decideOwn(question)
  // To send money back takes the mark of a window.
  return decision.do === 'reject' && from !== 'window' && !isKnown
    ? {
        do: 'record_foreign',
        attempt: { outcome: 'foreign', same: compareMoney(question.link, payment) === 'same' },
      }
    : decision
}

/** Only money counts: what the shop's own checkout tries and fails at is no concern of this link's customer. */
function decideForeign({ link, payment }: SettlementInput): SettlementDecision {
  const standing = paymentStateOf(payment)
  const hasMoney = standing === 'paid' || (standing === 'returned' && payment.paid_at !== null)
  if (!hasMoney) return { do: 'nothing', attempt: { outcome: 'ignored' } }
  const same = standing === 'paid' && compareMoney(link, payment) === 'same'
  return { do: 'record_foreign', attempt: { outcome: 'foreign', same } }
}

function decideOwn(question: SettlementInput): SettlementDecision {
  const standing = paymentStateOf(question.payment)
  switch (standing) {
    case 'paid':
      return decidePaid(question)
    case 'ready':
      return decideReady(question)
    case 'failed':
      return decideFailed(question)
    case 'returned':
      return decideReturned(question)
    case 'undecided':
      return { do: 'nothing', attempt: standingAttempt(question) ?? { outcome: 'pending' } }
  }
}

/** Is it the payment that the link's status speaks of? */
const holds = (question: SettlementInput): question is SettlementInput & { link: { payment: LinkPayment } } =>
  question.link.payment?.imp_uid === question.payment.imp_uid

/** What the link already knows of this very payment: an older answer of i'mport does not undo it. */
function standingAttempt(question: SettlementInput): Attempt | undefined {
  const { status } = question.link
  return holds(question) && (status === 'paid' || status === 'refunded') ? { outcome: status } : undefined
}

function decidePaid(question: SettlementInput): SettlementDecision {
  const { link, payment, rejected } = question
  if (rejected) return { do: 'reject', why: rejected }
  if (holds(question) && link.status === 'paid') {
    const returned = minorOf(payment.cancel_amount, payment.currency)
    const attempt: Attempt = { outcome: 'paid' }
    return returned > question.link.payment.returned
      ? { do: 'note_return', returned, attempt }
      : { do: 'nothing', attempt }
  }
  const known = standingAttempt(question)
  if (known) return { do: 'nothing', attempt: known }
  const money = compareMoney(link, payment)
  if (money !== 'same') return { do: 'reject', why: money }
  if (!question.isPrice) return { do: 'reject', why: 'amount' }
  if (question.orderPaid || link.status === 'paid' || link.status === 'refunded')
    return { do: 'reject', why: 'second_payment' }
  const late = isLate(question)
  if (late && question.latePayment === 'refund') return { do: 'reject', why: 'late' }
  return { do: 'move', to: 'paid', why: late ? 'paid_late' : 'paid', late, attempt: { outcome: 'paid' } }
}

/** By the time of approval, not of our hearing of it; that time is upstream's. */
function isLate({ link, payment, now }: SettlementInput): boolean {
  const at = (payment.paid_at ?? now) - clockToleranceMs
  const awaited = link.status === 'awaiting_deposit' ? (link.payment?.deposit?.due_at ?? 0) : 0
  const due = virtualAccountOf(payment)?.due_at ?? null
  // The link was free again for others when this deposit came.
  if (due !== null && at > due + depositGraceMs) return true
  // A card that came to be a moment before its payment ended the link: that closes it to nobody's money.
  const closed_at = link.ended_at === link.registration?.registered_at ? null : link.ended_at
  return at > Math.max(link.expires_at, awaited, due ?? 0) || (closed_at !== null && at > closed_at)
}

function decideReady(question: SettlementInput): SettlementDecision {
  const { link, payment, now, latePayment } = question
  const known = standingAttempt(question)
  if (known) return { do: 'nothing', attempt: known }
  const account = virtualAccountOf(payment)
  if (!account) return { do: 'nothing', attempt: { outcome: 'started' } }
  // Nobody can pay into it any more: i'mport calls it `ready` for ever, and it must not bind the link again.
  if (depositEndsAt(account.due_at, link.expires_at) <= now)
    return { do: 'nothing', attempt: { outcome: 'cancelled' } }
  // An account of other money never binds the link, but a deposit in it has to be found, and returned.
  if (compareMoney(link, payment) !== 'same' || !question.isPrice)
    return { do: 'nothing', attempt: { outcome: 'pending' } }
  const issued: Attempt = { outcome: 'awaiting_deposit' }
  if (link.status === 'awaiting_deposit')
    return holds(question)
      ? { do: 'nothing', attempt: issued }
      : { do: 'record', as: 'ready', attempt: issued }
  const inTime = (payment.vbank_issued_at ?? now) <= link.expires_at + clockToleranceMs
  if (link.status === 'open' && !question.orderPaid && (inTime || latePayment === 'keep'))
    return { do: 'move', to: 'awaiting_deposit', why: 'account_issued', late: false, attempt: issued }
  return { do: 'record', as: 'ready', attempt: { outcome: 'pending' } }
}

function decideFailed(question: SettlementInput): SettlementDecision {
  const known = standingAttempt(question)
  if (known) return { do: 'nothing', attempt: known }
  const attempt: Attempt = { outcome: wasAbandoned(question.payment.fail_reason) ? 'cancelled' : 'declined' }
  if (holds(question) && question.link.status === 'awaiting_deposit')
    return { do: 'move', to: 'open', why: 'account_closed', late: false, attempt }
  return { do: 'record', as: 'failed', attempt }
}

function decideReturned(question: SettlementInput): SettlementDecision {
  const { link, payment, rejected } = question
  if (rejected) return { do: 'reject', why: rejected }
  const everPaid = payment.paid_at !== null
  const attempt: Attempt = { outcome: everPaid ? 'refunded' : 'cancelled' }
  if (holds(question)) {
    if (link.status === 'refunded') return { do: 'nothing', attempt: { outcome: 'refunded' } }
    if (link.status === 'paid' || (link.status === 'awaiting_deposit' && everPaid))
      return { do: 'move', to: 'refunded', why: 'refunded', late: false, attempt: { outcome: 'refunded' } }
    // The account was closed before any money came.
    if (link.status === 'awaiting_deposit')
      return { do: 'move', to: 'open', why: 'account_closed', late: false, attempt }
  }
  // Paid and given back before we heard of it: the merchant does not want this order paid again.
  const unheard = link.status === 'open' && everPaid && !question.orderPaid && question.isPrice
  if (unheard && compareMoney(link, payment) === 'same')
    return { do: 'move', to: 'refunded', why: 'refunded', late: false, attempt }
  return { do: 'record', as: 'cancelled', attempt }
}
