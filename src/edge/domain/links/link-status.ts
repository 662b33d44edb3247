// Pure: derives a link's current status from the stored one and the clock.
import type { LinkStatus } from '../../../contract/links/link-view.ts'
import type { Link, LinkPayment, Registration } from './link.ts'

/** All statuses, of payment links and of registering links. */
export const linkStatuses = [
  'open',
  'awaiting_deposit',
  'paid',
  'refunded',
  'disabled',
  'expired',
  'registered',
] as const satisfies readonly (LinkStatus | 'registered')[]

export type MerchantStatus = (typeof linkStatuses)[number]

/** A deposit counts as missed only after this grace period, because banks report late. */
export const depositGraceMs = 60 * 60 * 1000

type StatusInput = Pick<Link, 'status' | 'expires_at'> & {
  payment: Pick<LinkPayment, 'deposit'> | null
  registration?: Pick<Registration, 'registered_at'>
}

/** When an awaited deposit ends: its due date, else the link's expiry, plus the grace period. */
export const depositEndsAt = (dueAt: number | null | undefined, expiresAt: number) =>
  (dueAt ?? expiresAt) + depositGraceMs

const depositEnd = ({ payment, expires_at }: StatusInput) =>
  depositEndsAt(payment?.deposit?.due_at, expires_at)

const isDepositOver = (link: StatusInput, now: number) =>
  link.status === 'awaiting_deposit' && depositEnd(link) <= now

/** Reopens a link whose awaited deposit has ended. */
export function endDeposit<Aged extends StatusInput>(link: Aged, now: number): Aged {
  return isDepositOver(link, now) ? { ...link, status: 'open', payment: null } : link
}

/** Status of the bill; an open link past its expiry is `expired`. */
export function billStatusOf(link: StatusInput, now: number): LinkStatus {
  const { status } = endDeposit(link, now)
  return status === 'open' && link.expires_at <= now ? 'expired' : status
}

/** Status for the merchant. A registering link with a card is `registered`, unless its payment was refunded. */
export function statusOf(link: StatusInput, now: number): MerchantStatus {
  const status = billStatusOf(link, now)
  return link.registration?.registered_at && status !== 'refunded' ? 'registered' : status
}

/** When the link or its awaited deposit expires, in unix milliseconds; null: never. */
export function sweepAt(link: StatusInput): number | null {
  if (link.status === 'open') return link.expires_at
  return link.status === 'awaiting_deposit' ? depositEnd(link) : null
}
