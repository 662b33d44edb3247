// Settling: every door (the page's callback, the return URL, the notice, the reconciler) comes through
// here, any number of times.
import type { CardAttempt } from '../../../contract/cards/card-view.ts'
import { findMerchant } from '../../config/merchants.ts'
import type { AppContext } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import type { Account } from '../../iamport/client.ts'
import { settleCard } from './settle-card.ts'
import { settleOrder } from './settle-order.ts'

export type Settlement =
  /** `isDecided`: upstream has decided every attempt that it knows of. */
  | { ok: true; attempt: CardAttempt; isDecided: boolean }
  /** Nothing was learnt and nothing changed. */
  | { ok: false; reason: 'upstream_unavailable' }

/** Settles what i'mport says of one payment, or without `impUid` of every attempt at the order. */
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

/** A link whose merchant left the settings can be read, but nobody can be asked about it. */
export function accountOf(context: Pick<AppContext, 'settings'>, link: Link): Account | undefined {
  const merchant = findMerchant(context.settings.merchants, link.user_code)
  return merchant && { merchant, tier: link.tier }
}
