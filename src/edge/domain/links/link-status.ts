// Pure: what a link is at this moment.
import type { LinkStatus } from '../../../contract/links/link-view.ts'
import type { Link, LinkPayment, Registration } from './link.ts'

/** What a link can be, over all kinds of links. */
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

/** Banks report a deposit of the last minute late; until then nobody is told that it is over. */
export const depositGraceMs = 60 * 60 * 1000

type Ageing = Pick<Link, 'status' | 'expires_at'> & {
  payment: Pick<LinkPayment, 'deposit'> | null
  registration?: Pick<Registration, 'registered_at'>
}

/** When an unpaid account of the link is over; a gateway that names no deadline gets the link's own. */
export const depositEndsAt = (dueAt: number | null | undefined, expiresAt: number) =>
  (dueAt ?? expiresAt) + depositGraceMs

const accountEndsAt = ({ payment, expires_at }: Ageing) => depositEndsAt(payment?.deposit?.due_at, expires_at)

const isOver = (link: Ageing, now: number) => link.status === 'awaiting_deposit' && accountEndsAt(link) <= now

/** The link as time has left it: an unpaid account that is over no longer binds it. */
export function endDeposit<Aged extends Ageing>(link: Aged, now: number): Aged {
  return isOver(link, now) ? { ...link, status: 'open', payment: null } : link
}

/** `expired` comes from the clock: a link that nothing binds, at its expiry. */
export function billStatusOf(link: Ageing, now: number): LinkStatus {
  const { status } = endDeposit(link, now)
  return status === 'open' && link.expires_at <= now ? 'expired' : status
}

/** A registered card is stored beside a link that has ended, or was paid: what it was made for has happened. */
export function statusOf(link: Ageing, now: number): MerchantStatus {
  const status = billStatusOf(link, now)
  return link.registration?.registered_at && status !== 'refunded' ? 'registered' : status
}

/** When time will end the link or its account by itself; null: never. */
export function sweepAt(link: Ageing): number | null {
  if (link.status === 'open') return link.expires_at
  return link.status === 'awaiting_deposit' ? accountEndsAt(link) : null
}
