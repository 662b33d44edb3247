import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { deliverEvents } from '../../../src/edge/features/webhooks/deliver.ts'
import { queries } from '../../../src/edge/store/sql/tables.ts'
import { openShop, start } from '../support/shop.ts'

const url = 'https://shop.example/notice'
const paid = { imp_uid: 'imp_1', merchant_uid: 'order-1' }

async function aPaidLink(order = {}) {
  const shop = openShop()
  const id = await shop.makeLink(order)
  shop.iamport.pay(paid)
  await shop.settle(id, 'imp_1')
  return { ...shop, id, notices: () => shop.iamport.callsTo('POST', '/notice') }
}

test('the shop is told in i’mport’s words, once', async () => {
  const shop = await aPaidLink()
  shop.iamport.receivers.set(url, () => new Response())
  await shop.settle(shop.id, 'imp_1')
  expect(await deliverEvents(shop.deps)).toBe(1)
  expect(await deliverEvents(shop.deps)).toBe(0)
  expect(shop.notices().map(({ body }) => body)).toEqual([{ ...paid, status: 'paid' }])
})

test('what is next is told, too, when an answer comes while the database is still being asked', async () => {
  const shop = openShop()
  const id = await shop.makeLink()
  const payment = shop.iamport.pay(paid)
  await shop.settle(id, 'imp_1')
  Object.assign(payment, { status: 'cancelled', cancel_amount: 10_000 })
  await shop.settle(id, 'imp_1')
  shop.iamport.receivers.set(url, () => new Response())
  let answer = () => {}
  const slow = new Promise<void>((resolve) => {
    answer = resolve
  })
  const safeFetch: typeof fetch = async (input, init) => {
    const answered = await shop.deps.safeFetch(input, init)
    await slow
    return answered
  }
  let looks = 0
  const all: typeof shop.database.all = async (query) => {
    const rows = await shop.database.all(query)
    looks += 1
    if (looks !== 2) return rows
    answer()
    await vi.waitFor(async () => {
      const [first] = await shop.database.all(
        sql`select delivered_at from events order by seq`.compile(queries),
      )
      expect(first).toMatchObject({ delivered_at: expect.any(Number) })
    })
    return rows
  }
  expect(await deliverEvents({ ...shop.deps, safeFetch, database: { ...shop.database, all } })).toBe(2)
})

test('an account, its deposit and the refund are told in turn', async () => {
  const shop = openShop()
  const id = await shop.makeLink()
  shop.iamport.receivers.set(url, () => new Response())
  const payment = shop.iamport.pay({ ...paid, status: 'ready', paid_at: 0, vbank_num: '1' })
  for (const change of [
    {},
    { status: 'paid', paid_at: start / 1000 },
    { status: 'cancelled', cancel_amount: 10_000 },
  ]) {
    Object.assign(payment, change)
    await shop.settle(id, 'imp_1')
    await deliverEvents(shop.deps)
    shop.clock.now += 1000
  }
  const told = shop.iamport.callsTo('POST', '/notice').map(({ body }) => body.status)
  expect(told).toEqual(['ready', 'paid', 'cancelled'])
})

test('a shop without a notice_url is told nothing', async () => {
  const shop = await aPaidLink({ notice_url: '' })
  expect(await deliverEvents(shop.deps)).toBe(0)
})

test.each([
  ['answers with an error', () => new Response(null, { status: 500 })],
  [
    'sends it elsewhere',
    () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }),
  ],
])('a receiver that %s is told again later, with the same id', async (_, answer) => {
  const shop = await aPaidLink()
  shop.iamport.receivers.set(url, answer)
  expect(await deliverEvents(shop.deps)).toBe(0)
  expect(await deliverEvents(shop.deps)).toBe(0)
  expect(shop.notices()).toHaveLength(1)
  shop.clock.now += 10_000
  shop.iamport.receivers.set(url, () => new Response(null, { status: 204 }))
  expect(await deliverEvents(shop.deps)).toBe(1)
  const [first, second] = shop.notices().map(({ headers }) => headers.get('webhook-id'))
  expect(first).toMatch(/^evt_/)
  expect(second).toBe(first)
})

test('a receiver that is gone is given up after a day', async () => {
  const shop = await aPaidLink()
  shop.iamport.state.mode = 'down'
  for (let hour = 0; hour < 30; hour++) {
    await deliverEvents(shop.deps)
    shop.clock.now += 3_600_000
  }
  expect(shop.log.filter(({ event }) => event === 'event.abandoned')).toHaveLength(1)
  const attempts = shop.notices().length
  shop.clock.now += 100 * 3_600_000
  expect(await deliverEvents(shop.deps)).toBe(0)
  expect(shop.notices()).toHaveLength(attempts)
})

test('two servers do not tell the same thing twice', async () => {
  const shop = await aPaidLink()
  shop.iamport.receivers.set(url, () => new Response())
  const delivered = await Promise.all(Array.from({ length: 5 }, () => deliverEvents(shop.deps)))
  expect(delivered.reduce((sum, count) => sum + count)).toBe(1)
  expect(shop.notices()).toHaveLength(1)
})

test('a host that can work beside the answer is given the delivery', async () => {
  const works: Promise<unknown>[] = []
  const shop = openShop()
  const { createApp } = await import('../../../src/edge/app.ts')
  const app = createApp({ ...shop.deps, waitUntil: (work) => void works.push(work) })
  const id = await shop.makeLink()
  shop.iamport.pay(paid)
  shop.iamport.receivers.set(url, () => new Response())
  await app.request(`/links/${id}/settle`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"imp_uid":"imp_1"}',
  })
  await Promise.all(works)
  expect(shop.iamport.callsTo('POST', '/notice')).toHaveLength(1)
})

test('where requests stand apart, a round that was cut off holds up none that comes after', async () => {
  const shop = openShop()
  for (const number of [1, 2, 3, 4]) {
    const order = { merchant_uid: `order-${number}`, imp_uid: `imp_${number}` }
    const id = await shop.makeLink({ merchant_uid: order.merchant_uid })
    shop.iamport.pay(order)
    await shop.settle(id, order.imp_uid)
  }
  shop.iamport.receivers.set(url, () => new Response())
  const asked: ((response: Response) => void)[] = []
  const hanging: typeof fetch = () => new Promise((resolve) => asked.push(resolve))
  const cutOff = deliverEvents({ ...shop.deps, safeFetch: hanging, isolatesRequests: true })
  await vi.waitFor(() => expect(asked).toHaveLength(3))
  shop.clock.now += 20_000
  expect(await deliverEvents({ ...shop.deps, isolatesRequests: true })).toBe(4)
  for (const answer of asked) answer(new Response())
  await cutOff
})
