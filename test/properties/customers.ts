// Customers' actions: request a permission, open a window, tamper with its parameters; and payments without
// Dari.
import type { Checkout } from '../../src/contract/links/checkout.ts'
import type { LinksTable } from '../../src/edge/store/sql/tables.ts'
import type { Attempt } from './attempt.ts'
import { minuteMs } from './clock.ts'
import type { Started } from './iamport-model.ts'
import { storeOf } from './ledger.ts'
import { orders } from './orders.ts'
import type { Simulation } from './simulation.ts'
import type { SceneOf } from './story.ts'
import { advanceTo } from './time.ts'
import { markOf, type Window } from './windows.ts'

/** The item at this index modulo the length; negative indices count from the end. */
export const pick = <Item>(items: readonly Item[], index: number): Item | undefined =>
  items.length === 0 ? undefined : items.at(index % items.length)

export async function requestCheckout(
  simulation: Simulation,
  link: LinksTable,
  { method, visitor }: Pick<SceneOf<'checkout'>, 'method' | 'visitor'>,
): Promise<Window | undefined> {
  const { status, json } = await simulation.send('POST', `/links/${link.id}/checkout`, {
    method,
    language: 'ko',
    visitor,
  })
  if (status !== 200) return undefined
  const { params, holds_until, now } = json as unknown as Checkout
  const window: Window = {
    linkId: link.id,
    store: storeOf(link) ?? '',
    visitor,
    mark: markOf(params.custom_data),
    params,
    grantedAt: Date.parse(now),
    holdsUntil: Date.parse(holds_until),
    uses: 0,
    byPage: false,
  }
  simulation.windows.push(window)
  return window
}

/** Presses pay: the page opens the window permitted last, or requests a permission. */
export async function openWindow(simulation: Simulation, scene: SceneOf<'open'>): Promise<void> {
  const { ledger, windows, clock } = simulation
  const link = pick(ledger.links, scene.link)
  if (!link) return
  const last = windows.findLast(({ linkId, visitor }) => linkId === link.id && visitor === scene.visitor)
  const isHeld = last !== undefined && last.uses === 0 && last.holdsUntil > clock.now
  const window = isHeld ? last : await requestCheckout(simulation, link, scene)
  if (!window) return
  window.byPage = true
  await simulation.send('POST', `/links/${link.id}/opened`, { visitor: scene.visitor })
  finish(simulation, start(simulation, window, tampered(scene)), scene.outcome)
}

/**
 * The merchant replaces a link while a customer's page holds a permission, which is used some minutes later.
 */
export async function openReplaced(
  simulation: Simulation,
  { visitor, outcome, minutes }: SceneOf<'replace'>,
  replace: () => Promise<void>,
): Promise<void> {
  const { ledger, clock } = simulation
  const link = ledger.links.find((one) => one.superseded_by === null && storeOf(one) === orders[0].store)
  const window = link && (await requestCheckout(simulation, link, { method: 'm1', visitor }))
  await replace()
  if (!window) return
  await advanceTo(simulation, clock.now + minutes * minuteMs)
  window.byPage = true
  await simulation.send('POST', `/links/${window.linkId}/opened`, { visitor })
  finish(simulation, start(simulation, window, {}), outcome)
}

function tampered({ tamper, amount, sandbox }: SceneOf<'open'>): Partial<Started> {
  switch (tamper) {
    case 'none':
      return { sandbox }
    case 'amount':
      return { amount }
    case 'custom_data':
      return { custom_data: null }
    case 'order':
      return { merchant_uid: orders[1].merchant_uid }
  }
}

/** Uses the parameters of any window again, however old. */
export function replayWindow(simulation: Simulation, scene: SceneOf<'replay'>): void {
  const window = pick(simulation.windows, scene.window)
  if (!window) return
  finish(simulation, start(simulation, window, { amount: scene.amount }), scene.outcome)
}

function start({ iamport }: Simulation, window: Window, changed: Partial<Started>): Attempt {
  const { merchant_uid, name, amount, currency, pay_method, custom_data } = window.params
  window.uses += 1
  return iamport.start(
    window.store,
    {
      merchant_uid,
      name: name ?? null,
      amount,
      currency: currency ?? 'KRW',
      pay_method: pay_method ?? 'card',
      custom_data: JSON.stringify(custom_data),
      channel: 'mobile',
      sandbox: false,
      ...changed,
    },
    window,
  )
}

function finish(
  { iamport }: Simulation,
  attempt: Attempt,
  outcome: SceneOf<'open'>['outcome'],
  agoMs = 0,
): void {
  const { approve, acts } = iamport
  if (outcome === 'approved' || outcome === 'deposited') approve(attempt, agoMs)
  if (outcome === 'deposited' && attempt.approved === undefined) approve(attempt, agoMs)
  if (outcome === 'declined') acts.decline.act(attempt)
  if (outcome === 'unknown') acts.makePending.act(attempt)
}

/** Pays the order without Dari. */
export function payOutside(simulation: Simulation, scene: SceneOf<'outside'>): void {
  const { store, merchant_uid, custom_data } = orders[scene.order] ?? orders[0]
  const copied = simulation.windows.at(-1)
  if (copied && scene.custom_data === 'copied mark') copied.uses += 1
  const customData = {
    none: undefined,
    same: custom_data,
    own: { coupon: 'SPRING' },
    'forged mark': { ...custom_data, dari_checkout: 'ab'.repeat(16) },
    'copied mark': copied?.params.custom_data,
  }[scene.custom_data]
  const { amount, currency, channel, pay_method, outcome } = scene
  const agoMs = scene.minutesAgo * minuteMs
  const attempt = simulation.iamport.start(
    store,
    {
      merchant_uid,
      amount,
      currency,
      channel,
      pay_method,
      name: { own: '사과 (쿠폰)', same: '사과', none: null }[scene.name],
      custom_data: customData === undefined ? null : JSON.stringify(customData),
      sandbox: false,
    },
    undefined,
    agoMs,
  )
  finish(simulation, attempt, outcome, agoMs)
}

/** Adds many failed attempts. */
export async function failOften(
  simulation: Simulation,
  { order, size, whileOpen }: SceneOf<'failures'>,
): Promise<void> {
  const { iamport, coverage, ledger, clock } = simulation
  const link = ledger.links.findLast((one) => one.merchant_uid === orders[order]?.merchant_uid)
  const window =
    whileOpen && link ? await requestCheckout(simulation, link, { method: 'm1', visitor: 'tab0' }) : undefined
  if (window) {
    start(simulation, window, {})
    await advanceTo(simulation, clock.now + minuteMs)
  }
  const { store, merchant_uid } = orders[order] ?? orders[0]
  const started: Started = {
    merchant_uid,
    name: '사과',
    amount: 10_000,
    currency: 'KRW',
    pay_method: 'card',
    custom_data: null,
    channel: 'pc',
    sandbox: false,
  }
  for (let count = 0; count < size; count++) iamport.refuse(iamport.start(store, started), '한도초과')
  coverage.longLists += 1
  if (size > 1000) coverage.longestLists += 1
}
