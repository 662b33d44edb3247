// Settling a registration: whatever was paid on the way is settled as any payment is, and then i'mport is
// asked what it holds under the link's name. Only a key that was not there before registers the card.
import type { CardAttempt } from '../../../contract/cards/card-view.ts'
import type { Room } from '../../context.ts'
import { paymentNewsOf } from '../../domain/events/event-body.ts'
import type { Link, Registration } from '../../domain/links/link.ts'
import { clockToleranceMs } from '../../domain/payments/clock-tolerance.ts'
import { beginAsking } from '../../domain/payments/reconcile-schedule.ts'
import type { BillingKey } from '../../iamport/billing-key.ts'
import type { Account } from '../../iamport/client.ts'
import { makeRandomId } from '../../platform/random-id.ts'
import { tellMerchant } from '../webhooks/build-events.ts'
import { chooseRegistrar } from './choose-registrar.ts'
import { issuedAt, judgeKey } from './classify-billing-key.ts'
import { type OrderSettlement, settleOrder } from './settle-order.ts'

type CardSettlement = { ok: true; attempt: CardAttempt } | Extract<OrderSettlement, { ok: false }>

export type Registering = Link & { registration: Registration }

/** Each lost race means that somebody else moved the link, and a link has few moves to make. */
const mostRaces = 8

export async function settleCard(
  room: Room,
  account: Account,
  link: Link,
  impUid: string | undefined,
): Promise<CardSettlement> {
  const money = await settleOrder(room, account, link, impUid)
  // Money that goes back takes the registration with it: whatever key came of it, nobody agreed to that.
  if (!money.ok) return money
  if (money.attempt.outcome === 'rejected') {
    await endCall(room, link)
    return money
  }
  const owner = await findRegistrar(room, link)
  if (!owner || isDone(owner)) return answerOf(owner, money.attempt)
  const { customer_uid } = owner.registration
  const found = await room.iamport.getKey(account, customer_uid)
  if (!found.ok && found.reason !== 'not_found') {
    room.log.warn({ event: 'iamport.unavailable', call: 'getKey', link: link.id, reason: found.reason })
    return { ok: false, reason: 'upstream_unavailable' }
  }
  const key = found.ok && counts(room, account, found.value) ? found.value : null
  return settleKey(room, link, key, money.attempt)
}

/** What is known of i'mport's answer decides, on what the store says now. */
export async function settleKey(
  room: Room,
  link: Link,
  key: BillingKey | null,
  money: CardAttempt,
): Promise<CardSettlement> {
  for (let race = 0; race < mostRaces; race++) {
    const owner = await findRegistrar(room, link)
    if (!owner || isDone(owner)) return answerOf(owner, money)
    if (key && judgeKey(owner.registration, key) === 'new') {
      if (await register(room, owner, key)) return { ok: true, attempt: { outcome: 'registered' } }
      continue
    }
    if (owner.status === 'paid') await noteMissing(room, owner)
    const isCalling = [owner, link].some((one) => (one.registration?.calling_until ?? 0) > room.now())
    if (isCalling) return { ok: true, attempt: { outcome: 'pending' } }
    await endCall(room, link)
    return { ok: true, attempt: money }
  }
  throw new Error(`link ${link.id} was moved by others ${mostRaces} times in a row`)
}

/** i'mport has told what became of a call that nobody heard the end of. */
async function endCall({ store, now }: Room, { id, registration }: Link): Promise<void> {
  const until = registration?.calling_until ?? Infinity
  if (until <= now()) await store.releaseCard(id, until, 'tried')
}

/** A key of a test channel registers nothing for a live merchant. */
export function counts({ log }: Pick<Room, 'log'>, account: Account, key: BillingKey): boolean {
  if (!key.sandbox || account.merchant.sandbox) return true
  log.warn({ event: 'settle.test_key', user_code: account.merchant.user_code })
  return false
}

const isDone = ({ registration }: Registering) => registration.registered_at !== null

const answerOf = (owner: Registering | undefined, money: CardAttempt): CardSettlement => ({
  ok: true,
  attempt: owner && money.outcome !== 'refunded' ? { outcome: 'registered' } : money,
})

async function findRegistrar({ store }: Room, link: Link): Promise<Registering | undefined> {
  return chooseRegistrar(link, await store.findOrder(link))
}

async function register(room: Room, owner: Registering, key: BillingKey): Promise<boolean> {
  const { store, log } = room
  const at = room.now()
  const { expires_at, ended_at } = owner
  const late =
    issuedAt(key) - clockToleranceMs > Math.min(expires_at, ended_at ?? expires_at) && owner.status !== 'paid'
  const card = { registered_at: at, card_name: key.card_name }
  const news = { status: 'registered', payment: paymentNewsOf(owner), card } as const
  const why = late ? 'registered_late' : 'registered'
  const events = await tellMerchant(room, { type: 'link.card_registered', at, link: owner, why, ...news })
  const to = owner.status === 'paid' ? 'paid' : 'disabled'
  const before = owner.registration.before ?? ''
  const wish = { link: owner, to, at, late, card_name: key.card_name, before, events } as const
  const registered = await store.registerCard(wish, makeRandomId(room.random))
  if (registered) log.info({ event: 'link.moved', link: owner.id, from: owner.status, to: 'registered', why })
  return registered
}

/** Charged, and i'mport knows no new card: told once, asked about for an hour, and corrected if one turns up. */
async function noteMissing(room: Room, link: Registering): Promise<void> {
  const at = room.now()
  const news = { link, at, status: 'paid', payment: paymentNewsOf(link), why: 'no_key' } as const
  const events = await tellMerchant(room, { type: 'link.card_failed', ...news })
  const id = `${link.id}:no_key`
  const asking = beginAsking(at, at)
  await room.store.recordCardFailure({ id, link_id: link.id, at, why: 'no_key', events, asking })
}
