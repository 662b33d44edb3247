// Reports of the page that the SDK failed before a payment window opened.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createApp } from '../../../src/edge/app.ts'
import { createMetricsRegistry } from '../../../src/edge/hosts/node/server/metrics.ts'
import { createRateLimiter } from '../../../src/edge/hosts/rate-limiter.ts'
import type { LogEntry } from '../../../src/edge/platform/observability/logger.ts'
import { type Metrics, noMetrics } from '../../../src/edge/platform/observability/metrics.ts'
import { DatabaseUnavailable } from '../../../src/edge/platform/ports/database.ts'
import { rateLimits } from '../../../src/edge/platform/ports/rate-limits.ts'
import { openEventsShop } from '../support/events-shop.ts'

const report = (id: string) => `/links/${id}/window-failed`
const F500 = { code: 'F500', method: 'm1' }

afterEach(() => {
  vi.useRealTimers()
})

function openShopWithMetrics() {
  const counted: string[] = []
  const metrics: Metrics = { ...noMetrics, windowFailed: (code) => counted.push(code) }
  return { ...openEventsShop({ parts: { metrics } }), counted }
}

describe('a payment window that could not open', () => {
  test('sends the merchant an event with code and method, and no notice', async () => {
    const shop = openShopWithMetrics()
    const id = await shop.makeLink()
    const answer = await shop.send('POST', report(id), { code: 'F500', method: 'm2' })
    expect([answer.status, answer.text]).toEqual([204, ''])
    await shop.deliver()
    expect(shop.events().map(({ body }) => body)).toEqual([
      {
        type: 'link.window_failed',
        timestamp: new Date(shop.clock.now).toISOString(),
        data: {
          link: expect.objectContaining({ id, status: 'open', merchant_uid: 'order-1' }),
          payment: null,
          window: {
            code: 'F500',
            method: 'm2',
            pay_method: 'kakaopay',
            pg: 'kakaopay',
            channelKey: null,
          },
          why: 'F500',
        },
      },
    ])
    expect(shop.notices()).toEqual([])
    expect((await shop.view(id)).status).toBe('open')
    const { json } = await shop.asMerchant('GET', `/${id}`)
    expect(json.history.at(-1)).toMatchObject({ from: 'open', to: 'open', why: 'window_failed F500' })
    expect((await shop.asMerchantOfEvents('GET', `?link=${id}`)).json.items).toMatchObject([
      { type: 'link.window_failed', destination: 'events_url', status: 'delivered' },
    ])
  })
  test('sends one event per code, however many customers report it at the same time', async () => {
    const shop = openShopWithMetrics()
    const servers = [shop.app, createApp({ ...shop.deps })]
    const id = await shop.makeLink()
    const ask = (code: string, at: number) =>
      servers[at % 2]?.request(report(id), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, method: `m${(at % 3) + 1}` }),
      })
    const codes = Array.from({ length: 24 }, (_, at) => ['F500', 'F400', 'NOT_READY'][at % 3] ?? '')
    await Promise.all(codes.map(ask))
    shop.clock.now += 60_000
    await Promise.all(codes.map(ask))
    await shop.deliver()
    expect(shop.events().map(({ body }) => body.data.window.code)).toHaveLength(3)
    expect(new Set(shop.events().map(({ id: event }) => event)).size).toBe(3)
    expect(shop.counted).toHaveLength(48)
  })
  test('with an unknown code is counted as other and sends no event', async () => {
    const shop = openShopWithMetrics()
    const id = await shop.makeLink()
    for (let n = 0; n < 20; n++) await shop.send('POST', report(id), { code: `MADE_UP_${n}`, method: 'm1' })
    await shop.send('POST', report(id), F500)
    await shop.deliver()
    expect(shop.types()).toEqual(['link.window_failed'])
    expect(new Set(shop.counted)).toEqual(new Set(['other', 'F500']))
  })
  test('is logged with link, code, gateway and method, a few times a minute', async () => {
    const warnings: LogEntry[] = []
    const none = () => {}
    const log = { debug: none, info: none, warn: (entry: LogEntry) => warnings.push(entry), error: none }
    const shop = openEventsShop({ parts: { rateLimiter: createRateLimiter(), log } })
    const id = await shop.makeLink()
    for (let n = 0; n < rateLimits.warning.max + 3; n++) await shop.send('POST', report(id), F500)
    const line = {
      event: 'window.failed',
      link: id,
      code: 'F500',
      pg_provider: 'html5_inicis',
      pay_method: 'card',
      method: 'm1',
    }
    expect(warnings).toEqual(Array(rateLimits.warning.max).fill(line))
  })
  test('is counted in the metrics by its code', async () => {
    const metrics = createMetricsRegistry({
      readBacklog: async () => {
        throw new DatabaseUnavailable('gone')
      },
      streams: () => 0,
      now: () => 0,
    })
    const shop = openEventsShop({ parts: { metrics: metrics.metrics } })
    const id = await shop.makeLink()
    await shop.send('POST', report(id), F500)
    await shop.send('POST', report(id), { code: 'Kim', method: 'm1' })
    const text = await metrics.text()
    expect(text).toContain('dari_window_failures_total{code="F500"} 1')
    expect(text).toContain('dari_window_failures_total{code="other"} 1')
    expect(text).not.toContain('Kim')
  })
  test.each([
    ['disabled', (shop: ReturnType<typeof openEventsShop>, id: string) => shop.asMerchant('PUT', `/${id}`)],
    ['expired', async (shop: ReturnType<typeof openEventsShop>) => (shop.clock.now += 3_700_000)],
  ])('of a link that is %s is ignored', async (_, end) => {
    const shop = openShopWithMetrics()
    const id = await shop.makeLink()
    await end(shop, id)
    expect((await shop.send('POST', report(id), F500)).status).toBe(204)
    await shop.deliver()
    expect(shop.types()).not.toContain('link.window_failed')
    expect(shop.counted).toEqual([])
  })
})

