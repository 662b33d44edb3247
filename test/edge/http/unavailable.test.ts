// The database becomes unavailable under a running edge and returns.
import { describe, expect, test } from 'vitest'
import { openSqlite } from '../../../src/edge/hosts/node/database/sqlite/sqlite.ts'
import { logOutages } from '../../../src/edge/platform/observability/log-outages.ts'
import type { LogEntry } from '../../../src/edge/platform/observability/logger.ts'
import { type Database, DatabaseUnavailable } from '../../../src/edge/platform/ports/database.ts'
import { openGlobalShop } from '../support/portone-shop.ts'
import { anOrder } from '../support/shop.ts'

function openShopWithOutages() {
  const outage = { reading: false, writing: false }
  const logged: LogEntry[] = []
  const inner = openSqlite(':memory:')
  const failing: Database = {
    async all(query) {
      if (outage.reading) throw new DatabaseUnavailable('gone fishing')
      return inner.all(query)
    },
    async batch(batch) {
      if (outage.writing) throw new DatabaseUnavailable('gone fishing')
      return inner.batch(batch)
    },
  }
  const clock = { now: 1_900_000_000_000 }
  const database = logOutages(failing, { warn: (entry) => logged.push(entry) }, () => clock.now)
  const shop = openGlobalShop({ parts: { database } })
  return {
    ...shop,
    logged,
    clock,
    startOutage: () => Object.assign(outage, { reading: true, writing: true }),
    startWriteOutage: () => Object.assign(outage, { reading: false, writing: true }),
    endOutage: () => Object.assign(outage, { reading: false, writing: false }),
  }
}

const upstream = { code: -1, response: null }
const global = { status_code: '5000', status_reason: 'PAYMENT_SYSTEM_ERROR' }
const page = { reason: 'unavailable', retry_after: 5 }

describe('while the database is unavailable', () => {
  test.each<[string, string, (id: string) => string, object]>([
    ['the merchant’s list', 'GET', () => '/api/supplements/v1/link/payment', upstream],
    ['a merchant’s report of a link', 'GET', (id) => `/api/supplements/v1/link/payment/${id}`, upstream],
    ['disabling', 'PUT', (id) => `/api/supplements/v1/link/payment/${id}`, upstream],
    ['the list of events', 'GET', () => '/api/supplements/v1/link/events', upstream],
    ['the page’s view', 'GET', (id) => `/links/${id}`, page],
    ['the page’s stream', 'GET', (id) => `/links/${id}/live`, page],
    ['a checkout', 'POST', (id) => `/links/${id}/checkout`, page],
    ['a settle', 'POST', (id) => `/links/${id}/settle`, page],
    ['a notice of i’mport', 'POST', (id) => `/links/${id}/notice`, page],
    ['a confirmation of i’mport', 'POST', (id) => `/links/${id}/confirm`, page],
    ['a merchant’s logo', 'GET', () => `/logos/${'a'.repeat(64)}-8x8`, page],
    ['the health check', 'GET', () => '/healthz', { status: 'database_unreachable' }],
  ])('%s answers 503', async (_, method, path, body) => {
    const shop = openShopWithOutages()
    const id = await shop.makeLink()
    const token = await shop.signIn()
    shop.startOutage()
    const answer = await shop.send(method, path(id), method === 'POST' ? {} : undefined, {
      authorization: token,
    })
    expect(answer.status).toBe(503)
    expect(answer.json).toMatchObject(body)
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.text).not.toContain('fishing')
  })

  test('the global API answers in its own envelope', async () => {
    const shop = openShopWithOutages()
    shop.startOutage()
    for (const answer of [
      await shop.post(),
      await shop.ask('GET', '/paymentLink/0123456789abcdefgh/status'),
    ]) {
      expect(answer.status).toBe(503)
      expect(answer.json).toMatchObject(global)
      expect(answer.headers.get('retry-after')).toBe('5')
    }
  })

  test.each([
    ['', false],
    ['/return', true],
  ])('the customer gets a page that reloads itself: /{id}%s', async (way, returning) => {
    const shop = openShopWithOutages()
    const id = await shop.makeLink()
    shop.startOutage()
    const answer = await shop.send('GET', `/${id}${way}?lang=en`)
    expect(answer.status).toBe(503)
    expect(answer.json).toEqual({ language: 'en', returning })
    expect(answer.headers.get('refresh')).toBe('10')
    expect(answer.headers.get('retry-after')).toBe('10')
    expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self'/)
  })

  test('nothing unwritten is acknowledged, and the same request works afterwards', async () => {
    const shop = openShopWithOutages()
    const token = await shop.signIn()
    const post = () =>
      shop.send('POST', '/api/supplements/v1/link/payment', anOrder(), { authorization: token })
    shop.startWriteOutage()
    expect((await post()).status).toBe(503)
    shop.endOutage()
    expect((await post()).status).toBe(200)
  })
})

describe('an outage of the database is logged', () => {
  test('once at its start and once at its end, however many requests fail', async () => {
    const shop = openShopWithOutages()
    const id = await shop.makeLink()
    shop.startOutage()
    for (let n = 0; n < 5; n++) await shop.send('GET', `/links/${id}`)
    shop.clock.now += 42_000
    shop.endOutage()
    for (let n = 0; n < 5; n++) await shop.send('GET', `/links/${id}`)
    expect(shop.logged).toEqual([
      { event: 'database.unavailable', to: 'read', why: 'gone fishing' },
      { event: 'database.available', seconds: 42 },
    ])
    expect(shop.log.filter(({ event }) => event === 'request.failed')).toEqual([])
  })

  test('as one outage while reads work and writes fail, until a write works', async () => {
    const shop = openShopWithOutages()
    const id = await shop.makeLink()
    shop.startWriteOutage()
    for (let n = 0; n < 3; n++) {
      await shop.asMerchant('PUT', `/${id}`)
      await shop.send('GET', `/links/${id}`)
    }
    expect(shop.logged.map(({ event }) => event)).toEqual(['database.unavailable'])
    shop.endOutage()
    await shop.asMerchant('PUT', `/${id}`)
    expect(shop.logged.map(({ event }) => event)).toEqual(['database.unavailable', 'database.available'])
  })
})
