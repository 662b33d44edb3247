// A card that was typed into our page, on its one way through the edge: to i'mport, and nowhere else.
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
import type { Registering } from '../settlement/settle-card.ts'
import { buildEvents } from '../webhooks/build-events.ts'
import { cardCharge, cardHolder } from './card-call.ts'
import { startRegistration } from './start-registration.ts'

export type CardCallResult =
  | { ok: true; attempt: CardAttempt }
  | { ok: false; failure: CardFailure | PageFailure }
  /** The link ended, or was paid elsewhere, before the card was sent. */
  | { ok: false; ended: true }

/** What an earlier call came to, if it came to that: no later one is made or told instead. */
const outweighing = new Set<CardAttempt['outcome']>(['registered', 'paid', 'rejected', 'refunded', 'pending'])

/** Longer than the call and the questions around it take; whoever dies in between leaves the link free after it. */
const leaseMs = 2 * 60 * 1000

export async function sendCard(
  context: AppContext,
  account: Account,
  link: Registering,
  card: WireCard,
  visitor: string | undefined,
): Promise<CardCallResult> {
  const { store } = context
  const now = context.now()
  const until = now + leaseMs
  const lost = link.registration.calling_until
  if (lost !== null && lost <= now) {
    const earlier = await settle(context, link, undefined)
    if (!earlier.ok) return { ok: true, attempt: { outcome: 'pending' } }
    if (outweighing.has(earlier.attempt.outcome)) return earlier
  }
  const claimed = await store.claimCard(link.id, { now, until, ...cardAttempts })
  if (claimed === 'busy') return { ok: false, failure: { reason: 'card_busy' } }
  if (claimed !== 'claimed') return tooMany(claimed.closedUntil - now)

  const begun = await startRegistration(context, account, link)
  if (!begun.ok) {
    await store.releaseCard(link.id, until, 'untried')
    if ('failure' in begun) return { ok: false, failure: begun.failure }
    return { ok: true, attempt: { outcome: 'registered' } }
  }
  // i'mport may have taken seconds: what was open then is asked again.
  const still = await store.findLink(link.id)
  if (!still || !mayBeCharged(still, context.now())) {
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
  const answer = await call(context, account, link, card, id)
  if (!answer.ok && answer.reason === 'unreachable') return lookUp(context, link)
  const isOurs = !answer.ok && answer.reason === 'refused' && answer.because === 'credentials'
  const answeredAt = context.now()
  await store.releaseCard(link.id, until, isOurs ? 'untried' : { answeredAt })
  // What is not shown yet is still to be asked about, whoever looks meanwhile.
  if (answer.ok) return lookUp(context, link)
  if (isOurs) return { ok: false, failure: { reason: 'upstream_refused' } }
  const answered = { ...link, registration: { ...link.registration, calling_until: answeredAt } }
  return refused(context, answered, until, answer, id)
}

const tooMany = (ms: number): CardCallResult => ({
  ok: false,
  failure: { reason: 'too_many_requests', retry_after: Math.max(1, Math.ceil(ms / 1000)) },
})

type Called =
  | IamportResult<unknown>
  | (Extract<IamportResult<never>, { reason: 'refused' }> & { inBooks?: true })

/** @returns a refusal, too, where the card company said no under a code of 0 */
async function call(
  { iamport, settings }: AppContext,
  account: Account,
  link: Registering,
  card: WireCard,
  mark: string,
): Promise<Called> {
  const { customer_uid } = link.registration
  if (link.amount === 0) return iamport.issueKey(account, customer_uid, { ...card, ...cardHolder(link) })
  const noticeUrl = `${settings.edgeUrl}/links/${link.id}/notice`
  const amount = majorOf(link.amount, link.currency)
  const paid = await iamport.payOnce(account, { ...card, ...cardCharge(link, amount, noticeUrl, mark) })
  if (paid.ok && paid.value.status === 'failed')
    return { ok: false, reason: 'refused', message: paid.value.fail_reason ?? '', inBooks: true }
  return paid
}

/** Whatever i'mport answered to the call, the link moves by what it says it holds. */
async function lookUp(context: AppContext, link: Registering): Promise<CardCallResult> {
  const settlement = await settle(context, link, undefined)
  if (!settlement.ok) return { ok: true, attempt: { outcome: 'pending' } }
  const { attempt } = settlement
  // i'mport has just taken it: that it does not show it yet is no answer.
  return { ok: true, attempt: attempt.outcome === 'none' ? { outcome: 'pending' } : attempt }
}

async function refused(
  context: AppContext,
  link: Registering,
  until: number,
  answer: Extract<Called, { ok: false }>,
  permission: string,
): Promise<CardCallResult> {
  const settlement = await settle(context, link, undefined)
  if (settlement.ok && outweighing.has(settlement.attempt.outcome)) return settlement
  const at = context.now()
  const news = { link, at, status: 'open', payment: null, why: 'refused' } as const
  // A refused payment has told of itself, under its own id.
  const told = 'inBooks' in answer && settlement.ok && settlement.attempt.outcome === 'declined'
  const events = told ? [] : await buildEvents(context, { type: 'link.card_failed', ...news })
  const id = `${link.id}:card:${until}`
  await context.store.recordCardFailure({ id, link_id: link.id, at, why: 'card_refused', events })
  await context.store.endCheckout({ id: permission, link_id: link.id }, at)
  if (!settlement.ok) return { ok: true, attempt: { outcome: 'pending' } }
  const said = answer.reason === 'refused' ? cleanGatewayMessage(answer.message) : undefined
  return { ok: true, attempt: { outcome: 'declined', ...(said && { said }) } }
}
