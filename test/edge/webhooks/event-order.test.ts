import type { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import { createApp } from '../../../src/edge/app.ts'
import type { AppDeps } from '../../../src/edge/context.ts'
import { deliverEvents } from '../../../src/edge/features/webhooks/deliver.ts'
import { createStore } from '../../../src/edge/store/store.ts'
import type { TestDatabase } from '../../support/test-database.ts'
import { anAccount, openEventsShop, paid } from '../support/events-shop.ts'
import { start } from '../support/shop.ts'

/** A receiver that holds its answers until they are released. */
function createPausedReceiver() {
  const waiting: (() => void)[] = []
  let isReleased = false
  const release = () => {
    for (const go of waiting.splice(0)) go()
  }
  return {
    answer: () =>
      new Promise<Response>((resolve) => {
        waiting.push(() => resolve(new Response()))
        if (isReleased) release()
      }),
    waiting,
    letGo: release,
    /** Answers everything, so that no delivery run outlives the test's database. */
    end: async (runs: Promise<number>[]) => {
      isReleased = true
      release()
      await Promise.all(runs)
    },
  }
}

/** A database whose next empty query result is delayed until work started meanwhile has been written. */
function withSlowEmptyQuery(database: TestDatabase) {
  let duringQuery: (() => void) | undefined
  let written = () => {}
  const all: TestDatabase['all'] = async <Row>(query: CompiledQuery) => {
    const rows = await database.all<Row>(query)
    if (!duringQuery || rows.length > 0 || !query.sql.startsWith('select * from "events"')) return rows
    const write = new Promise<void>((resolve) => {
      written = resolve
    })
    duringQuery()
    duringQuery = undefined
    await write
    await new Promise((resolve) => setImmediate(resolve))
    return rows
  }
  const batch: TestDatabase['batch'] = async (...queries) => {
    const counts = await database.batch(...queries)
    written()
    return counts
  }
  const duringNextEmptyQuery = (work: () => void) =>
    new Promise<void>((resolve) => {
      duringQuery = () => {
        work()
        resolve()
      }
    })
  return { ...database, all, batch, duringNextEmptyLook: duringNextEmptyQuery }
}

/** Long timeout: an external database is slow on a loaded machine. */
const poll = <Value>(read: () => Value) => expect.poll(read, { timeout: 30_000 })

async function aPaidAccount() {
  const shop = openEventsShop()
  const id = await shop.makeLink({ notice_url: '' })
  const payment = shop.iamport.pay(anAccount(start + 7_200_000))
  await shop.settle(id, 'imp_1')
  Object.assign(payment, { status: 'paid', paid_at: start / 1000 + 60 })
  await shop.settle(id, 'imp_1')
  return { ...shop, id }
}

describe('the events of an order', () => {
  test('arrive in order: a later one waits for the delivery of an earlier one', async () => {
    const shop = await aPaidAccount()
    shop.answers.events = () => new Response(null, { status: 500 })
    await shop.deliver()
    shop.clock.now += 3000
    await shop.deliver()
    expect(shop.types()).toEqual(['link.awaiting_deposit'])
    shop.clock.now += 7000
    shop.answers.events = () => new Response()
    expect(await shop.deliver()).toBe(2)
    expect(shop.types()).toEqual(['link.awaiting_deposit', 'link.awaiting_deposit', 'link.paid'])
  })
  test('continue after an earlier one is abandoned', async () => {
    const shop = await aPaidAccount()
    shop.answers.events = () => new Response(null, { status: 410 })
    await shop.deliver()
    expect(shop.types()).toEqual(['link.awaiting_deposit', 'link.paid'])
  })
  test('do not wait for events to another address', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    shop.answers.events = () => new Response(null, { status: 500 })
    shop.iamport.pay(paid)
    await shop.settle(id, 'imp_1')
    expect(await shop.deliver()).toBe(1)
    expect(shop.notices()).toHaveLength(1)
  })
  test('do not wait for events of another order', async () => {
    const shop = await aPaidAccount()
    shop.answers.events = () => new Response(null, { status: 500 })
    await shop.deliver()
    shop.answers.events = () => new Response()
    await shop.asMerchant('PUT', `/${await shop.makeLink({ merchant_uid: 'order-2', notice_url: '' })}`)
    expect(await shop.deliver()).toBe(1)
    expect(shop.types()).toEqual(['link.awaiting_deposit', 'link.disabled'])
  })
})

