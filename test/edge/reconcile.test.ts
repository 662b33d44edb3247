import { describe, expect, test } from 'vitest'
import { reconcileDue } from '../../src/edge/reconcile.ts'
import { createStore } from '../../src/edge/store/store.ts'
import { anAccount, openEventsShop, paid } from './events-shop.ts'
import { start } from './shop.ts'

const minute = 60_000
const hour = 60 * minute

function openSilentShop(given?: Parameters<typeof openEventsShop>[0]) {
  const shop = openEventsShop(given)
  return {
    ...shop,
    reconcile: () => reconcileDue(shop.deps),
    openWindow: (id: string, visitor?: string) =>
      shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko', visitor }),
    asked: () => shop.iamport.callsTo('GET', '/payments/findAll').length,
    /** Lets time pass minute by minute, as the host's timer sees it. */
    async pass(ms: number) {
      for (const end = shop.clock.now + ms; shop.clock.now < end; ) {
        shop.clock.now += minute
        await reconcileDue(shop.deps)
      }
    },
  }
}

describe('nobody tells of a payment', () => {
  test('and it is found a minute after the window opened', async () => {
    const shop = openSilentShop()
    const id = await shop.makeLink()
    await shop.openWindow(id)
    shop.iamport.pay(paid)
    expect(await shop.reconcile()).toEqual({ asked: 0, unanswered: 0 })
    shop.clock.now += minute
    expect(await shop.reconcile()).toEqual({ asked: 1, unanswered: 0 })
    expect((await shop.view(id)).status).toBe('paid')
    await shop.deliver()
    expect(shop.types()).toEqual(['link.paid'])
  })
  test('however late it is approved while a window can be open', async () => {
    const shop = openSilentShop()
    const id = await shop.makeLink({ expired_at: start / 1000 + 36_000 })
    await shop.openWindow(id)
    await shop.pass(65 * minute)
    shop.iamport.pay({ ...paid, paid_at: shop.clock.now / 1000 })
    await shop.pass(10 * minute)
    expect((await shop.view(id)).status).toBe('paid')
  })
  test('in another customer’s window, after the first one’s was given back: it goes back, too', async () => {
    const shop = openSilentShop()
    const id = await shop.makeLink({ expired_at: start / 1000 + 36_000 })
    await shop.openWindow(id, 'tab-1')
    await shop.openWindow(id, 'tab-2')
    shop.iamport.pay({ ...paid, status: 'cancelled', cancel_amount: 10_000 })
    await shop.settle(id, paid.imp_uid)
    expect((await shop.view(id)).status).toBe('refunded')
    shop.iamport.pay({ ...paid, imp_uid: 'imp_second' })
    await shop.pass(10 * minute)
    expect(shop.iamport.payments.get('imp_second')).toMatchObject({ status: 'cancelled' })
  })
  test('in a window that a database put back knows nothing of, beside an older one that it knows', async () => {
    const shop = openSilentShop()
    const id = await shop.makeLink({ expired_at: start / 1000 + 36_000 })
    await shop.openWindow(id)
    shop.clock.now += 60 * minute
    await createStore(shop.database).inquireSince(shop.clock.now - minute, shop.clock.now)
    await shop.pass(30 * minute)
    shop.iamport.pay({ ...paid, paid_at: shop.clock.now / 1000 })
    await shop.pass(32 * minute)
    expect((await shop.view(id)).status).toBe('paid')
  })
  test('because there is none: i’mport is asked five times, and then no more', async () => {
    const shop = openSilentShop()
    await shop.openWindow(await shop.makeLink())
    await shop.pass(72 * minute)
    expect(shop.asked()).toBe(5)
    await shop.pass(24 * hour)
    expect(shop.asked()).toBe(5)
  })
  test('of a link that the shop closed while the window was open', async () => {
    const shop = openSilentShop()
    const id = await shop.makeLink()
    await shop.openWindow(id)
    await shop.asMerchant('PUT', `/${id}`)
    shop.iamport.pay({ ...paid, paid_at: start / 1000 + 121 })
    await shop.pass(4 * minute)
    expect((await shop.asMerchant('GET', `/${id}`)).json).toMatchObject({ status: 'paid', late: true })
  })
})

describe('i’mport is asked about unfinished checkouts only', () => {
  test('not about links that nobody opened a window for', async () => {
    const shop = openSilentShop()
    for (let order = 0; order < 30; order++) await shop.makeLink({ merchant_uid: `order-${order}` })
    await shop.pass(2 * hour)
    expect(shop.iamport.calls).toEqual([])
  })
  test('once a link is settled, not about that', async () => {
    const shop = openSilentShop()
    const id = await shop.makeLink()
    await shop.openWindow(id, 'tab-1')
    shop.iamport.pay(paid)
    await shop.settle(id, 'imp_1')
    await shop.pass(2 * hour)
    expect(shop.asked()).toBe(0)
  })
  test('once i’mport said that the attempt failed, not about that', async () => {
    const shop = openSilentShop()
    const id = await shop.makeLink()
    await shop.openWindow(id, 'tab-1')
    shop.iamport.pay({ ...paid, status: 'failed', fail_reason: '한도초과', paid_at: 0 })
    await shop.send('POST', `/links/${id}/settle`, { imp_uid: 'imp_1', visitor: 'tab-1' })
    await shop.pass(2 * hour)
    expect(shop.asked()).toBe(0)
  })
  test('once for a link, however many windows were opened', async () => {
    const shop = openSilentShop()
    const id = await shop.makeLink()
    for (let time = 0; time < 5; time++) await shop.openWindow(id)
    shop.clock.now += minute
    expect((await shop.reconcile()).asked).toBe(1)
  })
  test('in bounded rounds', async () => {
    const shop = openSilentShop()
    for (let order = 0; order < 25; order++)
      await shop.openWindow(await shop.makeLink({ merchant_uid: `order-${order}` }))
    shop.clock.now += minute
    expect([(await shop.reconcile()).asked, (await shop.reconcile()).asked]).toEqual([20, 5])
  })
  test('by one of several servers', async () => {
    const shop = openSilentShop()
    await shop.openWindow(await shop.makeLink())
    shop.clock.now += minute
    const rounds = await Promise.all([1, 2, 3].map(() => reconcileDue({ ...shop.deps })))
    expect(rounds.reduce((sum, { asked }) => sum + asked, 0)).toBe(1)
  })
})

