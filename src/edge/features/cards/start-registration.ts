// Before anybody is let in to register a card: what does i'mport hold under the name now?
import type { CardFailure } from '../../../contract/cards/card-view.ts'
import type { PageFailure } from '../../../contract/links/checkout.ts'
import type { AppContext } from '../../context.ts'
import type { Account } from '../../iamport/client.ts'
import { classifyBillingKey, fingerprintOf } from '../settlement/classify-billing-key.ts'
import { isSettled, type Registering, settleCard, settleKey } from '../settlement/settle-card.ts'

export type StartResult =
  | { ok: true }
  /** A customer who was let in earlier has registered meanwhile. */
  | { ok: false; registered: true }
  | { ok: false; failure: Extract<PageFailure, { reason: `upstream_${string}` }> | CardFailure }

/**
 * Remembers what is there, so that it is never taken for what comes; and refuses where a card is there
 * that the link may not replace: i'mport itself would replace it without a word.
 */
export async function startRegistration(
  context: AppContext,
  account: Account,
  link: Registering,
): Promise<StartResult> {
  const { store, iamport, log } = context
  const { registration } = link
  const found = await iamport.getKey(account, registration.customer_uid)
  if (!found.ok && found.reason !== 'not_found') {
    log.warn({ event: 'card.not_begun', link: link.id, reason: found.reason })
    const reason = found.reason === 'unreachable' ? 'upstream_unavailable' : 'upstream_refused'
    return { ok: false, failure: { reason } }
  }
  const key = found.ok ? found.value : null
  if (key && isSettled(context, account, key) && classifyBillingKey(registration, key) === 'new') {
    // Where it is charged, the money is asked about before anything is said of the card.
    const settled =
      link.amount > 0
        ? await settleCard(context, account, link, undefined)
        : await settleKey(context, link, key, { outcome: 'pending' })
    if (!settled.ok) return { ok: false, failure: { reason: 'upstream_unavailable' } }
    if (settled.attempt.outcome === 'registered') return { ok: false, registered: true }
  }
  if (key && !registration.replace) return { ok: false, failure: { reason: 'card_exists' } }
  await store.rememberBefore(link.id, fingerprintOf(key))
  return { ok: true }
}
