// Pure: decides what a payment changes about its link, in every case. `now` is passed in.
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
  /** Writes nothing. */
  | { do: 'nothing'; attempt: Attempt }
  | { do: 'move'; to: StoredStatus; why: string; late: boolean; attempt: Attempt }
  /** Saves the payment attempt; the link's status stays. */
  | { do: 'record'; as: 'ready' | 'failed' | 'cancelled'; attempt: Attempt }
  /** Part of the accepted payment was refunded. */
  | { do: 'note_return'; returned: number; attempt: Attempt }
  /** Refunds the money; the refund may fail and is retried by the reconciler. */
  | { do: 'reject'; why: RejectReason }
  /** The payment came from outside Dari's windows: saved and reported to the merchant, never refunded. */
  | { do: 'record_foreign'; attempt: Extract<Attempt, { outcome: 'foreign' }> }

export interface SettlementInput {
  /** With its deposit deadline applied (`endDeposit`). */
  link: Link
  /** Of this link's order, and of a live channel for live merchants. */
  payment: Payment
  /** Whether it came through one of the order's windows. */
  from: Origin['from']
  /** False if the link was replaced by one with another price before the payment started. */
  isPrice: boolean
  /** Reason of the earlier rejection of this payment. */
  rejected: RejectReason | null
  /** Another link of the order is paid. */
  orderPaid: boolean
  latePayment: 'keep' | 'refund'
  now: number
}

export function decideSettlement(input: SettlementInput): SettlementDecision {
  const { from, payment, rejected } = input
  const isKnown = rejected !== null || holds(input)
  if (from === 'elsewhere' && !isKnown) return decideForeign(input)
  const decision = decideOwn(input)
  // Only payments with a window's origin mark, and those known to the link already, may be refunded.
  return decision.do === 'reject' && from !== 'window' && !isKnown
    ? {
        do: 'record_foreign',
        attempt: { outcome: 'foreign', same: compareMoney(input.link, payment) === 'same' },
      }
    : decision
}

/** Only paid money matters: failed attempts in the shop's own checkout do not concern this link's customer. */
function decideForeign({ link, payment }: SettlementInput): SettlementDecision {
  const state = paymentStateOf(payment)
  const hasMoney = state === 'paid' || (state === 'returned' && payment.paid_at !== null)
  if (!hasMoney) return { do: 'nothing', attempt: { outcome: 'ignored' } }
  const same = state === 'paid' && compareMoney(link, payment) === 'same'
  return { do: 'record_foreign', attempt: { outcome: 'foreign', same } }
}

function decideOwn(input: SettlementInput): SettlementDecision {
  const state = paymentStateOf(input.payment)
  switch (state) {
    case 'paid':
      return decidePaid(input)
    case 'ready':
      return decideReady(input)
    case 'failed':
      return decideFailed(input)
    case 'returned':
      return decideReturned(input)
    case 'undecided':
      return { do: 'nothing', attempt: finalAttempt(input) ?? { outcome: 'pending' } }
  }
}

/** Whether the link's status is based on this payment. */
const holds = (input: SettlementInput): input is SettlementInput & { link: { payment: LinkPayment } } =>
  input.link.payment?.imp_uid === input.payment.imp_uid

/** The final status that this payment already gave the link: an older answer of i'mport does not undo it. */
function finalAttempt(input: SettlementInput): Attempt | undefined {
  const { status } = input.link
  return holds(input) && (status === 'paid' || status === 'refunded') ? { outcome: status } : undefined
}

function decidePaid(input: SettlementInput): SettlementDecision {
  const { link, payment, rejected } = input
  if (rejected) return { do: 'reject', why: rejected }
  if (holds(input) && link.status === 'paid') {
    const returned = minorOf(payment.cancel_amount, payment.currency)
    const attempt: Attempt = { outcome: 'paid' }
    return returned > input.link.payment.returned
      ? { do: 'note_return', returned, attempt }
      : { do: 'nothing', attempt }
  }
  const known = finalAttempt(input)
  if (known) return { do: 'nothing', attempt: known }
  const money = compareMoney(link, payment)
  if (money !== 'same') return { do: 'reject', why: money }
  if (!input.isPrice) return { do: 'reject', why: 'amount' }
  if (input.orderPaid || link.status === 'paid' || link.status === 'refunded')
    return { do: 'reject', why: 'second_payment' }
  const late = isLate(input)
  if (late && input.latePayment === 'refund') return { do: 'reject', why: 'late' }
  return { do: 'move', to: 'paid', why: late ? 'paid_late' : 'paid', late, attempt: { outcome: 'paid' } }
}

