// A view of an open link is served from the page cache, which must never serve stale data.
import { describe, expect, test } from 'vitest'
import { createContext } from '../../../src/edge/create-context.ts'
import { createFastPath, type FastRequest } from '../../../src/edge/features/page-view/page-cache.ts'
import type { PageInput } from '../../../src/edge/platform/ports/page-renderer.ts'
import { openShop, start } from '../support/shop.ts'

const written = ({ view, language, returning, url }: PageInput) => ({ view, language, returning, url })
const scriptSources = ["'sha256-abc'"]

/** A shop whose host packs pages, and a `look` that takes the fast path. */
function openCachedShop() {
  let packed = 0
  const shop = openShop({
    parts: {
      page: {
        render: (input) => ({ html: JSON.stringify(written(input)), scriptSources }),
        renderTooMany: (input) => JSON.stringify(input),
        renderUnavailable: (input) => JSON.stringify(input),
        async pack({ view, ...input }) {
          packed++
          const { now: _, ...bill } = view
          const head = JSON.stringify({ ...input, view: bill }).slice(0, -2)
          return {
            head: new TextEncoder().encode(head),
            tail: (now: string) => `,"now":"${now}"}}`,
            scriptSources,
          }
        },
      },
    },
  })
  const fastPath = createFastPath(createContext(shop.deps))
  const viewFast = async (
    target: string,
    headers: Record<string, string> = {},
    asked: Partial<FastRequest> = {},
  ) => {
    const origin = 'https://pay.example'
    const viewBoth = await fastPath({
      target,
      origin,
      brotli: () => true,
      header: (name) => headers[name],
      ...asked,
    })
    return (
      viewBoth && { ...viewBoth, json: JSON.parse(new TextDecoder().decode(viewBoth.head) + viewBoth.tail) }
    )
  }
  return { ...shop, look: viewFast, packed: () => packed }
}

type Shop = ReturnType<typeof openCachedShop>

/** The view by the routes, after checking that the fast path answers the same. */
async function viewBoth({ look: viewFast, send }: Shop, id: string) {
  for (const path of [`/links/${id}`, `/${id}`]) {
    const { json } = await send('GET', path)
    const fast = await viewFast(path)
    if (fast) expect(fast.json).toEqual(json)
  }
  const { json } = await send('GET', `/links/${id}`)
  return { ...json, isFast: (await viewFast(`/links/${id}`)) !== undefined }
}

describe('a repeated view shows', () => {
  test('the current clock with a page that was rendered once', async () => {
    const shop = openCachedShop()
    const id = await shop.makeLink(tomorrow)
    expect(await viewBoth(shop, id)).toMatchObject({ now: new Date(start).toISOString(), isFast: true })
    shop.clock.now += 5_000
    expect((await viewBoth(shop, id)).now).toBe(new Date(start + 5_000).toISOString())
    expect(shop.packed()).toBe(1)
  })
  test('the script hosts of the link’s own gateways only', async () => {
    const shop = openCachedShop()
    const method = (pg: string) => ({ pay_methods: [{ pg, pay_method: 'card', label: '카드' }] })
    const kicc = await shop.makeLink({ ...tomorrow, ...method('kicc') })
    const uplus = await shop.makeLink({ ...tomorrow, ...method('uplus'), merchant_uid: 'order-2' })
    for (const id of [kicc, uplus, kicc]) {
      const { headers } = await shop.send('GET', `/${id}`)
      const fast = await shop.look(`/${id}`)
      const at = fast?.headers.indexOf('content-security-policy') ?? -1
      expect(fast?.headers[at + 1]).toBe(headers.get('content-security-policy'))
    }
  })
  test('that the merchant disabled the link', async () => {
    const shop = openCachedShop()
    const id = await shop.makeLink(tomorrow)
    await viewBoth(shop, id)
    await shop.asMerchant('PUT', `/${id}`)
    expect(await viewBoth(shop, id)).toMatchObject({ status: 'disabled', isFast: false })
  })
  test('that the link is paid', async () => {
    const shop = openCachedShop()
    const id = await shop.makeLink(tomorrow)
    await viewBoth(shop, id)
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    await shop.settle(id, 'imp_1')
    expect(await viewBoth(shop, id)).toMatchObject({ status: 'paid', isFast: false })
  })
  test('the remaining minutes of the last hour, and then the expiry', async () => {
    const shop = openCachedShop()
    const id = await shop.makeLink(tomorrow)
    expect(await viewBoth(shop, id)).toMatchObject({ isFast: true })
    shop.clock.now = start + 23 * 3_600_000
    expect(await viewBoth(shop, id)).toMatchObject({ status: 'open', isFast: false })
    shop.clock.now = start + 24 * 3_600_000
    expect(await viewBoth(shop, id)).toMatchObject({ status: 'expired', isFast: false })
  })
  test('that another customer is paying', async () => {
    const shop = openCachedShop()
    const id = await shop.makeLink(tomorrow)
    await viewBoth(shop, id)
    await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko', visitor: 'one' })
    await shop.send('POST', `/links/${id}/opened`, { visitor: 'one' })
    expect(await viewBoth(shop, id)).toMatchObject({ busy: true, isFast: false })
  })
  test('a change by another process on the same database', async () => {
    const shop = openCachedShop()
    const id = await shop.makeLink(tomorrow)
    await viewBoth(shop, id)
    const { sql, parameters } = {
      sql: `update links set status = 'disabled', ended_at = ?, move_id = 'elsewhere' where id = ?`,
      parameters: [start, id],
    }
    await shop.database.batch([
      { sql, parameters } as unknown as Parameters<typeof shop.database.batch>[0][0],
    ])
    expect(await viewBoth(shop, id)).toMatchObject({ status: 'disabled', isFast: false })
  })
})

