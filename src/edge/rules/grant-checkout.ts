// Pure: may the payment window open for this method now?
import type { Link, LinkMethod } from '../link.ts'
import { statusOf } from './link-status.ts'

/** Long enough to read the bill and choose, short enough that a changed link is noticed. */
const checkoutMs = 10 * 60 * 1000

export type Grant =
  | { ok: true; method: LinkMethod; holds_until: number }
  | { ok: false; reason: 'not_open' | 'unknown_method' }

export function grantCheckout(link: Link, methodKey: string, now: number): Grant {
  if (statusOf(link, now) !== 'open' || link.paid_elsewhere) return { ok: false, reason: 'not_open' }
  const method = link.methods.find(({ key }) => key === methodKey)
  if (!method) return { ok: false, reason: 'unknown_method' }
  return { ok: true, method, holds_until: Math.min(now + checkoutMs, link.expires_at) }
}