test('of two customers the second approval is found and given back, though nobody tells of it', async () => {
  const shop = openSilentShop()
  const id = await shop.makeLink()
  await shop.openWindow(id, 'tab-1')
  await shop.openWindow(id, 'tab-2')
  shop.iamport.pay(paid)
  await shop.settle(id, 'imp_1')
  const second = shop.iamport.pay({ ...paid, imp_uid: 'imp_2', paid_at: start / 1000 + 90 })
  await shop.pass(2 * minute)
  expect(second.status).toBe('cancelled')
  await shop.pass(2 * hour)
  const asked = shop.asked()
  await shop.pass(20 * hour)
  expect(shop.asked()).toBe(asked)
})

describe('while i’mport is down', () => {
  test('it is asked ever more rarely, and never given up', async () => {
    const shop = openSilentShop()
    const id = await shop.makeLink()
    await shop.openWindow(id)
    shop.iamport.state.mode = 'down'
    const before = shop.iamport.calls.length
    await shop.pass(6 * hour)
    expect(shop.iamport.calls.length - before).toBeLessThanOrEqual(24)
    shop.iamport.state.mode = 'up'
    shop.iamport.pay({ ...paid, paid_at: start / 1000 + 60 })
    await shop.pass(2 * hour)
    expect((await shop.view(id)).status).toBe('paid')
  })
})

describe('while i’mport is down for many', () => {
  test('a round ends early, and the rest is asked about in the next', async () => {
    const shop = openSilentShop()
    for (let order = 0; order < 8; order++)
      await shop.openWindow(await shop.makeLink({ merchant_uid: `order-${order}` }))
    shop.clock.now += minute
    shop.iamport.state.mode = 'down'
    expect(await shop.reconcile()).toEqual({ asked: 3, unanswered: 3 })
    shop.iamport.state.mode = 'up'
    expect(await shop.reconcile()).toEqual({ asked: 5, unanswered: 0 })
  })
})

describe('money that i’mport did not take back', () => {
  test('is asked back ever more rarely until it does, without a word from anybody', async () => {
    const shop = openSilentShop()
    const id = await shop.makeLink()
    const payment = shop.iamport.pay({ ...paid, amount: 100 })
    shop.iamport.state.refuseCancel = true
    await shop.settle(id, 'imp_1')
    await shop.pass(10 * hour)
    const tries = shop.iamport.callsTo('POST', '/payments/cancel').length
    expect(tries).toBeGreaterThan(3)
    expect(tries).toBeLessThan(8)
    shop.iamport.state.refuseCancel = false
    await shop.pass(48 * hour)
    expect(payment.status).toBe('cancelled')
    const after = shop.iamport.calls.length
    await shop.pass(48 * hour)
    expect(shop.iamport.calls).toHaveLength(after)
    await shop.deliver()
    expect(shop.types()).toEqual(['link.payment_rejected', 'link.payment_returned'])
  })
})

test('a deposit whose notice was lost is found within hours', async () => {
  const shop = openSilentShop()
  const id = await shop.makeLink({ expired_at: start / 1000 + 3 * 86_400 })
  const payment = shop.iamport.pay(anAccount(start + 48 * hour))
  await shop.settle(id, 'imp_1')
  await shop.pass(20 * hour)
  const asked = shop.asked()
  expect(asked).toBeLessThan(6)
  Object.assign(payment, { status: 'paid', paid_at: shop.clock.now / 1000 })
  await shop.pass(7 * hour)
  expect((await shop.view(id)).status).toBe('paid')
  const found = shop.asked()
  await shop.pass(20 * hour)
  expect(shop.asked()).toBe(found)
})

test('a paid link is asked about once a day for a week, for a refund that is made elsewhere', async () => {
  const shop = openSilentShop()
  const id = await shop.makeLink()
  await shop.openWindow(id)
  const payment = shop.iamport.pay(paid)
  await shop.settle(id, 'imp_1')
  await shop.pass(4 * 24 * hour)
  // Once a day, or a tenth earlier or later.
  expect(shop.asked()).toBeGreaterThanOrEqual(3)
  expect(shop.asked()).toBeLessThanOrEqual(4)
  Object.assign(payment, { status: 'cancelled', cancel_amount: 10_000 })
  await shop.pass(28 * hour)
  expect((await shop.view(id)).status).toBe('refunded')
  const asked = shop.asked()
  await shop.pass(10 * 24 * hour)
  expect(shop.asked()).toBe(asked)
})
