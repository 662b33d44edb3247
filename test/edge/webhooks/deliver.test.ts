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

test('sends i’mport’s own notice once after a settlement', async () => {
  const shop = await aPaidLink()
  shop.iamport.receivers.set(url, () => new Response())
  await shop.settle(shop.id, 'imp_1')
  expect(await deliverEvents(shop.deps)).toBe(1)
  expect(await deliverEvents(shop.deps)).toBe(0)
  expect(shop.notices().map(({ body }) => body)).toEqual([{ ...paid, status: 'paid' }])
})

test('delivers the next event if a response arrives while the database is still being queried', async () => {
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
  let queryCount = 0
  const all: typeof shop.database.all = async (query) => {
    const rows = await shop.database.all(query)
    queryCount += 1
    if (queryCount !== 2) return rows
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

test('sends notices of a virtual account, its deposit and its refund in order', async () => {
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
  const statuses = shop.iamport.callsTo('POST', '/notice').map(({ body }) => body.status)
  expect(statuses).toEqual(['ready', 'paid', 'cancelled'])
})

test('sends no notice without a notice_url', async () => {
  const shop = await aPaidLink({ notice_url: '' })
  expect(await deliverEvents(shop.deps)).toBe(0)
})

test.each([
  ['answers with an error', () => new Response(null, { status: 500 })],
  ['redirects', () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } })],
])('retries later with the same id if the receiver %s', async (_, answer) => {
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

test('abandons a delivery to an unavailable receiver after a day', async () => {
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

test('delivers a notice once although several servers work at the same time', async () => {
  const shop = await aPaidLink()
  shop.iamport.receivers.set(url, () => new Response())
  const delivered = await Promise.all(Array.from({ length: 5 }, () => deliverEvents(shop.deps)))
  expect(delivered.reduce((sum, count) => sum + count)).toBe(1)
  expect(shop.notices()).toHaveLength(1)
})

test('passes the delivery to waitUntil if the host provides it', async () => {
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

test('on hosts that isolate requests, an interrupted run does not block later runs', async () => {
  const shop = openShop()
  for (const number of [1, 2, 3, 4]) {
    const order = { merchant_uid: `order-${number}`, imp_uid: `imp_${number}` }
    const id = await shop.makeLink({ merchant_uid: order.merchant_uid })
    shop.iamport.pay(order)
    await shop.settle(id, order.imp_uid)
  }
  shop.iamport.receivers.set(url, () => new Response())
  const pending: ((response: Response) => void)[] = []
  const hanging: typeof fetch = () => new Promise((resolve) => pending.push(resolve))
  const interrupted = deliverEvents({ ...shop.deps, safeFetch: hanging, isolatesRequests: true })
  await vi.waitFor(() => expect(pending).toHaveLength(3))
  shop.clock.now += 20_000
  expect(await deliverEvents({ ...shop.deps, isolatesRequests: true })).toBe(4)
  for (const answer of pending) answer(new Response())
  await interrupted
})
