// Pure: what a link is at this moment.
import type { LinkStatus } from '../../contract/link-view.ts'
import type { Link } from '../link.ts'

/** Banks report a deposit of the last minute late; until then nobody is told that it is over. */
export const depositGraceMs = 60 * 60 * 1000

type Ageing = Pick<Link, 'status' | 'expires_at' | 'payment'>

/** `expired` comes from the clock: an open link at its expiry, an unpaid account after both have passed. */
export function statusOf(link: Ageing, now: number): LinkStatus {
  if (link.status === 'open') return link.expires_at <= now ? 'expired' : 'open'
  if (link.status !== 'awaiting_deposit') return link.status
  const due = link.payment?.deposit?.due_at ?? link.expires_at
  return link.expires_at <= now && due + depositGraceMs <= now ? 'expired' : 'awaiting_deposit'
}
