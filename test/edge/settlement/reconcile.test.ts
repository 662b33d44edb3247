import { describe, expect, test, vi } from 'vitest'
import { createContext } from '../../../src/edge/create-context.ts'
import { reconcileDue } from '../../../src/edge/features/settlement/reconcile.ts'
import { noMetrics } from '../../../src/edge/platform/observability/metrics.ts'
import { DatabaseUnavailable } from '../../../src/edge/platform/ports/database.ts'
import { createStore } from '../../../src/edge/store/store.ts'
import { anAccount, openEventsShop, paid } from '../support/events-shop.ts'
import { mentions, openFailingDatabase } from '../support/failing-database.ts'
import { start } from '../support/shop.ts'

const minute = 60_000
const hour = 60 * minute

function openUnnotifiedShop(given?: Parameters<typeof openEventsShop>[0]) {
  const shop = openEventsShop(given)
  return {
    ...shop,
    reconcile: () => reconcileDue(shop.deps),
    openWindow: (id: string, visitor?: string) =>
      shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko', visitor }),
    asked: () => shop.iamport.callsTo('GET', '/payments/findAll').length,
    /**
     * Advances the clock minute by minute, as the host's timer does, or in larger steps for spans of days.
     */
    async pass(ms: number, stepMs = minute) {
      for (const end = shop.clock.now + ms; shop.clock.now < end; ) {
        shop.clock.now += stepMs
        await reconcileDue(shop.deps)
      }
    },
  }
}

