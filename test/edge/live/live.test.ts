import { afterEach, describe, expect, test, vi } from 'vitest'
import { createLiveHub } from '../../../src/edge/features/live/hub.ts'
import { openSqlite } from '../../../src/edge/hosts/node/database/sqlite/sqlite.ts'
import { streams } from '../../../src/edge/platform/ports/rate-limits.ts'
import { createStore } from '../../../src/edge/store/store.ts'
import { viewsOf } from '../../support/views.ts'
import { openShop, start } from '../support/shop.ts'

type Given = Pick<NonNullable<Parameters<typeof openShop>[0]>, 'place' | 'database'>

/** `database` must be in this process if the clock is faked. */
function openLiveShop({ everyMs = 3_600_000, ...given }: Given & { everyMs?: number } = {}) {
  const reads: string[][] = []
  let store: ReturnType<typeof createStore> | undefined
  const hub = createLiveHub({
    everyMs,
    async readVersions(ids) {
      reads.push(ids)
      return (await store?.readLinkVersions(ids)) ?? new Map()
    },
    broke: (error) => {
      throw error
    },
  })
  const shop = openShop({ ...given, parts: { linkWatcher: hub } })
  store = createStore(shop.database)
  const stream = async (id: string, init: RequestInit = {}, query = '') =>
    shop.app.request(`/links/${id}/live${query}`, init)
  return { ...shop, hub, reads, stream, follow: async (id: string) => viewsOf(await stream(id)) }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('the stream of an open page sends the link’s view', () => {
  test('at once, and when the link is paid', async () => {
    const shop = openLiveShop()
    const id = await shop.makeLink()
    const views = await shop.follow(id)
    expect(await views.next()).toEqual(await shop.view(id))
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    await shop.settle(id, 'imp_1')
    expect(await views.next()).toEqual(await shop.view(id))
    await views.close()
  })
  test('when the merchant disables the link or a newer link replaces it', async () => {
    const shop = openLiveShop()
    const disabled = await shop.makeLink()
    const views = await shop.follow(disabled)
    await views.next()
    await shop.asMerchant('PUT', `/${disabled}`)
    expect((await views.next()).status).toBe('disabled')
    const older = await shop.makeLink({ merchant_uid: 'order-2' })
    const olderViews = await shop.follow(older)
    await olderViews.next()
    await shop.makeLink({ merchant_uid: 'order-2', amount: 20_000 })
    expect((await olderViews.next()).status).toBe('disabled')
  })
  test('when the link expires, although nothing is written', async () => {
    vi.useFakeTimers()
    const shop = openLiveShop()
    const id = await shop.makeLink({ expired_at: start / 1000 + 3 })
    const views = await shop.follow(id)
    expect((await views.next()).status).toBe('open')
    const next = views.next()
    shop.clock.now += 3_000
    await vi.advanceTimersByTimeAsync(3_000)
    expect((await next).status).toBe('expired')
  })
  test('when another process on the same database changes it, with one query for all links', async () => {
    const place = crypto.randomUUID()
    const shop = openLiveShop({ place, everyMs: 20 })
    const other = openShop({ place, iamport: shop.iamport })
    const ids = [await shop.makeLink(), await shop.makeLink({ merchant_uid: 'order-2' })] as const
    const first = await shop.follow(ids[0])
    const second = await shop.follow(ids[1])
    await first.next()
    await second.next()
    await other.asMerchant('PUT', `/${ids[1]}`)
    expect((await second.next()).status).toBe('disabled')
    expect(shop.reads.at(-1)).toEqual(expect.arrayContaining([...ids]))
    other.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    await other.settle(ids[0], 'imp_1')
    expect((await first.next()).status).toBe('paid')
    await first.close()
    await second.close()
  })
  test('when another customer opens a payment window, and when they leave it', async () => {
    const shop = openLiveShop()
    const id = await shop.makeLink()
    const views = viewsOf(await shop.stream(id, {}, '?visitor=me'))
    expect(await views.next()).not.toMatchObject({ busy: true })
    const wish = { method: 'm1', language: 'ko' }
    await shop.send('POST', `/links/${id}/checkout`, { ...wish, visitor: 'other' })
    await shop.send('POST', `/links/${id}/opened`, { visitor: 'other' })
    expect(await views.next()).toMatchObject({ status: 'open', busy: true })
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', status: 'failed' })
    await shop.send('POST', `/links/${id}/settle`, { imp_uid: 'imp_1', visitor: 'other' })
    expect(await views.next()).not.toMatchObject({ busy: true })
    await views.close()
  })
  test('after a partial refund, which is no transition', async () => {
    const shop = openLiveShop({ everyMs: 20 })
    const id = await shop.makeLink()
    const payment = shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    await shop.settle(id, 'imp_1')
    const views = await shop.follow(id)
    expect(await views.next()).toMatchObject({ receipt: { returned: 0 } })
    Object.assign(payment, { status: 'cancelled', cancel_amount: 3_000 })
    await shop.settle(id, 'imp_1')
    expect(await views.next()).toMatchObject({ status: 'paid', receipt: { returned: 3_000 } })
    await views.close()
  })
})

describe('streams are cheap:', () => {
  test('without watchers the database is not queried', async () => {
    vi.useFakeTimers()
    const shop = openLiveShop({ everyMs: 1_000, database: openSqlite(':memory:') })
    const id = await shop.makeLink()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(shop.reads).toEqual([])
    const views = await shop.follow(id)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(shop.reads).toEqual([[id], [id], [id]])
    await views.close()
    expect(shop.hub.size()).toBe(0)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(shop.reads).toHaveLength(3)
  })
  test('an unchanged view is sent once', async () => {
    const shop = openLiveShop({ everyMs: 10 })
    const id = await shop.makeLink()
    const views = await shop.follow(id)
    await views.next()
    await vi.waitFor(() => expect(shop.reads.length).toBeGreaterThan(3))
    await shop.asMerchant('PUT', `/${id}`)
    expect((await views.next()).status).toBe('disabled')
    await views.close()
  })
  test('a stream sends keep-alives and ends after some minutes, so that pages reconnect', async () => {
    vi.useFakeTimers()
    const shop = openLiveShop({ database: openSqlite(':memory:') })
    const response = await shop.stream(await shop.makeLink())
    const reading = response.text()
    for (let second = 0; second < 361; second++) {
      shop.clock.now += 1_000
      await vi.advanceTimersByTimeAsync(1_000)
    }
    const text = await reading
    expect(text).toMatch(/^retry: \d+\n\n/)
    expect(text.split('\n\n:').length).toBeGreaterThan(10)
    expect(shop.hub.size()).toBe(0)
  })
  test('HEAD opens no stream and writes nothing', async () => {
    const shop = openLiveShop()
    const response = await shop.stream(await shop.makeLink(), { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(shop.hub.size()).toBe(0)
  })
  test('above the limit per link, the page is told to poll', async () => {
    const shop = openLiveShop()
    const id = await shop.makeLink()
    const open = await Promise.all(Array.from({ length: streams.maxPerLink }, () => shop.follow(id)))
    const refused = await shop.stream(id)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('30')
    await open[0]?.close()
    expect((await shop.stream(id)).status).toBe(200)
  })
  test('the slots per address and in total are limited', () => {
    const hub = createLiveHub({ readVersions: async () => new Map(), broke() {} })
    const told = () => ({ changed() {}, ended() {} })
    const joined = (link: number, address: string) => hub.join(`link${link}`, address, told()) !== undefined
    for (let link = 0; link < streams.maxPerAddress; link++) expect(joined(link, 'one')).toBe(true)
    expect(joined(-1, 'one')).toBe(false)
    for (let place = streams.maxPerAddress; place < streams.max; place++)
      expect(joined(place, `address ${place % 50}`)).toBe(true)
    expect(joined(-2, 'another')).toBe(false)
    hub.end()
  })
  test('on a host without streams the page is told to poll', async () => {
    const shop = openShop()
    expect((await shop.send('GET', `/links/${await shop.makeLink()}/live`)).status).toBe(204)
  })
})

describe('a stream’s response', () => {
  test('is 404 for an unknown link', async () => {
    expect((await openLiveShop().stream('0'.repeat(18))).status).toBe(404)
  })
  test('is not cached or buffered, and is readable from another origin', async () => {
    const shop = openLiveShop()
    const { headers } = await shop.stream(await shop.makeLink(), {
      headers: { origin: 'https://static.example' },
    })
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'access-control-allow-origin': '*',
    })
  })
  test('holds the page’s view without the buyer’s data', async () => {
    const shop = openLiveShop()
    const id = await shop.makeLink({ buyer_name: '홍길동', custom_data: { secret: 'S3CRET' } })
    const view = await (await shop.follow(id)).next()
    expect(JSON.stringify(view)).not.toMatch(/홍길동|S3CRET|notice/)
  })
  test('ends at once when the server stops', async () => {
    const shop = openLiveShop()
    const views = await shop.follow(await shop.makeLink())
    await views.next()
    const ended = views.ended()
    shop.hub.end()
    await ended
    expect(shop.hub.size()).toBe(0)
  })
})
