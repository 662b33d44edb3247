// Pure: decides whether a payment window may open for a method.
import type { Link, LinkMethod } from './link.ts'
import { statusOf } from './link-status.ts'

/** Long enough to read the bill, short enough to notice that the link changed. */
const checkoutMs = 10 * 60 * 1000

export type Grant =
  | { ok: true; method: LinkMethod; holds_until: number }
  | { ok: false; reason: 'not_open' | 'unknown_method' }

/** True for an open link, unless its order seems to be paid elsewhere. */
export const mayBeCharged = (link: Link, now: number): boolean =>
  statusOf(link, now) === 'open' && !link.paid_elsewhere

export function grantCheckout(link: Link, methodKey: string, now: number): Grant {
  if (!mayBeCharged(link, now)) return { ok: false, reason: 'not_open' }
  const method = link.methods.find(({ key }) => key === methodKey)
  if (!method) return { ok: false, reason: 'unknown_method' }
  return { ok: true, method, holds_until: Math.min(now + checkoutMs, link.expires_at) }
}