describe('a report of a window that could not open', () => {
  test.each([
    ['the gateway’s message, which may name the buyer', { ...F500, message: '홍길동님의 카드' }],
    ['a code with a space', { code: 'F 500', method: 'm1' }],
    ['a code of 41 characters', { code: 'F'.repeat(41), method: 'm1' }],
    ['no code', { method: 'm1' }],
    ['a code that is not a string', { code: 500, method: 'm1' }],
    ['no method', { code: 'F500' }],
    ['a method of another link', { code: 'F500', method: 'm9' }],
  ])('is refused with %s', async (_, body) => {
    const shop = openShopWithMetrics()
    const id = await shop.makeLink()
    const { status, json } = await shop.send('POST', report(id), body)
    expect([status, json.reason]).toEqual([400, 'bad_request'])
    expect(shop.counted).toEqual([])
    expect(JSON.stringify(shop.log)).not.toContain('홍길동')
  })
  test('is accepted from a page on another host', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    const { status, headers } = await shop.send('OPTIONS', report(id), undefined, {
      origin: 'https://static.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    })
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, '*'])
  })
  test('is rate-limited to twenty per minute for a link and an address', async () => {
    vi.useFakeTimers()
    const shop = openEventsShop({ parts: { rateLimiter: createRateLimiter() } })
    const id = await shop.makeLink()
    for (let n = 0; n < rateLimits.window_failed.max; n++)
      expect((await shop.send('POST', report(id), F500)).status).toBe(204)
    expect((await shop.send('POST', report(id), F500)).status).toBe(429)
    const second = await shop.makeLink({ merchant_uid: 'order-2' })
    expect((await shop.send('POST', report(second), F500)).status).toBe(204)
    await vi.advanceTimersByTimeAsync(60_001)
    expect((await shop.send('POST', report(id), F500)).status).toBe(204)
  })
  test('for an unknown link answers 404', async () => {
    expect((await openEventsShop().send('POST', report('a'.repeat(18)), F500)).status).toBe(404)
  })
})