describe('the reconciler finds an unreported payment', () => {
  test('a minute after the window opened', async () => {
    const shop = openUnnotifiedShop()
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
  test('however late it is approved while a window can still be open', async () => {
    const shop = openUnnotifiedShop()
    const id = await shop.makeLink({ expired_at: start / 1000 + 36_000 })
    await shop.openWindow(id)
    await shop.pass(65 * minute)
    shop.iamport.pay({ ...paid, paid_at: shop.clock.now / 1000 })
    await shop.pass(10 * minute)
    expect((await shop.view(id)).status).toBe('paid')
  })
  test('in a second customer’s window after the first payment was refunded, and refunds it', async () => {
    const shop = openUnnotifiedShop()
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
  test('in a window that a restored database does not know, beside an older window that it knows', async () => {
    const shop = openUnnotifiedShop()
    const id = await shop.makeLink({ expired_at: start / 1000 + 36_000 })
    await shop.openWindow(id)
    shop.clock.now += 60 * minute
    await createStore(shop.database).startInquiry(shop.clock.now - minute, shop.clock.now)
    await shop.pass(30 * minute)
    shop.iamport.pay({ ...paid, paid_at: shop.clock.now / 1000 })
    await shop.pass(32 * minute)
    expect((await shop.view(id)).status).toBe('paid')
  })
  test('by asking i’mport five times, and stops if there is none', async () => {
    const shop = openUnnotifiedShop()
    await shop.openWindow(await shop.makeLink())
    await shop.pass(72 * minute)
    expect(shop.asked()).toBe(5)
    await shop.pass(24 * hour)
    expect(shop.asked()).toBe(5)
  })
  test('of a link that was disabled while the window was open', async () => {
    const shop = openUnnotifiedShop()
    const id = await shop.makeLink()
    await shop.openWindow(id)
    await shop.asMerchant('PUT', `/${id}`)
    shop.iamport.pay({ ...paid, paid_at: start / 1000 + 121 })
    await shop.pass(4 * minute)
    expect((await shop.asMerchant('GET', `/${id}`)).json).toMatchObject({ status: 'paid', late: true })
  })
})

describe('the reconciler finds a payment that upstream approves a day after the window closed', () => {
  const undecided = { ...paid, status: 'ready', paid_at: 0 }
  const approve = (payment: object, shop: ReturnType<typeof openUnnotifiedShop>) =>
    Object.assign(payment, { status: 'paid', paid_at: shop.clock.now / 1000 })

  test('and refunds it if the amount differs from the link’s', async () => {
    const shop = openUnnotifiedShop()
    await shop.openWindow(await shop.makeLink())
    const payment = shop.iamport.pay({ ...undecided, amount: 9_000 })
    await shop.pass(24 * hour)
    approve(payment, shop)
    await shop.pass(27 * hour)
    expect(payment.status).toBe('cancelled')
  })
  test('behind any number of failed attempts', async () => {
    const shop = openUnnotifiedShop()
    const id = await shop.makeLink({ expired_at: start / 1000 + 36_000 })
    await shop.openWindow(id)
    const payment = shop.iamport.pay(undecided)
    const failed = { ...undecided, status: 'failed', custom_data: null }
    for (let attempt = 0; attempt < 30; attempt++)
      shop.iamport.pay({ ...failed, imp_uid: `imp_failed_${attempt}` })
    await shop.pass(24 * hour)
    approve(payment, shop)
    await shop.pass(27 * hour)
    expect((await shop.view(id)).status).toBe('paid')
  })
})

describe('the reconciler asks i’mport', () => {
  test('nothing about links without an opened window', async () => {
    const shop = openUnnotifiedShop()
    for (let order = 0; order < 30; order++) await shop.makeLink({ merchant_uid: `order-${order}` })
    await shop.pass(2 * hour)
    expect(shop.iamport.calls).toEqual([])
  })
  test('nothing about a link that is already settled', async () => {
    const shop = openUnnotifiedShop()
    const id = await shop.makeLink()
    await shop.openWindow(id, 'tab-1')
    shop.iamport.pay(paid)
    await shop.settle(id, 'imp_1')
    await shop.pass(2 * hour)
    expect(shop.asked()).toBe(0)
  })
  test('nothing about a window whose attempt i’mport already reported as failed', async () => {
    const shop = openUnnotifiedShop()
    const id = await shop.makeLink()
    await shop.openWindow(id, 'tab-1')
    shop.iamport.pay({ ...paid, status: 'failed', fail_reason: '한도초과', paid_at: 0 })
    await shop.send('POST', `/links/${id}/settle`, { imp_uid: 'imp_1', visitor: 'tab-1' })
    await shop.pass(2 * hour)
    expect(shop.asked()).toBe(0)
  })
  test('once per link, however many windows were opened', async () => {
    const shop = openUnnotifiedShop()
    const id = await shop.makeLink()
    for (let time = 0; time < 5; time++) await shop.openWindow(id)
    shop.clock.now += minute
    expect((await shop.reconcile()).asked).toBe(1)
  })
  test('from only one of several servers', async () => {
    const shop = openUnnotifiedShop()
    await shop.openWindow(await shop.makeLink())
    shop.clock.now += minute
    const runs = await Promise.all([1, 2, 3].map(() => reconcileDue({ ...shop.deps })))
    expect(runs.reduce((sum, { asked }) => sum + asked, 0)).toBe(1)
  })
})

test('the reconciler finds and refunds the second of two customers’ payments without a notice', async () => {
  const shop = openUnnotifiedShop()
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
  await shop.pass(16 * hour)
  expect(shop.asked()).toBe(asked)
})

test('the reconciler checks a second window that a customer opens after paying within minutes', async () => {
  const shop = openUnnotifiedShop()
  const id = await shop.makeLink({ expired_at: start / 1000 + 36_000 })
  for (const imp_uid of ['imp_1', 'imp_2']) {
    await shop.openWindow(id, 'tab-1')
    shop.iamport.pay({ ...paid, imp_uid, status: 'ready', paid_at: 0 })
  }
  const [first, second] = ['imp_1', 'imp_2'].map((imp_uid) => shop.iamport.payments.get(imp_uid))
  Object.assign(first ?? {}, { status: 'paid', paid_at: start / 1000 })
  await shop.settle(id, 'imp_1')
  await shop.pass(3 * minute)
  await shop.send('POST', `/links/${id}/opened`, { visitor: 'tab-1' })
  Object.assign(second ?? {}, { status: 'paid', paid_at: shop.clock.now / 1000 })
  await shop.pass(2 * minute)
  expect(second?.status).toBe('cancelled')
})

describe('while i’mport is unavailable', () => {
  test('the reconciler backs off but never gives up', async () => {
    const shop = openUnnotifiedShop()
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

describe('while i’mport is unavailable for many links', () => {
  test('a reconciliation run ends early, and the next run asks about the rest', async () => {
    const shop = openUnnotifiedShop()
    for (let order = 0; order < 8; order++)
      await shop.openWindow(await shop.makeLink({ merchant_uid: `order-${order}` }))
    shop.clock.now += minute
    shop.iamport.state.mode = 'down'
    expect(await shop.reconcile()).toEqual({ asked: 3, unanswered: 3 })
    shop.iamport.state.mode = 'up'
    expect(await shop.reconcile()).toEqual({ asked: 5, unanswered: 0 })
  })
})

describe('with many inquiries due', () => {
  /** A window was opened on each of these links a minute ago. */
  async function openBusyShop(count: number, given: Parameters<typeof openEventsShop>[0] = {}) {
    const shop = openUnnotifiedShop(given)
    const ids: string[] = []
    for (let order = 0; order < count; order++) {
      const id = await shop.makeLink({ merchant_uid: `order-${order}` })
      await shop.openWindow(id)
      ids.push(id)
    }
    shop.clock.now += minute
    return { ...shop, ids }
  }

  /** Holds each call to i'mport until its function is called. */
  function pauseAnswers({ iamport }: Awaited<ReturnType<typeof openBusyShop>>) {
    const waiting: (() => void)[] = []
    iamport.state.instead = async ({ pathname }) => {
      if (pathname.startsWith('/payments/findAll'))
        await new Promise<void>((resolve) => void waiting.push(resolve))
      return undefined
    }
    return waiting
  }

  test('one run asks about all of them', async () => {
    const shop = await openBusyShop(120)
    expect(await shop.reconcile()).toEqual({ asked: 120, unanswered: 0 })
    expect(await shop.reconcile()).toEqual({ asked: 0, unanswered: 0 })
  })
  test('concurrency grows with each answer up to eight, and customers are served meanwhile', async () => {
    const shop = await openBusyShop(60)
    const waiting = pauseAnswers(shop)
    const run = reconcileDue(shop.deps)
    for (let answered = 0; answered < 60; answered++) {
      const width = Math.min(1 + answered, 8, 60 - answered)
      await vi.waitFor(() => expect(waiting).toHaveLength(width), { interval: 1 })
      if (answered === 30) {
        shop.iamport.pay({ ...paid, merchant_uid: 'order-0' })
        expect((await shop.settle(shop.ids[0] ?? '', 'imp_1')).json.status).toBe('paid')
      }
      waiting.shift()?.()
    }
    expect(await run).toEqual({ asked: 60, unanswered: 0 })
  })
  test('a slow answer does not delay the other inquiries', async () => {
    let settled = 0
    const metrics = { ...noMetrics, settled: () => void settled++ }
    const shop = await openBusyShop(60, { parts: { metrics } })
    const waiting = pauseAnswers(shop)
    const { instead } = shop.iamport.state
    shop.iamport.state.instead = (url) => (url.pathname.endsWith('/order-3') ? instead?.(url) : undefined)
    const run = reconcileDue(shop.deps)
    await vi.waitFor(() => expect(settled).toBe(59))
    waiting[0]?.()
    expect(await run).toEqual({ asked: 60, unanswered: 0 })
  })
  test('no inquiry starts after the host stops the run', async () => {
    const shop = await openBusyShop(60)
    let left = 10
    const { asked } = await reconcileDue(shop.deps, () => left-- > 0)
    expect(asked).toBeLessThanOrEqual(10)
    expect((await shop.reconcile()).asked).toBe(60 - asked)
  })
  test('several servers ask about each link once', async () => {
    const shop = await openBusyShop(100)
    const runs = await Promise.all([1, 2, 3].map(() => reconcileDue({ ...shop.deps })))
    expect(runs.reduce((sum, { asked }) => sum + asked, 0)).toBe(100)
    expect(shop.asked()).toBe(100)
  })
  test('the run ends soon after i’mport becomes unavailable', async () => {
    const shop = await openBusyShop(60)
    shop.iamport.state.instead = () => {
      if (shop.asked() > 20) throw new TypeError('connection refused')
      return undefined
    }
    const { asked, unanswered } = await shop.reconcile()
    expect(asked).toBe(20 + unanswered)
    expect(unanswered).toBeGreaterThanOrEqual(3)
    expect(unanswered).toBeLessThanOrEqual(10)
    expect(await shop.reconcile()).toEqual({ asked: 3, unanswered: 3 })
  })
  test.each([
    ['rejects one merchant', () => Response.json({ code: -1, message: 'no', response: null })],
    ['gives invalid answers for some orders', () => Response.json({ code: 0, message: null, response: [1] })],
  ])('an i’mport that %s is still asked about all others', async (_, answer) => {
    const shop = await openBusyShop(40)
    shop.iamport.state.instead = ({ pathname }) =>
      Number(/findAll\/order-(\d+)/.exec(pathname)?.[1] ?? 99) < 30 ? answer() : undefined
    shop.iamport.pay({ ...paid, merchant_uid: 'order-35' })
    expect(await shop.reconcile()).toEqual({ asked: 40, unanswered: 30 })
    expect((await shop.view(shop.ids[35] ?? '')).status).toBe('paid')
  })
  test('refunds are not delayed by a backlog of inquiries', async () => {
    const shop = await openBusyShop(150)
    const id = await shop.makeLink({ merchant_uid: 'dear' })
    const payment = shop.iamport.pay({ ...paid, merchant_uid: 'dear', amount: 100 })
    shop.iamport.state.refuseCancel = true
    await shop.settle(id, 'imp_1')
    shop.iamport.state.refuseCancel = false
    shop.clock.now += minute
    await reconcileDue(shop.deps, () => shop.asked() < 20)
    expect(payment.status).toBe('cancelled')
  })
})

describe('a failing order does not delay the others:', () => {
  /** Sixty orders whose queries fail, and a later order that is paid. */
  async function openFailingShop(at: 'its link' | 'its order' | 'its claim') {
    const { database, state } = openFailingDatabase()
    const shop = openUnnotifiedShop({ database })
    const failing: string[] = []
    for (let order = 0; order < 60; order++) {
      const merchant_uid = `failing-${order}`
      const id = await shop.makeLink({ merchant_uid })
      await shop.openWindow(id)
      if (at === 'its order') shop.iamport.pay({ ...paid, imp_uid: `imp_${id}`, merchant_uid })
      failing.push(at === 'its order' ? merchant_uid : id)
    }
    shop.clock.now += 1000
    const id = await shop.makeLink()
    await shop.openWindow(id)
    shop.iamport.pay(paid)
    shop.clock.now += minute
    state.fails = (queries) => {
      const isClaim = queries.some(({ sql }) => sql.startsWith('update "inquiries"'))
      return mentions(queries, failing) && isClaim === (at === 'its claim')
    }
    const failures = () => shop.log.filter(({ event }) => event === 'reconcile.failed')
    return { ...shop, id, failures, repair: () => (state.fails = () => false) }
  }

  test.each(['its link', 'its order'] as const)(
    'orders that fail on reading %s are logged and retried later',
    async (at) => {
      const shop = await openFailingShop(at)
      expect(await shop.reconcile()).toEqual({ asked: 61, unanswered: 60 })
      expect((await shop.view(shop.id)).status).toBe('paid')
      expect(shop.failures()).toHaveLength(60)
      expect(shop.failures()[0]).toMatchObject({
        link: expect.any(String),
        error: expect.stringMatching(/unreadable row/),
      })
      expect((await shop.reconcile()).asked).toBe(0)
      shop.repair()
      shop.clock.now += 3 * minute
      expect(await shop.reconcile()).toEqual({ asked: 60, unanswered: 0 })
    },
  )
  test('an inquiry that cannot be postponed fails only the current run', async () => {
    const shop = await openFailingShop('its claim')
    await expect(shop.reconcile()).rejects.toThrow(/unreadable row/)
    shop.repair()
    expect(await shop.reconcile()).toEqual({ asked: 61, unanswered: 0 })
  })
  test('inquiries and refunds of a missing link are logged and postponed', async () => {
    const shop = openUnnotifiedShop()
    const missing = await shop.makeLink({ merchant_uid: 'gone' })
    await shop.openWindow(missing)
    shop.iamport.state.refuseCancel = true
    shop.iamport.pay({ ...paid, imp_uid: 'imp_gone', merchant_uid: 'gone', amount: 100 })
    await shop.settle(missing, 'imp_gone')
    shop.iamport.state.refuseCancel = false
    await shop.openWindow(missing)
    const id = await shop.makeLink()
    await shop.openWindow(id)
    shop.iamport.pay(paid)
    shop.clock.now += minute
    const { store } = createContext(shop.deps)
    const { findLink } = store
    store.findLink = async (wanted) => (wanted === missing ? undefined : findLink(wanted))
    await shop.reconcile()
    expect((await shop.view(id)).status).toBe('paid')
    expect(shop.log.filter(({ event }) => event === 'reconcile.failed')).toEqual([
      expect.objectContaining({ link: missing, error: expect.stringContaining('is gone') }),
      expect.objectContaining({ link: missing, imp_uid: 'imp_gone' }),
    ])
    expect((await shop.reconcile()).asked).toBe(0)
    store.findLink = findLink
    shop.clock.now += 6 * minute
    await shop.reconcile()
    expect(shop.iamport.payments.get('imp_gone')?.status).toBe('cancelled')
  })
  test('an unavailable database ends the run without losing an inquiry', async () => {
    const { database, state } = openFailingDatabase()
    const shop = openUnnotifiedShop({ database })
    const id = await shop.makeLink()
    await shop.openWindow(id)
    shop.iamport.pay(paid)
    shop.clock.now += minute
    state.isUnavailable = true
    await expect(shop.reconcile()).rejects.toThrow(DatabaseUnavailable)
    state.isUnavailable = false
    expect(await shop.reconcile()).toEqual({ asked: 1, unanswered: 0 })
    expect((await shop.view(id)).status).toBe('paid')
  })
})

describe('a refund that i’mport refuses', () => {
  test('is retried with backoff until i’mport accepts it', async () => {
    const shop = openUnnotifiedShop()
    const id = await shop.makeLink()
    const payment = shop.iamport.pay({ ...paid, amount: 100 })
    shop.iamport.state.refuseCancel = true
    await shop.settle(id, 'imp_1')
    await shop.pass(10 * hour)
    const tries = shop.iamport.callsTo('POST', '/payments/cancel').length
    expect(tries).toBeGreaterThan(3)
    expect(tries).toBeLessThan(8)
    shop.iamport.state.refuseCancel = false
    await shop.pass(48 * hour, hour)
    expect(payment.status).toBe('cancelled')
    const after = shop.iamport.calls.length
    await shop.pass(48 * hour, hour)
    expect(shop.iamport.calls).toHaveLength(after)
    await shop.deliver()
    expect(shop.types()).toEqual(['link.payment_rejected', 'link.payment_returned'])
  })
})

test('the reconciler finds a deposit within hours if its notice was lost', async () => {
  const shop = openUnnotifiedShop()
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
  await shop.pass(11 * hour)
  expect(shop.asked()).toBe(found)
})

test('the reconciler finds an approval in another window within the hour while the link awaits a deposit', async () => {
  const shop = openUnnotifiedShop()
  const id = await shop.makeLink({ expired_at: start / 1000 + 3 * 86_400 })
  await shop.openWindow(id, 'tab-1')
  shop.iamport.pay(anAccount(start + 48 * hour))
  await shop.settle(id, 'imp_1')
  expect((await shop.view(id)).status).toBe('awaiting_deposit')
  await shop.pass(63 * minute)
  shop.iamport.pay({ ...paid, imp_uid: 'imp_2', paid_at: shop.clock.now / 1000 })
  await shop.pass(10 * minute)
  expect((await shop.view(id)).status).toBe('paid')
})

test('the reconciler asks about a paid link once a day for a week to find external refunds', async () => {
  const shop = openUnnotifiedShop()
  const id = await shop.makeLink()
  await shop.openWindow(id)
  const payment = shop.iamport.pay(paid)
  await shop.settle(id, 'imp_1')
  await shop.pass(4 * 24 * hour, hour)
  // Once a day, or up to a fifth of a day earlier.
  expect(shop.asked()).toBeGreaterThanOrEqual(3)
  expect(shop.asked()).toBeLessThanOrEqual(5)
  Object.assign(payment, { status: 'cancelled', cancel_amount: 10_000 })
  await shop.pass(25 * hour, hour)
  expect((await shop.view(id)).status).toBe('refunded')
  const asked = shop.asked()
  await shop.pass(10 * 24 * hour, hour)
  expect(shop.asked()).toBe(asked)
})
