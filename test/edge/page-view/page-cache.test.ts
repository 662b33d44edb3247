// Looking at an open link is the cheapest thing that the edge does: what was made for one look serves the
// next, and never shows what is no longer so.
import { describe, expect, test } from 'vitest'
import { createContext } from '../../../src/edge/create-context.ts'
import { createFastPath, type FastRequest } from '../../../src/edge/features/page-view/page-cache.ts'
import type { PageInput } from '../../../src/edge/platform/ports/page-renderer.ts'
import { openShop, start } from '../support/shop.ts'

const written = ({ view, language, returning, url }: PageInput) => ({ view, language, returning, url })
const scriptSources = ["'sha256-abc'"]

/** A shop whose host can pack, and a visitor who looks the short way. */
function openLooks() {
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
          const begun = JSON.stringify({ ...input, view: bill }).slice(0, -2)
          return {
            head: new TextEncoder().encode(begun),
            tail: (now: string) => `,"now":"${now}"}}`,
            scriptSources,
          }
        },
      },
    },
  })
  const looks = createFastPath(createContext(shop.deps))
  const look = async (
    target: string,
    headers: Record<string, string> = {},
    asked: Partial<FastRequest> = {},
  ) => {
    const origin = 'https://pay.example'
    const seen = await looks({
      target,
      origin,
      brotli: () => true,
      header: (name) => headers[name],
      ...asked,
    })
    return seen && { ...seen, json: JSON.parse(new TextDecoder().decode(seen.head) + seen.tail) }
  }
  return { ...shop, look, packed: () => packed }
}

type Shop = ReturnType<typeof openLooks>

/** What the route table says, and that no look says anything else. */
async function seen({ look, send }: Shop, id: string) {
  for (const path of [`/links/${id}`, `/${id}`]) {
    const { json } = await send('GET', path)
    const short = await look(path)
    if (short) expect(short.json).toEqual(json)
  }
  const { json } = await send('GET', `/links/${id}`)
  return { ...json, isShort: (await look(`/links/${id}`)) !== undefined }
}

describe('whoever looks again sees', () => {
  test('the edge’s clock as it is now, and a bill that was made once', async () => {
    const shop = openLooks()
    const id = await shop.makeLink(tomorrow)
    expect(await seen(shop, id)).toMatchObject({ now: new Date(start).toISOString(), isShort: true })
    shop.clock.now += 5_000
    expect((await seen(shop, id)).now).toBe(new Date(start + 5_000).toISOString())
    expect(shop.packed()).toBe(1)
  })
  test('a page that loads the scripts of its own gateways, and of no other link’s', async () => {
    const shop = openLooks()
    const method = (pg: string) => ({ pay_methods: [{ pg, pay_method: 'card', label: '카드' }] })
    const kicc = await shop.makeLink({ ...tomorrow, ...method('kicc') })
    const uplus = await shop.makeLink({ ...tomorrow, ...method('uplus'), merchant_uid: 'order-2' })
    for (const id of [kicc, uplus, kicc]) {
      const { headers } = await shop.send('GET', `/${id}`)
      const short = await shop.look(`/${id}`)
      const at = short?.headers.indexOf('content-security-policy') ?? -1
      expect(short?.headers[at + 1]).toBe(headers.get('content-security-policy'))
    }
  })
  test('that the seller closed the link', async () => {
    const shop = openLooks()
    const id = await shop.makeLink(tomorrow)
    await seen(shop, id)
    await shop.asMerchant('PUT', `/${id}`)
    expect(await seen(shop, id)).toMatchObject({ status: 'disabled', isShort: false })
  })
  test('that it was paid', async () => {
    const shop = openLooks()
    const id = await shop.makeLink(tomorrow)
    await seen(shop, id)
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    await shop.settle(id, 'imp_1')
    expect(await seen(shop, id)).toMatchObject({ status: 'paid', isShort: false })
  })
  test('the minutes of its last hour, and that its time has come', async () => {
    const shop = openLooks()
    const id = await shop.makeLink(tomorrow)
    expect(await seen(shop, id)).toMatchObject({ isShort: true })
    shop.clock.now = start + 23 * 3_600_000
    expect(await seen(shop, id)).toMatchObject({ status: 'open', isShort: false })
    shop.clock.now = start + 24 * 3_600_000
    expect(await seen(shop, id)).toMatchObject({ status: 'expired', isShort: false })
  })
  test('that somebody else is paying', async () => {
    const shop = openLooks()
    const id = await shop.makeLink(tomorrow)
    await seen(shop, id)
    await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko', visitor: 'one' })
    await shop.send('POST', `/links/${id}/opened`, { visitor: 'one' })
    expect(await seen(shop, id)).toMatchObject({ busy: true, isShort: false })
  })
  test('what another process wrote to the same file', async () => {
    const shop = openLooks()
    const id = await shop.makeLink(tomorrow)
    await seen(shop, id)
    const { sql, parameters } = {
      sql: `update links set status = 'disabled', ended_at = ?, move_id = 'elsewhere' where id = ?`,
      parameters: [start, id],
    }
    await shop.database.batch([
      { sql, parameters } as unknown as Parameters<typeof shop.database.batch>[0][0],
    ])
    expect(await seen(shop, id)).toMatchObject({ status: 'disabled', isShort: false })
  })
})

