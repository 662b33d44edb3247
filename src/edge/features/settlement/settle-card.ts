// Settles a card registration: first any payment, then the billing key that i'mport holds for the link's
// customer_uid. Only a key that was not there before registers the card.
import type { CardAttempt } from '../../../contract/cards/card-view.ts'
import type { AppContext } from '../../context.ts'
import { paymentEventData } from '../../domain/events/event-body.ts'
import type { Link, Registration } from '../../domain/links/link.ts'
import { clockToleranceMs } from '../../domain/payments/clock-tolerance.ts'
import { firstInquiryAt } from '../../domain/payments/reconcile-schedule.ts'
import type { BillingKey } from '../../iamport/billing-key.ts'
import type { Account } from '../../iamport/client.ts'
import { makeRandomId } from '../../platform/random-id.ts'
import { buildEvents } from '../webhooks/build-events.ts'
import { chooseRegistrar } from './choose-registrar.ts'
import { classifyBillingKey, issuedAt } from './classify-billing-key.ts'
import { type OrderSettlement, settleOrder } from './settle-order.ts'

type CardSettlement = { ok: true; attempt: CardAttempt } | Extract<OrderSettlement, { ok: false }>

export type RegistrationLink = Link & { registration: Registration }

/** Each retry means that a concurrent write changed the link; a link has few transitions. */
const maxRaces = 8

export async function settleCard(
  context: AppContext,
  account: Account,
  link: Link,
  impUid: string | undefined,
): Promise<CardSettlement> {
  const money = await settleOrder(context, account, link, impUid)
  // A refunded payment cancels the registration, too: the customer agreed to it only together with the payment.
  if (!money.ok) return money
  if (money.attempt.outcome === 'rejected') {
    await releaseCall(context, link)
    return money
  }
  const owner = await findRegistrar(context, link)
  if (!owner || isRegistered(owner)) return resultOf(owner, money.attempt)
  const { customer_uid } = owner.registration
  const found = await context.iamport.getKey(account, customer_uid)
  if (!found.ok && found.reason !== 'not_found') {
    context.log.warn({ event: 'iamport.unavailable', call: 'getKey', link: link.id, reason: found.reason })
    return { ok: false, reason: 'upstream_unavailable' }
  }
  const key = found.ok && isUsableKey(context, account, found.value) ? found.value : null
  return settleKey(context, link, key, money.attempt)
}

/** Decides by the billing key and the link's state in the store; retries when a concurrent write comes between. */
export async function settleKey(
  context: AppContext,
  link: Link,
  key: BillingKey | null,
  money: CardAttempt,
): Promise<CardSettlement> {
  for (let race = 0; race < maxRaces; race++) {
    const owner = await findRegistrar(context, link)
    if (!owner || isRegistered(owner)) return resultOf(owner, money)
    if (key && classifyBillingKey(owner.registration, key) === 'new') {
      if (await register(context, owner, key)) return { ok: true, attempt: { outcome: 'registered' } }
      continue
    }
    if (owner.status === 'paid') await recordMissingKey(context, owner)
    const isCalling = [owner, link].some((one) => (one.registration?.calling_until ?? 0) > context.now())
    if (isCalling) return { ok: true, attempt: { outcome: 'pending' } }
    await releaseCall(context, link)
    return { ok: true, attempt: money }
  }
  throw new Error(`link ${link.id} was moved by others ${maxRaces} times in a row`)
}

/** Releases the lease of a card call whose answer was lost, once i'mport has answered for it. */
async function releaseCall({ store, now }: AppContext, { id, registration }: Link): Promise<void> {
  const until = registration?.calling_until ?? Infinity
  if (until <= now()) await store.releaseCard(id, until, 'tried')
}

/** False for a test channel's key of a live merchant, which registers nothing. */
export function isUsableKey({ log }: Pick<AppContext, 'log'>, account: Account, key: BillingKey): boolean {
  if (!key.sandbox || account.merchant.sandbox) return true
  log.warn({ event: 'settle.test_key', user_code: account.merchant.user_code })
  return false
}

const isRegistered = ({ registration }: RegistrationLink) => registration.registered_at !== null

const resultOf = (owner: RegistrationLink | undefined, money: CardAttempt): CardSettlement => ({
  ok: true,
  attempt: owner && money.outcome !== 'refunded' ? { outcome: 'registered' } : money,
})

async function findRegistrar({ store }: AppContext, link: Link): Promise<RegistrationLink | undefined> {
  return chooseRegistrar(link, await store.findOrder(link))
}

async function register(context: AppContext, owner: RegistrationLink, key: BillingKey): Promise<boolean> {
  const { store, log } = context
  const at = context.now()
  const { expires_at, ended_at } = owner
  const late =
    issuedAt(key) - clockToleranceMs > Math.min(expires_at, ended_at ?? expires_at) && owner.status !== 'paid'
  const card = { registered_at: at, card_name: key.card_name }
  const eventData = { status: 'registered', payment: paymentEventData(owner), card } as const
  const why = late ? 'registered_late' : 'registered'
  const events = await buildEvents(context, {
    type: 'link.card_registered',
    at,
    link: owner,
    why,
    ...eventData,
  })
  const to = owner.status === 'paid' ? 'paid' : 'disabled'
  const before = owner.registration.before ?? ''
  const change = { link: owner, to, at, late, card_name: key.card_name, before, events } as const
  const registered = await store.registerCard(change, makeRandomId(context.random))
  if (registered)
    log.info({ event: 'link.status_changed', link: owner.id, from: owner.status, to: 'registered', why })
  return registered
}

/** Charged without a new billing key: reports it once and polls for an hour, in case the key appears late. */
async function recordMissingKey(context: AppContext, link: RegistrationLink): Promise<void> {
  const at = context.now()
  const eventData = { link, at, status: 'paid', payment: paymentEventData(link), why: 'no_key' } as const
  const events = await buildEvents(context, { type: 'link.card_failed', ...eventData })
  const id = `${link.id}:no_key`
  const asking = firstInquiryAt(at, at)
  await context.store.recordCardFailure({ id, link_id: link.id, at, why: 'no_key', events, asking })
}