const tomorrow = { expired_at: (start + 24 * 3_600_000) / 1_000 }

test('the fast path answers with the same headers as the routes', async () => {
  const shop = openCachedShop()
  const id = await shop.makeLink(tomorrow)
  for (const path of [`/links/${id}`, `/${id}`]) {
    const long = Object.fromEntries((await shop.send('GET', path)).headers)
    const { requestId, headers } = (await shop.look(path)) ?? { requestId: '', headers: [] }
    const fast = Object.fromEntries(headers.flatMap((name, at) => (at % 2 ? [] : [[name, headers[at + 1]]])))
    expect(requestId).toMatch(/^[0-9a-f]{32}$/)
    const packed = path === `/${id}` && { 'content-encoding': 'br' }
    expect({ ...fast, 'x-request-id': '' }).toEqual({ ...long, ...packed, 'x-request-id': '' })
  }
})

test('the cache serves each customer their own language', async () => {
  const shop = openCachedShop()
  const id = await shop.makeLink({ ...tomorrow, display_language: undefined })
  const language = async (path: string, headers = {}) => (await shop.look(path, headers))?.json.language
  expect(await language(`/${id}`)).toBe('ko')
  expect(await language(`/${id}?lang=en`)).toBe('en')
  expect(await language(`/${id}`, { cookie: 'a=b; lang=en' })).toBe('en')
  expect(await language(`/${id}`, { 'accept-language': 'en-US,ko;q=0.5' })).toBe('en')
  expect(await language(`/${id}`, { 'accept-language': 'ko' })).toBe('ko')
})

test('a request on the fast path is counted and logged like any other', async () => {
  const shop = openCachedShop()
  const id = await shop.makeLink(tomorrow)
  shop.log.length = 0
  const viewBoth = await shop.look(`/${id}`)
  expect(shop.log).toMatchObject([
    { event: 'request', request: viewBoth?.requestId, route: '/:id', status: 200, link: id },
  ])
})

test('the first view of a page runs no query twice', async () => {
  const shop = openCachedShop()
  const id = await shop.makeLink(tomorrow)
  const asked: string[] = []
  const { all } = shop.database
  shop.database.all = (query) => {
    asked.push(query.sql)
    return all(query)
  }
  await shop.look(`/${id}`)
  expect(asked.length).toBeGreaterThan(0)
  expect(asked).toEqual([...new Set(asked)])
})

test('a thousand forged hosts and paths bypass or do not fill the cache', async () => {
  const shop = openCachedShop()
  const id = await shop.makeLink(tomorrow)
  expect(await shop.look(`/${id}`, {}, { brotli: () => false })).toBeUndefined()
  for (const path of ['/', '/healthz', `/${id}/return`, `/links/${id}/live`, `/${id.slice(1)}0x`, `//${id}`])
    expect(await shop.look(path)).toBeUndefined()
})
