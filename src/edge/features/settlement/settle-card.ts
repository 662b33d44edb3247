// Settling a registration: whatever was paid on the way is settled as any payment is, and then i'mport is
// asked what it holds under the link's name. Only a key that was not there before registers the card.
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

export type Registering = Link & { registration: Registration }

/** Each lost race means that somebody else moved the link, and a link has few moves to make. */
const mostRaces = 8

export async function settleCard(
  context: AppContext,
  account: Account,
  link: Link,
  impUid: string | undefined,
): Promise<CardSettlement> {
  const money = await settleOrder(context, account, link, impUid)
  // Money that goes back takes the registration with it: whatever key came of it, nobody agreed to that.
  if (!money.ok) return money
  if (money.attempt.outcome === 'rejected') {
    await endCall(context, link)
    return money
  }
  const owner = await findRegistrar(context, link)
  if (!owner || isDone(owner)) return answerOf(owner, money.attempt)
  const { customer_uid } = owner.registration
  const found = await context.iamport.getKey(account, customer_uid)
  if (!found.ok && found.reason !== 'not_found') {
    context.log.warn({ event: 'iamport.unavailable', call: 'getKey', link: link.id, reason: found.reason })
    return { ok: false, reason: 'upstream_unavailable' }
  }
  const key = found.ok && isSettled(context, account, found.value) ? found.value : null
  return settleKey(context, link, key, money.attempt)
}

/** What is known of i'mport's answer decides, on what the store says now. */
export async function settleKey(
  context: AppContext,
  link: Link,
  key: BillingKey | null,
  money: CardAttempt,
): Promise<CardSettlement> {
  for (let race = 0; race < mostRaces; race++) {
    const owner = await findRegistrar(context, link)
    if (!owner || isDone(owner)) return answerOf(owner, money)
    if (key && classifyBillingKey(owner.registration, key) === 'new') {
      if (await register(context, owner, key)) return { ok: true, attempt: { outcome: 'registered' } }
      continue
    }
    if (owner.status === 'paid') await noteMissing(context, owner)
    const isCalling = [owner, link].some((one) => (one.registration?.calling_until ?? 0) > context.now())
    if (isCalling) return { ok: true, attempt: { outcome: 'pending' } }
    await endCall(context, link)
    return { ok: true, attempt: money }
  }
  throw new Error(`link ${link.id} was moved by others ${mostRaces} times in a row`)
}

/** i'mport has told what became of a call that nobody heard the end of. */
async function endCall({ store, now }: AppContext, { id, registration }: Link): Promise<void> {
  const until = registration?.calling_until ?? Infinity
  if (until <= now()) await store.releaseCard(id, until, 'tried')
}

/** A key of a test channel registers nothing for a live merchant. */
export function isSettled({ log }: Pick<AppContext, 'log'>, account: Account, key: BillingKey): boolean {
  if (!key.sandbox || account.merchant.sandbox) return true
  log.warn({ event: 'settle.test_key', user_code: account.merchant.user_code })
  return false
}

const isDone = ({ registration }: Registering) => registration.registered_at !== null

const answerOf = (owner: Registering | undefined, money: CardAttempt): CardSettlement => ({
  ok: true,
  attempt: owner && money.outcome !== 'refunded' ? { outcome: 'registered' } : money,
})

async function findRegistrar({ store }: AppContext, link: Link): Promise<Registering | undefined> {
  return chooseRegistrar(link, await store.findOrder(link))
}

async function register(context: AppContext, owner: Registering, key: BillingKey): Promise<boolean> {
  const { store, log } = context
  const at = context.now()
  const { expires_at, ended_at } = owner
  const late =
    issuedAt(key) - clockToleranceMs > Math.min(expires_at, ended_at ?? expires_at) && owner.status !== 'paid'
  const card = { registered_at: at, card_name: key.card_name }
  const news = { status: 'registered', payment: paymentEventData(owner), card } as const
  const why = late ? 'registered_late' : 'registered'
  const events = await buildEvents(context, { type: 'link.card_registered', at, link: owner, why, ...news })
  const to = owner.status === 'paid' ? 'paid' : 'disabled'
  const before = owner.registration.before ?? ''
  const wish = { link: owner, to, at, late, card_name: key.card_name, before, events } as const
  const registered = await store.registerCard(wish, makeRandomId(context.random))
  if (registered) log.info({ event: 'link.moved', link: owner.id, from: owner.status, to: 'registered', why })
  return registered
}

/** Charged, and i'mport knows no new card: told once, asked about for an hour, and corrected if one turns up. */
async function noteMissing(context: AppContext, link: Registering): Promise<void> {
  const at = context.now()
  const news = { link, at, status: 'paid', payment: paymentEventData(link), why: 'no_key' } as const
  const events = await buildEvents(context, { type: 'link.card_failed', ...news })
  const id = `${link.id}:no_key`
  const asking = firstInquiryAt(at, at)
  await context.store.recordCardFailure({ id, link_id: link.id, at, why: 'no_key', events, asking })
}