const tomorrow = { expired_at: (start + 24 * 3_600_000) / 1_000 }

test('the short way has the headers of the long one', async () => {
  const shop = openLooks()
  const id = await shop.makeLink(tomorrow)
  for (const path of [`/links/${id}`, `/${id}`]) {
    const long = Object.fromEntries((await shop.send('GET', path)).headers)
    const { requestId, headers } = (await shop.look(path)) ?? { requestId: '', headers: [] }
    const short = Object.fromEntries(headers.flatMap((name, at) => (at % 2 ? [] : [[name, headers[at + 1]]])))
    expect(requestId).toMatch(/^[0-9a-f]{32}$/)
    const packed = path === `/${id}` && { 'content-encoding': 'br' }
    expect({ ...short, 'x-request-id': '' }).toEqual({ ...long, ...packed, 'x-request-id': '' })
  }
})

test('each customer reads their own language, whoever looked before', async () => {
  const shop = openLooks()
  const id = await shop.makeLink({ ...tomorrow, display_language: undefined })
  const language = async (path: string, headers = {}) => (await shop.look(path, headers))?.json.language
  expect(await language(`/${id}`)).toBe('ko')
  expect(await language(`/${id}?lang=en`)).toBe('en')
  expect(await language(`/${id}`, { cookie: 'a=b; lang=en' })).toBe('en')
  expect(await language(`/${id}`, { 'accept-language': 'en-US,ko;q=0.5' })).toBe('en')
  expect(await language(`/${id}`, { 'accept-language': 'ko' })).toBe('ko')
})

test('a look is counted and logged as any request', async () => {
  const shop = openLooks()
  const id = await shop.makeLink(tomorrow)
  shop.log.length = 0
  const seen = await shop.look(`/${id}`)
  expect(shop.log).toMatchObject([
    { event: 'request', request: seen?.requestId, route: '/:id', status: 200, link: id },
  ])
})

test('the first look at a page asks the database nothing twice', async () => {
  const shop = openLooks()
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

test('a thousand made-up hosts and other addresses go the long way or fill nothing', async () => {
  const shop = openLooks()
  const id = await shop.makeLink(tomorrow)
  expect(await shop.look(`/${id}`, {}, { brotli: () => false })).toBeUndefined()
  for (const path of ['/', '/healthz', `/${id}/return`, `/links/${id}/live`, `/${id.slice(1)}0x`, `//${id}`])
    expect(await shop.look(path)).toBeUndefined()
})