describe('several servers on one database', () => {
  test('deliver an event once, even while its delivery is in flight', async () => {
    const shop = await aPaidAccount()
    const slow = createPausedReceiver()
    const safeFetch: typeof fetch = (input, init) => shop.deps.safeFetch(input, init).then(slow.answer)
    const servers = [1, 2, 3].map(() => deliverEvents({ ...shop.deps, safeFetch }))
    await poll(() => slow.waiting).toHaveLength(1)
    expect(shop.types()).toEqual(['link.awaiting_deposit'])
    slow.letGo()
    await poll(() => slow.waiting).toHaveLength(1)
    slow.letGo()
    expect((await Promise.all(servers)).reduce((sum, count) => sum + count)).toBe(2)
    expect(shop.types()).toEqual(['link.awaiting_deposit', 'link.paid'])
  })
  test('take over a crashed server’s delivery when its lease expires, and not before', async () => {
    const shop = await aPaidAccount()
    const crashed = createPausedReceiver()
    const run = deliverEvents({ ...shop.deps, safeFetch: crashed.answer })
    await poll(() => crashed.waiting).toHaveLength(1)
    shop.clock.now += 19_000
    // A separate copy, as in another process: it does not know of the delivery in flight here.
    const other = { ...shop.deps, database: { ...shop.database } }
    expect(await deliverEvents(other)).toBe(0)
    shop.clock.now += 1000
    expect(await deliverEvents(other)).toBe(2)
    expect(shop.types()).toEqual(['link.awaiting_deposit', 'link.paid'])
    await crashed.end([run])
  })
  test('do not claim an event while an earlier one of its order waits for redelivery', async () => {
    const shop = await aPaidAccount()
    const store = createStore(shop.database)
    const due = () => store.findDueEvents(shop.clock.now, { without: [], limit: 9 })
    const [older] = await due()
    if (!older) throw new Error('nothing is due')
    await store.claimEvent(older, start, start + 1)
    await store.closeAttempt(older, start + 1, start, { delivered: true, at: start })
    const [newer] = await due()
    if (!newer) throw new Error('nothing is due')
    await store.redeliverEvent(older.id, start)
    expect(await store.claimEvent(newer, start, start + 1)).toBe(false)
  })
  test('ignore a late delivery result after the lease has expired', async () => {
    const shop = await aPaidAccount()
    const slow = createPausedReceiver()
    const crashed = deliverEvents({ ...shop.deps, safeFetch: slow.answer })
    await poll(() => slow.waiting).toHaveLength(1)
    shop.clock.now += 20_000
    shop.answers.events = () => new Response(null, { status: 500 })
    await deliverEvents({ ...shop.deps, database: { ...shop.database } })
    slow.letGo()
    await crashed
    const { json } = await shop.asMerchantOfEvents('GET', '?status=pending')
    expect(json.items).toHaveLength(2)
    expect(json.items.at(-1)).toMatchObject({ last_error: 'HTTP 500' })
  })
})

describe('a delivery slot that becomes free during a database query is filled at once', () => {
  test.each<[string, Partial<AppDeps>, number[]]>([
    ['by a single run', {}, [4]],
    ['by one of two runs in a process', {}, [2, 2]],
    ['by a run in an isolated request', { isolatesRequests: true }, [3]],
  ])('%s', async (_, parts, rounds) => {
    const shop = openEventsShop({ merchant: { events_url: undefined, events_secret: undefined } })
    const database = withSlowEmptyQuery(shop.database)
    const slow = createPausedReceiver()
    let orders = 0
    const settle = async (count: number) => {
      for (const until = orders + count; orders < until; orders++) {
        const merchant_uid = `order-${orders}`
        const id = await shop.makeLink({ merchant_uid })
        shop.iamport.pay({ imp_uid: `imp_${orders}`, merchant_uid })
        await shop.settle(id, `imp_${orders}`)
      }
    }
    const runs: Promise<number>[] = []
    for (const count of rounds) {
      await settle(count)
      runs.push(deliverEvents({ ...shop.deps, ...parts, database, safeFetch: slow.answer }))
      await poll(() => slow.waiting).toHaveLength(orders)
    }
    await settle(3)
    // The first answer triggers another query; the second arrives during the query after that.
    const second = database.duringNextEmptyLook(() => slow.waiting.shift()?.())
    slow.waiting.shift()?.()
    await second
    await poll(() => slow.waiting).toHaveLength(4)
    await slow.end(runs)
  })
})

test('a slow receiver does not delay the others', async () => {
  const shop = openEventsShop()
  const slow = createPausedReceiver()
  const fast: string[] = []
  const safeFetch: typeof fetch = async (input) => {
    const url = String(input)
    if (url.startsWith('https://slow.example')) return slow.answer()
    fast.push(url)
    return new Response()
  }
  const settle = async (merchant_uid: string, notice_url: string) => {
    const id = await shop.makeLink({ merchant_uid, notice_url })
    shop.iamport.pay({ imp_uid: `imp_${merchant_uid}`, merchant_uid })
    await shop.settle(id, `imp_${merchant_uid}`)
  }
  for (let order = 0; order < 60; order++) await settle(`slow-${order}`, `https://slow.example/${order}`)
  await settle('fast', 'https://fast.example/')
  const running = deliverEvents({ ...shop.deps, safeFetch })
  await poll(() => fast).toContain('https://fast.example/')
  expect(slow.waiting).toHaveLength(4)
  // Events that become due meanwhile are not delayed either.
  await settle('later', 'https://fast.example/later')
  const later = deliverEvents({ ...shop.deps, safeFetch })
  await poll(() => fast).toContain('https://fast.example/later')
  for (let order = 0; order < 60; order += 4) {
    await poll(() => slow.waiting).toHaveLength(4)
    slow.letGo()
  }
  await Promise.all([running, later])
  const { json } = await shop.asMerchantOfEvents('GET', '?status=pending')
  expect(json.items).toEqual([])
})

test('an event is delivered after the response by waitUntil, without waiting for the timer', async () => {
  const shop = openEventsShop()
  const pending: Promise<unknown>[] = []
  const app = createApp({ ...shop.deps, waitUntil: (work) => void pending.push(work) })
  const id = await shop.makeLink()
  const headers = { authorization: await shop.signIn() }
  await app.request(`/api/supplements/v1/link/payment/${id}`, { method: 'PUT', headers })
  await Promise.all(pending)
  expect(shop.types()).toEqual(['link.disabled'])
})
