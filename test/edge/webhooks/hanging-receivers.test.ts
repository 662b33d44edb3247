// Receivers that never answer. The clock stands still, so any event that is delivered did not wait for a
// timeout.
import { expect, onTestFinished, test } from 'vitest'
import type { AppDeps } from '../../../src/edge/context.ts'
import { deliverEvents } from '../../../src/edge/features/webhooks/deliver.ts'
import { queries } from '../../../src/edge/store/sql/tables.ts'
import { createStore } from '../../../src/edge/store/store.ts'
import { aLink } from '../support/builders.ts'
import { openShop, start } from '../support/shop.ts'

const poll = <Value>(read: () => Value) => expect.poll(read, { timeout: 30_000 })

const merchant = 'imp11111111'
const other = 'imp22222222'
const eventsOf = (user_code: string) => `https://events.example/${user_code}`

async function openReceivers(parts: Partial<AppDeps> = {}) {
  const shop = openShop({ merchant: { events_url: eventsOf(merchant), events_secret: 's'.repeat(24) } })
  const store = createStore(shop.database)
  const link = aLink()
  await store.insertLink(link, undefined, [])
  let eventCount = 0
  /** Queues due events, each for a separate order. */
  const queue = async (count: number, to: { user_code: string; url: (n: number) => string | null }) => {
    const events = Array.from({ length: count }, (_, n) => {
      const url = to.url(n)
      eventCount += 1
      return {
        id: `evt_${eventCount}`,
        link_id: link.id,
        user_code: to.user_code,
        tier: '',
        type: url === null ? ('link.paid' as const) : ('notice' as const),
        lane: `order ${eventCount}`,
        receiver: url === null ? `events of ${to.user_code}` : new URL(url).origin,
        url,
        body: '{}',
        created_at: start,
        since: start,
        due_at: start,
        attempts: 0,
      }
    })
    await shop.database.batch(events.map((event) => queries.insertInto('events').values(event).compile()))
  }
  const hanging = new Map<string, ((response: Response) => void)[]>()
  const answered: string[] = []
  /** URLs whose requests are never answered. */
  const hangs = { at: (url: string) => url.includes('hang') }
  const safeFetch: typeof fetch = async (input) => {
    const url = String(input)
    if (!hangs.at(url)) {
      answered.push(url)
      return new Response()
    }
    return new Promise((resolve) => {
      hanging.set(url, [...(hanging.get(url) ?? []), resolve])
    })
  }
  const deps = { ...shop.deps, ...parts, safeFetch }
  const runs: Promise<number>[] = []
  const deliver = () => {
    const run = deliverEvents(deps)
    runs.push(run)
    return run
  }
  onTestFinished(async () => {
    hangs.at = () => false
    for (const resolve of [...hanging.values()].flat()) resolve(new Response())
    await Promise.all(runs)
  })
  return {
    ...shop,
    queue,
    answered,
    hangs,
    countHanging: () => [...hanging.values()].flat().length,
    deliver,
  }
}

const hangingOrigin = (n: number) => `https://hang-${n % 10}.example/${n}`
const hosts: [string, Partial<AppDeps>][] = [
  ['in one process', {}],
  ['in an isolated request', { isolatesRequests: true }],
]

test.each(hosts)(
  '200 notices to ten hanging receivers delay neither their merchant’s own events nor another merchant’s notices: %s',
  async (_, parts) => {
    const shop = await openReceivers(parts)
    await shop.queue(200, { user_code: merchant, url: hangingOrigin })
    await shop.queue(20, { user_code: merchant, url: () => null })
    await shop.queue(20, { user_code: other, url: (n) => `https://good-${n % 2}.example/` })
    void shop.deliver()
    await poll(() => shop.answered).toHaveLength(40)
    expect(shop.answered.filter((url) => url === eventsOf(merchant))).toHaveLength(20)
  },
)

test.each(hosts)(
  'while the receivers of many merchants hang, receivers that answered last time get their events at once: %s',
  async (_, parts) => {
    const shop = await openReceivers(parts)
    await shop.queue(1, { user_code: merchant, url: () => 'https://good.example/' })
    expect(await shop.deliver()).toBe(1)
    for (let n = 0; n < 8; n++)
      await shop.queue(20, { user_code: `imp${n}`, url: (at) => `https://hang-${n}-${at}.example/` })
    await shop.queue(10, { user_code: merchant, url: () => 'https://good.example/' })
    void shop.deliver()
    await poll(() => shop.answered).toHaveLength(11)
  },
)

test.each(hosts)(
  'a merchant’s receivers that answered before and now hang leave slots to all others: %s',
  async (_, parts) => {
    const shop = await openReceivers(parts)
    shop.hangs.at = () => false
    await shop.queue(10, { user_code: merchant, url: hangingOrigin })
    expect(await shop.deliver()).toBe(10)
    shop.hangs.at = (url) => url.includes('hang')
    await shop.queue(200, { user_code: merchant, url: hangingOrigin })
    await shop.queue(4, { user_code: merchant, url: () => null })
    await shop.queue(4, { user_code: other, url: () => 'https://good.example/' })
    void shop.deliver()
    await poll(() => shop.answered).toHaveLength(18)
  },
)

test('a receiver that took two seconds to answer gets no more slots than a new receiver', async () => {
  const shop = await openReceivers()
  shop.hangs.at = () => {
    shop.clock.now += 2_000
    return false
  }
  await shop.queue(9, { user_code: merchant, url: (n) => `https://slow-${n}.example/` })
  expect(await shop.deliver()).toBe(9)
  shop.hangs.at = () => true
  await shop.queue(9, { user_code: merchant, url: (n) => `https://slow-${n}.example/` })
  await shop.queue(4, { user_code: other, url: () => 'https://never-asked.example/' })
  void shop.deliver()
  await poll(shop.countHanging).toBe(12)
})
