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

function openSilentShop(given?: Parameters<typeof openEventsShop>[0]) {
  const shop = openEventsShop(given)
  return {
    ...shop,
    reconcile: () => reconcileDue(shop.deps),
    openWindow: (id: string, visitor?: string) =>
      shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko', visitor }),
    asked: () => shop.iamport.callsTo('GET', '/payments/findAll').length,
    /** Lets time pass minute by minute, as the host's timer sees it; or in larger steps, where days pass. */
    async pass(ms: number, stepMs = minute) {
      for (const end = shop.clock.now + ms; shop.clock.now < end; ) {
        shop.clock.now += stepMs
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

describe('upstream decides a day after the window closed, and tells nobody', () => {
  const undecided = { ...paid, status: 'ready', paid_at: 0 }
  const approve = (payment: object, shop: ReturnType<typeof openSilentShop>) =>
    Object.assign(payment, { status: 'paid', paid_at: shop.clock.now / 1000 })

  test('and money of another amount than the link’s is found and returned', async () => {
    const shop = openSilentShop()
    await shop.openWindow(await shop.makeLink())
    const payment = shop.iamport.pay({ ...undecided, amount: 9_000 })
    await shop.pass(24 * hour)
    approve(payment, shop)
    await shop.pass(27 * hour)
    expect(payment.status).toBe('cancelled')
  })
  test('and money is found behind any number of attempts that failed', async () => {
    const shop = openSilentShop()
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
  await shop.pass(16 * hour)
  expect(shop.asked()).toBe(asked)
})

test('a second window that a customer opens after paying is asked about within minutes', async () => {
  const shop = openSilentShop()
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

describe('with many questions due', () => {
  /** A window was opened on each of these links a minute ago. */
  async function openBusyShop(count: number, given: Parameters<typeof openEventsShop>[0] = {}) {
    const shop = openSilentShop(given)
    const ids: string[] = []
    for (let order = 0; order < count; order++) {
      const id = await shop.makeLink({ merchant_uid: `order-${order}` })
      await shop.openWindow(id)
      ids.push(id)
    }
    shop.clock.now += minute
    return { ...shop, ids }
  }

  /** Calls that wait for i'mport: each is answered when its function is called. */
  function holdAnswers({ iamport }: Awaited<ReturnType<typeof openBusyShop>>) {
    const held: (() => void)[] = []
    iamport.state.instead = async ({ pathname }) => {
      if (pathname.startsWith('/payments/findAll'))
        await new Promise<void>((resolve) => void held.push(resolve))
      return undefined
    }
    return held
  }

  test('one round asks all of them', async () => {
    const shop = await openBusyShop(120)
    expect(await shop.reconcile()).toEqual({ asked: 120, unanswered: 0 })
    expect(await shop.reconcile()).toEqual({ asked: 0, unanswered: 0 })
  })
  test('concurrency grows with each answer up to eight, and customers are served meanwhile', async () => {
    const shop = await openBusyShop(60)
    const held = holdAnswers(shop)
    const round = reconcileDue(shop.deps)
    for (let answered = 0; answered < 60; answered++) {
      const width = Math.min(1 + answered, 8, 60 - answered)
      await vi.waitFor(() => expect(held).toHaveLength(width), { interval: 1 })
      if (answered === 30) {
        shop.iamport.pay({ ...paid, merchant_uid: 'order-0' })
        expect((await shop.settle(shop.ids[0] ?? '', 'imp_1')).json.status).toBe('paid')
      }
      held.shift()?.()
    }
    expect(await round).toEqual({ asked: 60, unanswered: 0 })
  })
  test('a slow answer does not delay the other questions', async () => {
    let settled = 0
    const metrics = { ...noMetrics, settled: () => void settled++ }
    const shop = await openBusyShop(60, { parts: { metrics } })
    const held = holdAnswers(shop)
    const { instead } = shop.iamport.state
    shop.iamport.state.instead = (url) => (url.pathname.endsWith('/order-3') ? instead?.(url) : undefined)
    const round = reconcileDue(shop.deps)
    await vi.waitFor(() => expect(settled).toBe(59))
    held[0]?.()
    expect(await round).toEqual({ asked: 60, unanswered: 0 })
  })
  test('no question is started after the host stops the round', async () => {
    const shop = await openBusyShop(60)
    let left = 10
    const { asked } = await reconcileDue(shop.deps, () => left-- > 0)
    expect(asked).toBeLessThanOrEqual(10)
    expect((await shop.reconcile()).asked).toBe(60 - asked)
  })
  test('several servers ask each question once', async () => {
    const shop = await openBusyShop(100)
    const rounds = await Promise.all([1, 2, 3].map(() => reconcileDue({ ...shop.deps })))
    expect(rounds.reduce((sum, { asked }) => sum + asked, 0)).toBe(100)
    expect(shop.asked()).toBe(100)
  })
  test('the round ends soon after i’mport becomes unavailable', async () => {
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
    ['rejects a merchant', () => Response.json({ code: -1, message: 'no', response: null })],
    ['gives invalid answers for some orders', () => Response.json({ code: 0, message: null, response: [1] })],
  ])('an i’mport that %s is still asked about all others', async (_, answer) => {
    const shop = await openBusyShop(40)
    shop.iamport.state.instead = ({ pathname }) =>
      Number(/findAll\/order-(\d+)/.exec(pathname)?.[1] ?? 99) < 30 ? answer() : undefined
    shop.iamport.pay({ ...paid, merchant_uid: 'order-35' })
    expect(await shop.reconcile()).toEqual({ asked: 40, unanswered: 30 })
    expect((await shop.view(shop.ids[35] ?? '')).status).toBe('paid')
  })
  test('refunds are not delayed by a backlog of questions', async () => {
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

describe('a failing order does not delay the others', () => {
  /** Sixty orders whose queries fail, and a later one that was paid. */
  async function openFailingShop(at: 'its link' | 'its order' | 'its claim') {
    const { database, state } = openFailingDatabase()
    const shop = openSilentShop({ database })
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
    const told = () => shop.log.filter(({ event }) => event === 'reconcile.failed')
    return { ...shop, id, told, mend: () => (state.fails = () => false) }
  }

  test.each(['its link', 'its order'] as const)(
    'orders that fail at reading %s are logged and asked about again later',
    async (at) => {
      const shop = await openFailingShop(at)
      expect(await shop.reconcile()).toEqual({ asked: 61, unanswered: 60 })
      expect((await shop.view(shop.id)).status).toBe('paid')
      expect(shop.told()).toHaveLength(60)
      expect(shop.told()[0]).toMatchObject({
        link: expect.any(String),
        error: expect.stringMatching(/unreadable row/),
      })
      expect((await shop.reconcile()).asked).toBe(0)
      shop.mend()
      shop.clock.now += 3 * minute
      expect(await shop.reconcile()).toEqual({ asked: 60, unanswered: 0 })
    },
  )
  test('an inquiry that cannot be postponed ends only this round', async () => {
    const shop = await openFailingShop('its claim')
    await expect(shop.reconcile()).rejects.toThrow(/unreadable row/)
    shop.mend()
    expect(await shop.reconcile()).toEqual({ asked: 61, unanswered: 0 })
  })
  test('inquiries and refunds of a missing link are logged and postponed', async () => {
    const shop = openSilentShop()
    const gone = await shop.makeLink({ merchant_uid: 'gone' })
    await shop.openWindow(gone)
    shop.iamport.state.refuseCancel = true
    shop.iamport.pay({ ...paid, imp_uid: 'imp_gone', merchant_uid: 'gone', amount: 100 })
    await shop.settle(gone, 'imp_gone')
    shop.iamport.state.refuseCancel = false
    await shop.openWindow(gone)
    const id = await shop.makeLink()
    await shop.openWindow(id)
    shop.iamport.pay(paid)
    shop.clock.now += minute
    const { store } = createContext(shop.deps)
    const { findLink } = store
    store.findLink = async (wanted) => (wanted === gone ? undefined : findLink(wanted))
    await shop.reconcile()
    expect((await shop.view(id)).status).toBe('paid')
    expect(shop.log.filter(({ event }) => event === 'reconcile.failed')).toEqual([
      expect.objectContaining({ link: gone, error: expect.stringContaining('is gone') }),
      expect.objectContaining({ link: gone, imp_uid: 'imp_gone' }),
    ])
    expect((await shop.reconcile()).asked).toBe(0)
    store.findLink = findLink
    shop.clock.now += 6 * minute
    await shop.reconcile()
    expect(shop.iamport.payments.get('imp_gone')?.status).toBe('cancelled')
  })
  test('an unavailable database ends the round, and nothing is lost', async () => {
    const { database, state } = openFailingDatabase()
    const shop = openSilentShop({ database })
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
    await shop.pass(48 * hour, hour)
    expect(payment.status).toBe('cancelled')
    const after = shop.iamport.calls.length
    await shop.pass(48 * hour, hour)
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
  await shop.pass(11 * hour)
  expect(shop.asked()).toBe(found)
})

test('an approval in another window is found within its hour while the link awaits a deposit', async () => {
  const shop = openSilentShop()
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

test('a paid link is asked about once a day for a week, for a refund that is made elsewhere', async () => {
  const shop = openSilentShop()
  const id = await shop.makeLink()
  await shop.openWindow(id)
  const payment = shop.iamport.pay(paid)
  await shop.settle(id, 'imp_1')
  await shop.pass(4 * 24 * hour, hour)
  // Once a day, or up to a fifth earlier.
  expect(shop.asked()).toBeGreaterThanOrEqual(3)
  expect(shop.asked()).toBeLessThanOrEqual(5)
  Object.assign(payment, { status: 'cancelled', cancel_amount: 10_000 })
  await shop.pass(25 * hour, hour)
  expect((await shop.view(id)).status).toBe('refunded')
  const asked = shop.asked()
  await shop.pass(10 * 24 * hour, hour)
  expect(shop.asked()).toBe(asked)
})
