// Sends a card from the page's form to i'mport. Card data is never stored or logged.
import type { CardAttempt, CardFailure } from '../../../contract/cards/card-view.ts'
import type { PageFailure } from '../../../contract/links/checkout.ts'
import { majorOf } from '../../../contract/money/money.ts'
import type { AppContext } from '../../context.ts'
import { cleanGatewayMessage } from '../../domain/gateways/gateway-message.ts'
import { mayBeCharged } from '../../domain/links/grant-checkout.ts'
import { firstInquiryAt } from '../../domain/payments/reconcile-schedule.ts'
import type { WireCard } from '../../iamport/cards.ts'
import type { Account } from '../../iamport/client.ts'
import type { IamportResult } from '../../iamport/result.ts'
import { cardAttempts } from '../../platform/ports/rate-limits.ts'
import { makeRandomId } from '../../platform/random-id.ts'
import { settle } from '../settlement/settle.ts'
import type { RegistrationLink } from '../settlement/settle-card.ts'
import { buildEvents } from '../webhooks/build-events.ts'
import { cardCharge, cardHolder } from './card-call.ts'
import { startRegistration } from './start-registration.ts'

export type CardCallResult =
  | { ok: true; attempt: CardAttempt }
  | { ok: false; failure: CardFailure | PageFailure }
  /** The link ended, or was paid elsewhere, before the card was sent. */
  | { ok: false; ended: true }

/** Final outcomes of an earlier call: no further call is made after them. */
const finalOutcomes = new Set<CardAttempt['outcome']>([
  'registered',
  'paid',
  'rejected',
  'refunded',
  'pending',
])

/** Longer than all calls take; after a crash the link becomes free again. */
const leaseMs = 2 * 60 * 1000

export async function sendCard(
  context: AppContext,
  account: Account,
  link: RegistrationLink,
  card: WireCard,
  visitor: string | undefined,
): Promise<CardCallResult> {
  const { store } = context
  const now = context.now()
  const until = now + leaseMs
  const earlierUntil = link.registration.calling_until
  if (earlierUntil !== null && earlierUntil <= now) {
    const earlier = await settle(context, link, undefined)
    if (!earlier.ok) return { ok: true, attempt: { outcome: 'pending' } }
    if (finalOutcomes.has(earlier.attempt.outcome)) return earlier
  }
  const claimed = await store.claimCard(link.id, { now, until, ...cardAttempts })
  if (claimed === 'busy') return { ok: false, failure: { reason: 'card_busy' } }
  if (claimed !== 'claimed') return tooMany(claimed.closedUntil - now)

  const started = await startRegistration(context, account, link)
  if (!started.ok) {
    await store.releaseCard(link.id, until, 'untried')
    if ('failure' in started) return { ok: false, failure: started.failure }
    return { ok: true, attempt: { outcome: 'registered' } }
  }
  // The call to i'mport may have taken seconds, so the link is checked again.
  const current = await store.findLink(link.id)
  if (!current || !mayBeCharged(current, context.now())) {
    await store.releaseCard(link.id, until, 'untried')
    return { ok: false, ended: true }
  }
  const id = makeRandomId(context.random)
  const held = { method_key: link.methods[0]?.key ?? '', visitor: visitor ?? null }
  await store.recordCheckout(
    {
      ...held,
      id,
      link_id: link.id,
      granted_at: now,
      holds_until: until,
      opened_at: null,
      ended_at: null,
    },
    firstInquiryAt(now, until),
  )
  const answer = await callIamport(context, account, link, card, id)
  if (!answer.ok && answer.reason === 'unreachable') return settleNow(context, link)
  const isCredentialError = !answer.ok && answer.reason === 'refused' && answer.because === 'credentials'
  const answeredAt = context.now()
  await store.releaseCard(link.id, until, isCredentialError ? 'untried' : { answeredAt })
  // The success may not be visible at i'mport yet; settling again covers that.
  if (answer.ok) return settleNow(context, link)
  if (isCredentialError) return { ok: false, failure: { reason: 'upstream_refused' } }
  const answered = { ...link, registration: { ...link.registration, calling_until: answeredAt } }
  return handleRefusal(context, answered, until, answer, id)
}

const tooMany = (ms: number): CardCallResult => ({
  ok: false,
  failure: { reason: 'too_many_requests', retry_after: Math.max(1, Math.ceil(ms / 1000)) },
})

type CallResult =
  | IamportResult<unknown>
  | (Extract<IamportResult<never>, { reason: 'refused' }> & { isRecorded?: true })

/** @returns a refusal also if the card company declined (code 0, status `failed`) */
async function callIamport(
  { iamport, settings }: AppContext,
  account: Account,
  link: RegistrationLink,
  card: WireCard,
  permissionId: string,
): Promise<CallResult> {
  const { customer_uid } = link.registration
  if (link.amount === 0) return iamport.issueKey(account, customer_uid, { ...card, ...cardHolder(link) })
  const noticeUrl = `${settings.edgeUrl}/links/${link.id}/notice`
  const amount = majorOf(link.amount, link.currency)
  const paid = await iamport.payOnce(account, {
    ...card,
    ...cardCharge(link, amount, noticeUrl, permissionId),
  })
  if (paid.ok && paid.value.status === 'failed')
    return { ok: false, reason: 'refused', message: paid.value.fail_reason ?? '', isRecorded: true }
  return paid
}

/** Settles by what i'mport reports, whatever the call returned. */
async function settleNow(context: AppContext, link: RegistrationLink): Promise<CardCallResult> {
  const settlement = await settle(context, link, undefined)
  if (!settlement.ok) return { ok: true, attempt: { outcome: 'pending' } }
  const { attempt } = settlement
  // i'mport accepted the call but does not list the payment yet.
  return { ok: true, attempt: attempt.outcome === 'none' ? { outcome: 'pending' } : attempt }
}

async function handleRefusal(
  context: AppContext,
  link: RegistrationLink,
  until: number,
  answer: Extract<CallResult, { ok: false }>,
  permission: string,
): Promise<CardCallResult> {
  const settlement = await settle(context, link, undefined)
  if (settlement.ok && finalOutcomes.has(settlement.attempt.outcome)) return settlement
  const at = context.now()
  const eventData = { link, at, status: 'open', payment: null, why: 'refused' } as const
  // A declined payment was already reported by its settlement.
  const isReported = 'isRecorded' in answer && settlement.ok && settlement.attempt.outcome === 'declined'
  const events = isReported ? [] : await buildEvents(context, { type: 'link.card_failed', ...eventData })
  const id = `${link.id}:card:${until}`
  await context.store.recordCardFailure({ id, link_id: link.id, at, why: 'card_refused', events })
  await context.store.endCheckout({ id: permission, link_id: link.id }, at)
  if (!settlement.ok) return { ok: true, attempt: { outcome: 'pending' } }
  const gatewayMessage = answer.reason === 'refused' ? cleanGatewayMessage(answer.message) : undefined
  return { ok: true, attempt: { outcome: 'declined', ...(gatewayMessage && { said: gatewayMessage }) } }
}
