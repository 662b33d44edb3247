// Pure: may the link's money be taken now, and the payment window open for this method?
import type { Link, LinkMethod } from './link.ts'
import { statusOf } from './link-status.ts'

/** Long enough to read the bill and choose, short enough that a changed link is noticed. */
const checkoutMs = 10 * 60 * 1000

export type Grant =
  | { ok: true; method: LinkMethod; holds_until: number }
  | { ok: false; reason: 'not_open' | 'unknown_method' }

/** Where the order seems to be paid elsewhere, nothing of ours charges it again. */
export const mayBeCharged = (link: Link, now: number): boolean =>
  statusOf(link, now) === 'open' && !link.paid_elsewhere

export function grantCheckout(link: Link, methodKey: string, now: number): Grant {
  if (!mayBeCharged(link, now)) return { ok: false, reason: 'not_open' }
  const method = link.methods.find(({ key }) => key === methodKey)
  if (!method) return { ok: false, reason: 'unknown_method' }
  return { ok: true, method, holds_until: Math.min(now + checkoutMs, link.expires_at) }
}