/**
 * Late is a payment approved after the link's expiry or its account's due date (whichever is later), after the link was
 * closed, or, for a deposit, more than the grace period after the due date. Compares the time of approval (i'mport's
 * clock), not the time at which we learned of it.
 */
function isLate({ link, payment, now }: SettlementInput): boolean {
  const at = (payment.paid_at ?? now) - clockToleranceMs
  const linkDueAt = link.status === 'awaiting_deposit' ? (link.payment?.deposit?.due_at ?? 0) : 0
  const due = virtualAccountOf(payment)?.due_at ?? null
  // The grace period had passed when this deposit arrived, so the link had become payable again.
  if (due !== null && at > due + depositGraceMs) return true
  // Registering the card ends the link just before its payment settles: that does not make the payment late.
  const closedAt = link.ended_at === link.registration?.registered_at ? null : link.ended_at
  return at > Math.max(link.expires_at, linkDueAt, due ?? 0) || (closedAt !== null && at > closedAt)
}

function decideReady(input: SettlementInput): SettlementDecision {
  const { link, payment, now, latePayment } = input
  const known = finalAttempt(input)
  if (known) return { do: 'nothing', attempt: known }
  const account = virtualAccountOf(payment)
  if (!account) return { do: 'nothing', attempt: { outcome: 'started' } }
  // i'mport leaves an expired virtual account `ready` for ever; it must not hold the link again.
  if (depositEndsAt(account.due_at, link.expires_at) <= now)
    return { do: 'nothing', attempt: { outcome: 'cancelled' } }
  // An account for a different amount never holds the link, but stays pending so that a deposit is found and refunded.
  if (compareMoney(link, payment) !== 'same' || !input.isPrice)
    return { do: 'nothing', attempt: { outcome: 'pending' } }
  const issued: Attempt = { outcome: 'awaiting_deposit' }
  if (link.status === 'awaiting_deposit')
    return holds(input) ? { do: 'nothing', attempt: issued } : { do: 'record', as: 'ready', attempt: issued }
  const inTime = (payment.vbank_issued_at ?? now) <= link.expires_at + clockToleranceMs
  if (link.status === 'open' && !input.orderPaid && (inTime || latePayment === 'keep'))
    return { do: 'move', to: 'awaiting_deposit', why: 'account_issued', late: false, attempt: issued }
  return { do: 'record', as: 'ready', attempt: { outcome: 'pending' } }
}

function decideFailed(input: SettlementInput): SettlementDecision {
  const known = finalAttempt(input)
  if (known) return { do: 'nothing', attempt: known }
  const attempt: Attempt = { outcome: wasAbandoned(input.payment.fail_reason) ? 'cancelled' : 'declined' }
  if (holds(input) && input.link.status === 'awaiting_deposit')
    return { do: 'move', to: 'open', why: 'account_closed', late: false, attempt }
  return { do: 'record', as: 'failed', attempt }
}

function decideReturned(input: SettlementInput): SettlementDecision {
  const { link, payment, rejected } = input
  if (rejected) return { do: 'reject', why: rejected }
  const everPaid = payment.paid_at !== null
  const attempt: Attempt = { outcome: everPaid ? 'refunded' : 'cancelled' }
  if (holds(input)) {
    if (link.status === 'refunded') return { do: 'nothing', attempt: { outcome: 'refunded' } }
    if (link.status === 'paid' || (link.status === 'awaiting_deposit' && everPaid))
      return { do: 'move', to: 'refunded', why: 'refunded', late: false, attempt: { outcome: 'refunded' } }
    // The account was closed before a deposit.
    if (link.status === 'awaiting_deposit')
      return { do: 'move', to: 'open', why: 'account_closed', late: false, attempt }
  }
  // Paid and refunded before we learned of it: the merchant does not want this order paid again.
  const isNewRefund = link.status === 'open' && everPaid && !input.orderPaid && input.isPrice
  if (isNewRefund && compareMoney(link, payment) === 'same')
    return { do: 'move', to: 'refunded', why: 'refunded', late: false, attempt }
  return { do: 'record', as: 'cancelled', attempt }
}
