// Entry point of settlement, for the page's callback, the return URL, i'mport's notice and the reconciler.
// Idempotent.
import type { CardAttempt } from '../../../contract/cards/card-view.ts'
import { findMerchant } from '../../config/merchants.ts'
import type { AppContext } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import type { Account } from '../../iamport/client.ts'
import { settleCard } from './settle-card.ts'
import { settleOrder } from './settle-order.ts'

export type Settlement =
  /** `isDecided`: no attempt known to i'mport can still change. */
  | { ok: true; attempt: CardAttempt; isDecided: boolean }
  /** i'mport did not answer; nothing changed. */
  | { ok: false; reason: 'upstream_unavailable' }

/** Settles one payment, or all payments of the order without `impUid`. */
export async function settle(
  context: AppContext,
  link: Link,
  impUid: string | undefined,
): Promise<Settlement> {
  const account = accountOf(context, link)
  if (!account) return { ok: false, reason: 'upstream_unavailable' }
  if (!link.registration) return settleOrder(context, account, link, impUid)
  const settled = await settleCard(context, account, link, impUid)
  if (!settled.ok) return settled
  const { outcome } = settled.attempt
  return { ...settled, isDecided: outcome !== 'pending' && outcome !== 'started' }
}

/** @returns undefined if the merchant is no longer configured */
export function accountOf(context: Pick<AppContext, 'settings'>, link: Link): Account | undefined {
  const merchant = findMerchant(context.settings.merchants, link.user_code)
  return merchant && { merchant, tier: link.tier }
}
