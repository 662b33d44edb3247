// Reads the billing key that i'mport holds for the customer_uid, before a customer may register a card.
import type { CardFailure } from '../../../contract/cards/card-view.ts'
import type { PageFailure } from '../../../contract/links/checkout.ts'
import type { AppContext } from '../../context.ts'
import type { Account } from '../../iamport/client.ts'
import { classifyBillingKey, fingerprintOf } from '../settlement/classify-billing-key.ts'
import { isUsableKey, type RegistrationLink, settleCard, settleKey } from '../settlement/settle-card.ts'

export type StartResult =
  | { ok: true }
  /** An earlier customer has registered meanwhile. */
  | { ok: false; registered: true }
  | { ok: false; failure: Extract<PageFailure, { reason: `upstream_${string}` }> | CardFailure }

/**
 * Saves the fingerprint of an existing key, so that it is not mistaken for the new one. Refuses if a card exists that
 * the link may not replace, because i'mport would replace it silently.
 */
export async function startRegistration(
  context: AppContext,
  account: Account,
  link: RegistrationLink,
): Promise<StartResult> {
  const { store, iamport, log } = context
  const { registration } = link
  const found = await iamport.getKey(account, registration.customer_uid)
  if (!found.ok && found.reason !== 'not_found') {
    log.warn({ event: 'card.not_started', link: link.id, reason: found.reason })
    const reason = found.reason === 'unreachable' ? 'upstream_unavailable' : 'upstream_refused'
    return { ok: false, failure: { reason } }
  }
  const key = found.ok ? found.value : null
  if (key && isUsableKey(context, account, key) && classifyBillingKey(registration, key) === 'new') {
    // With an amount, the payment is settled before the card.
    const settled =
      link.amount > 0
        ? await settleCard(context, account, link, undefined)
        : await settleKey(context, link, key, { outcome: 'pending' })
    if (!settled.ok) return { ok: false, failure: { reason: 'upstream_unavailable' } }
    if (settled.attempt.outcome === 'registered') return { ok: false, registered: true }
  }
  if (key && !registration.replace) return { ok: false, failure: { reason: 'card_exists' } }
  await store.saveKeyBefore(link.id, fingerprintOf(key))
  return { ok: true }
}
