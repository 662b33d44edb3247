import type { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import { createApp } from '../../../src/edge/app.ts'
import type { AppDeps } from '../../../src/edge/context.ts'
import { deliverEvents } from '../../../src/edge/features/webhooks/deliver.ts'
import { createStore } from '../../../src/edge/store/store.ts'
import type { TestDatabase } from '../../support/test-database.ts'
import { anAccount, openEventsShop, paid } from '../support/events-shop.ts'
import { start } from '../support/shop.ts'

/** A receiver whose answer waits until it is let go. */
function aSlowReceiver() {
  const waiting: (() => void)[] = []
  let isFast = false
  const letGo = () => {
    for (const go of waiting.splice(0)) go()
  }
  return {
    answer: () =>
      new Promise<Response>((resolve) => {
        waiting.push(() => resolve(new Response()))
        if (isFast) letGo()
      }),
    waiting,
    letGo,
    /** Ends with the rounds, which would otherwise go on when the test's database is closed. */
    end: async (rounds: Promise<number>[]) => {
      isFast = true
      letGo()
      await Promise.all(rounds)
    },
  }
}

/** A database whose next look that finds nothing is answered only once what is done meanwhile was written. */
function withSlowLook(database: TestDatabase) {
  let meanwhile: (() => void) | undefined
  let written = () => {}
  const all: TestDatabase['all'] = async <Row>(query: CompiledQuery) => {
    const rows = await database.all<Row>(query)
    if (!meanwhile || rows.length > 0 || !query.sql.startsWith('select * from "events"')) return rows
    const write = new Promise<void>((resolve) => {
      written = resolve
    })
    meanwhile()
    meanwhile = undefined
    await write
    await new Promise((resolve) => setImmediate(resolve))
    return rows
  }
  const batch: TestDatabase['batch'] = async (...queries) => {
    const counts = await database.batch(...queries)
    written()
    return counts
  }
  const duringNextEmptyLook = (work: () => void) =>
    new Promise<void>((resolve) => {
      meanwhile = () => {
        work()
        resolve()
      }
    })
  return { ...database, all, batch, duringNextEmptyLook }
}

/** On a loaded machine a database that is another process takes its time. */
const poll = <Value>(look: () => Value) => expect.poll(look, { timeout: 30_000 })

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
  test('arrive in their order: the later waits for the earlier to be delivered', async () => {
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
  test('or given up', async () => {
    const shop = await aPaidAccount()
    shop.answers.events = () => new Response(null, { status: 410 })
    await shop.deliver()
    expect(shop.types()).toEqual(['link.awaiting_deposit', 'link.paid'])
  })
  test('do not wait for those to another address', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    shop.answers.events = () => new Response(null, { status: 500 })
    shop.iamport.pay(paid)
    await shop.settle(id, 'imp_1')
    expect(await shop.deliver()).toBe(1)
    expect(shop.notices()).toHaveLength(1)
  })
  test('do not wait for those of another order', async () => {
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
  test('tell one event once, also while it is under way', async () => {
    const shop = await aPaidAccount()
    const slow = aSlowReceiver()
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
  test('take over what a dead one had begun, and not before its time', async () => {
    const shop = await aPaidAccount()
    const dead = aSlowReceiver()
    const round = deliverEvents({ ...shop.deps, safeFetch: dead.answer })
    await poll(() => dead.waiting).toHaveLength(1)
    shop.clock.now += 19_000
    // As another process: it knows nothing of what this one has under way.
    const other = { ...shop.deps, database: { ...shop.database } }
    expect(await deliverEvents(other)).toBe(0)
    shop.clock.now += 1000
    expect(await deliverEvents(other)).toBe(2)
    expect(shop.types()).toEqual(['link.awaiting_deposit', 'link.paid'])
    await dead.end([round])
  })
  test('do not tell an event whose turn was before that of one told anew', async () => {
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
  test('a late answer to who was taken for dead changes nothing', async () => {
    const shop = await aPaidAccount()
    const slow = aSlowReceiver()
    const dead = deliverEvents({ ...shop.deps, safeFetch: slow.answer })
    await poll(() => slow.waiting).toHaveLength(1)
    shop.clock.now += 20_000
    shop.answers.events = () => new Response(null, { status: 500 })
    await deliverEvents({ ...shop.deps, database: { ...shop.database } })
    slow.letGo()
    await dead
    const { json } = await shop.asMerchantOfEvents('GET', '?status=pending')
    expect(json.items).toHaveLength(2)
    expect(json.items.at(-1)).toMatchObject({ last_error: 'HTTP 500' })
  })
})

describe('a place that becomes free while the database is being asked is filled at once', () => {
  test.each<[string, Partial<AppDeps>, number[]]>([
    ['by one round', {}, [4]],
    ['by one of two rounds of a process', {}, [2, 2]],
    ['by a round of a request that stands apart', { isolatesRequests: true }, [3]],
  ])('%s', async (_, parts, rounds) => {
    const shop = openEventsShop({ merchant: { events_url: undefined, events_secret: undefined } })
    const database = withSlowLook(shop.database)
    const slow = aSlowReceiver()
    let orders = 0
    const settle = async (count: number) => {
      for (const until = orders + count; orders < until; orders++) {
        const merchant_uid = `order-${orders}`
        const id = await shop.makeLink({ merchant_uid })
        shop.iamport.pay({ imp_uid: `imp_${orders}`, merchant_uid })
        await shop.settle(id, `imp_${orders}`)
      }
    }
    const begun: Promise<number>[] = []
    for (const count of rounds) {
      await settle(count)
      begun.push(deliverEvents({ ...shop.deps, ...parts, database, safeFetch: slow.answer }))
      await poll(() => slow.waiting).toHaveLength(orders)
    }
    await settle(3)
    // The first makes way for another; the second ends during the look after that.
    const second = database.duringNextEmptyLook(() => slow.waiting.shift()?.())
    slow.waiting.shift()?.()
    await second
    await poll(() => slow.waiting).toHaveLength(4)
    await slow.end(begun)
  })
})

test('a receiver that answers slowly does not hold up the others', async () => {
  const shop = openEventsShop()
  const slow = aSlowReceiver()
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
  const working = deliverEvents({ ...shop.deps, safeFetch })
  await poll(() => fast).toContain('https://fast.example/')
  expect(slow.waiting).toHaveLength(4)
  // What becomes due meanwhile is not held up either.
  await settle('later', 'https://fast.example/later')
  const later = deliverEvents({ ...shop.deps, safeFetch })
  await poll(() => fast).toContain('https://fast.example/later')
  for (let order = 0; order < 60; order += 4) {
    await poll(() => slow.waiting).toHaveLength(4)
    slow.letGo()
  }
  await Promise.all([working, later])
  const { json } = await shop.asMerchantOfEvents('GET', '?status=pending')
  expect(json.items).toEqual([])
})

test('a move is told beside the answer, without waiting for the clock', async () => {
  const shop = openEventsShop()
  const works: Promise<unknown>[] = []
  const app = createApp({ ...shop.deps, waitUntil: (work) => void works.push(work) })
  const id = await shop.makeLink()
  const headers = { authorization: await shop.signIn() }
  await app.request(`/api/supplements/v1/link/payment/${id}`, { method: 'PUT', headers })
  await Promise.all(works)
  expect(shop.types()).toEqual(['link.disabled'])
})
