import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRateLimiter } from '../../../src/edge/hosts/rate-limiter.ts'
import type { LogEntry } from '../../../src/edge/platform/observability/logger.ts'
import type { RateLimiter } from '../../../src/edge/platform/ports/rate-limiter.ts'
import { rateLimits } from '../../../src/edge/platform/ports/rate-limits.ts'
import { anOrder, openShop } from '../support/shop.ts'

function openLimitedShop() {
  const log: (LogEntry & { level: string })[] = []
  const keep = (level: string) => (entry: LogEntry) => void log.push({ ...entry, level })
  const parts = {
    rateLimiter: createRateLimiter(),
    log: { debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') },
  }
  const shop = openShop({ parts, env: { TRUST_PROXY: 'x-forwarded-for:1' } })
  const warnings = (event: string) => log.filter((entry) => entry.event === event && entry.level === 'warn')
  const from = (address: string) => ({
    send: (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      shop.send(method, path, body, { 'x-forwarded-for': address, ...headers }),
  })
  return { ...shop, log, warnings, from, me: from('203.0.113.1'), other: from('203.0.113.2') }
}

const unknown = '0'.repeat(18)

/** Sends a number of requests and returns the distinct statuses. */
async function times(count: number, send: () => Promise<{ status: number }>): Promise<number[]> {
  const statuses = new Set<number>()
  for (let n = 0; n < count; n++) statuses.add((await send()).status)
  return [...statuses]
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the rate limit for unknown links', () => {
  test.each([
    ['GET', `/${unknown}`],
    ['GET', `/${unknown}/return`],
    ['GET', `/links/${unknown}`],
    ['GET', `/links/${unknown}/live`],
    ['POST', `/links/${unknown}/settle`],
    ['POST', `/links/${unknown}/confirm`],
  ])('applies after thirty in a minute: %s %s', async (method, path) => {
    const shop = openLimitedShop()
    const body = method === 'POST' ? {} : undefined
    expect(await times(30, () => shop.me.send(method, path, body))).toEqual([404])
    const refused = await shop.me.send(method, path, body)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('60')
    await vi.advanceTimersByTimeAsync(60_001)
    expect((await shop.me.send(method, path, body)).status).toBe(404)
  })
  test('answers page requests with a page in the visitor’s language', async () => {
    const shop = openLimitedShop()
    await times(30, () => shop.me.send('GET', `/${unknown}`))
    const english = await shop.me.send('GET', `/${unknown}`, undefined, { 'accept-language': 'en' })
    expect(english).toMatchObject({ status: 429, json: { language: 'en', seconds: 60 } })
    expect((await shop.me.send('GET', `/${unknown}`)).json.language).toBe('ko')
    expect(english.headers.get('content-type')).toContain('text/html')
    expect(english.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })
  test('answers requests of the page with JSON', async () => {
    const shop = openLimitedShop()
    await times(30, () => shop.me.send('GET', `/links/${unknown}`))
    const refused = await shop.me.send('GET', `/links/${unknown}`, undefined, {
      origin: 'https://static.example',
    })
    expect(refused.json).toEqual({ reason: 'too_many_requests', retry_after: 60 })
    expect(refused.headers.get('access-control-allow-origin')).toBe('*')
  })
  test('affects no other address, and no existing links for the same address', async () => {
    const shop = openLimitedShop()
    const id = await shop.makeLink()
    await times(40, () => shop.me.send('GET', `/${unknown}`))
    expect((await shop.other.send('GET', `/${unknown}`)).status).toBe(404)
    expect((await shop.me.send('GET', `/${id}`)).status).toBe(200)
    expect((await shop.me.send('GET', `/links/${id}`)).status).toBe(200)
  })
  test('does not rate-limit requests for existing links', async () => {
    const shop = openLimitedShop()
    const id = await shop.makeLink()
    expect(await times(200, () => shop.me.send('GET', `/links/${id}`))).toEqual([200])
  })
})

describe('a path that cannot be a link’s', () => {
  const impossible = [
    'nothing',
    'favicon.ico',
    'x'.repeat(65),
    'x'.repeat(15_000),
    '0'.repeat(17),
    '%00',
    '한글',
  ]
  const doors = [
    '',
    '/live',
    '/checkout',
    '/opened',
    '/window-failed',
    '/settle',
    '/notice',
    '/confirm',
    '/card',
  ]
  const paths = impossible.flatMap((id) => [
    `/${id}`,
    `/${id}/return`,
    ...doors.map((door) => `/links/${id}${door}`),
  ])

  test('answers 404 without counting against any limit', async () => {
    const counted: string[] = []
    const rateLimiter: RateLimiter = {
      take: async (name) => counted.push(name),
      peek: async (name) => counted.push(name),
    }
    const shop = openShop({ parts: { rateLimiter } })
    for (const path of paths)
      for (const method of ['GET', 'POST']) {
        const { status } = await shop.send(method, path, method === 'POST' ? {} : undefined)
        expect(`${method} ${path.slice(0, 40)} ${status}`).toBe(`${method} ${path.slice(0, 40)} 404`)
      }
    expect(counted).toEqual([])
  })
})

describe('the rate limit for payment windows', () => {
  const body = { method: 'm1', language: 'ko' }
  test('is thirty per hour for a link and an address', async () => {
    const shop = openLimitedShop()
    const id = await shop.makeLink({ expired_at: 1_900_000_000 + 86_400 })
    expect(await times(30, () => shop.me.send('POST', `/links/${id}/checkout`, body))).toEqual([200])
    const refused = await shop.me.send('POST', `/links/${id}/checkout`, body)
    expect(refused).toMatchObject({ status: 429, json: { reason: 'too_many_requests', retry_after: 3600 } })
    const asked = shop.iamport.calls.length
    await shop.me.send('POST', `/links/${id}/checkout`, body)
    expect(shop.iamport.calls.length).toBe(asked)
    expect((await shop.other.send('POST', `/links/${id}/checkout`, body)).status).toBe(200)
    const second = await shop.makeLink({ merchant_uid: 'order-2' })
    expect((await shop.me.send('POST', `/links/${second}/checkout`, body)).status).toBe(200)
  })
})

describe('the rate limit for settling', () => {
  test('is sixty per minute for a link, from all addresses', async () => {
    const shop = openLimitedShop()
    const id = await shop.makeLink()
    expect(await times(30, () => shop.me.send('POST', `/links/${id}/settle`, {}))).toEqual([200])
    expect(await times(30, () => shop.other.send('POST', `/links/${id}/settle`, {}))).toEqual([200])
    expect((await shop.me.send('POST', `/links/${id}/settle`, {})).status).toBe(429)
    await vi.advanceTimersByTimeAsync(60_001)
    expect((await shop.me.send('POST', `/links/${id}/settle`, {})).status).toBe(200)
  })
  test('does not let forged notices use up i’mport’s own', async () => {
    const shop = openLimitedShop()
    const id = await shop.makeLink()
    const notice = { imp_uid: 'imp_1', merchant_uid: 'order-1', status: 'paid' }
    const { max: most } = rateLimits.notice
    expect(await times(most, () => shop.me.send('POST', `/links/${id}/notice`, notice))).toEqual([200])
    expect((await shop.me.send('POST', `/links/${id}/notice`, notice)).status).toBe(429)
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    expect((await shop.other.send('POST', `/links/${id}/notice`, notice)).status).toBe(200)
    expect((await shop.view(id)).status).toBe('paid')
  })
  test('limits the notices of one address over all links', async () => {
    const shop = openLimitedShop()
    const { rateLimiter } = shop.deps
    for (let n = 0; n < rateLimits.notice_address.max; n++)
      await rateLimiter?.take('notice_address', '203.0.113.1')
    const id = await shop.makeLink()
    expect((await shop.me.send('POST', `/links/${id}/notice`, { imp_uid: 'imp_1' })).status).toBe(429)
  })
})

describe('i’mport’s confirmation before an approval', () => {
  const right = { imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 10_000 }
  const wrong = { ...right, amount: 1 }

  test('is rate-limited for wrong requests only, and never for an approvable one', async () => {
    const shop = openLimitedShop()
    const path = `/links/${await shop.makeLink()}/confirm`
    expect(await times(rateLimits.confirm.max, () => shop.me.send('POST', path, wrong))).toEqual([409])
    const refused = await shop.me.send('POST', path, wrong)
    expect(refused).toMatchObject({ status: 429, json: { reason: '결제 금액 불일치' } })
    expect(refused.headers.get('retry-after')).toBe('60')
    expect((await shop.other.send('POST', path, wrong)).status).toBe(409)
    expect(await times(200, () => shop.me.send('POST', path, right))).toEqual([200])
  })
  test('logs only a few lines per minute for wrong confirmations of a link', async () => {
    const shop = openLimitedShop()
    const path = `/links/${await shop.makeLink()}/confirm`
    for (let n = 0; n < 100; n++) await shop.from(`198.51.100.${n}`).send('POST', path, wrong)
    expect(shop.warnings('confirm.refused')).toHaveLength(rateLimits.warning.max)
    const other = `/links/${await shop.makeLink({ merchant_uid: 'order-2' })}/confirm`
    await shop.me.send('POST', other, wrong)
    expect(shop.warnings('confirm.refused')).toHaveLength(rateLimits.warning.max + 1)
  })
})

describe('the rate limit for wrong credentials', () => {
  const wrong = { imp_key: 'key', imp_secret: 'guess' }
  const right = { imp_key: 'key', imp_secret: 'secret' }
  const ask = '/users/getToken'

  const aWrongOne = () => ({ ...wrong, imp_key: crypto.randomUUID() })

  test('is ten per quarter of an hour and address', async () => {
    const shop = openLimitedShop()
    expect(await times(10, () => shop.me.send('POST', ask, aWrongOne()))).toEqual([401])
    const refused = await shop.me.send('POST', ask, aWrongOne())
    expect(refused).toMatchObject({ status: 429, json: { code: -1, response: null } })
    expect(refused.headers.get('retry-after')).toBe('900')
    expect((await shop.other.send('POST', ask, aWrongOne())).status).toBe(401)
    await vi.advanceTimersByTimeAsync(900_001)
    expect((await shop.me.send('POST', ask, aWrongOne())).status).toBe(401)
  })
  test('never blocks the right credentials, even from the same address', async () => {
    const shop = openLimitedShop()
    for (const sent of [10, 990]) {
      await times(sent, () => shop.me.send('POST', ask, aWrongOne()))
      await times(sent, () => shop.me.send('POST', ask, wrong))
      expect((await shop.me.send('POST', ask, right)).status).toBe(200)
    }
    expect((await shop.me.send('POST', ask, wrong)).status).toBe(429)
  })
  test('is a hundred for an IPv6 /48, over all its addresses', async () => {
    const shop = openLimitedShop()
    let address = 0
    const fromNext = (credentials: object) =>
      shop.from(`2001:db8:1:${(address++).toString(16)}::1`).send('POST', ask, credentials)
    expect(await times(100, () => fromNext(aWrongOne()))).toEqual([401])
    expect((await fromNext(aWrongOne())).status).toBe(429)
    expect((await fromNext(right)).status).toBe(200)
    expect((await shop.from('2001:db8:2::1').send('POST', ask, aWrongOne())).status).toBe(401)
  })
  test('logs only a few lines per minute', async () => {
    const shop = openLimitedShop()
    await times(200, () => shop.me.send('POST', ask, wrong))
    const warnings = shop.log.filter(({ event }) => event === 'request.rate_limited')
    expect(shop.warnings('request.rate_limited')).toHaveLength(10)
    expect(warnings.length).toBeGreaterThan(300)
  })
  test('counts wrong secrets per key over all addresses without locking the merchant out', async () => {
    const shop = openLimitedShop()
    for (let n = 0; n < 10; n++)
      expect((await shop.from(`198.51.100.${n}`).send('POST', ask, wrong)).status).toBe(401)
    expect((await shop.other.send('POST', ask, wrong)).status).toBe(429)
    expect((await shop.me.send('POST', ask, right)).status).toBe(200)
  })
  test('does not count right credentials, so that a merchant can create any number of links', async () => {
    const shop = openLimitedShop()
    expect(await times(50, () => shop.me.send('POST', ask, right))).toEqual([200])
    for (let n = 0; n < 50; n++)
      expect((await shop.asMerchant('POST', '', anOrder({ merchant_uid: `order-${n}` }))).status).toBe(200)
  })
})

describe('the counters of the rate limits', () => {
  const { max: most } = rateLimits.unknown_id
  const block = async (rateLimiter: RateLimiter, key: string) => {
    for (let n = 0; n < most; n++) await rateLimiter.take('unknown_id', key)
  }

  test('keep blocked addresses, however many others are counted meanwhile', async () => {
    const rateLimiter = createRateLimiter()
    await block(rateLimiter, 'first')
    for (let n = 0; n < 20_100; n++) await rateLimiter.take('unknown_id', `address ${n}`)
    expect(await rateLimiter.peek('unknown_id', 'first')).toBe(60)
    expect(await rateLimiter.take('unknown_id', 'first')).toBe(60)
  })
  test('have a bounded size: the oldest counter below its limit is dropped', async () => {
    const rateLimiter = createRateLimiter()
    for (let n = 1; n < most; n++) await rateLimiter.take('unknown_id', 'first')
    for (let n = 0; n < 20_000; n++) await rateLimiter.take('unknown_id', `address ${n}`)
    await rateLimiter.take('unknown_id', 'first')
    expect(await rateLimiter.peek('unknown_id', 'first')).toBe(0)
  })
  test('drop the first of ten thousand blocked addresses, so that others are still counted', async () => {
    const rateLimiter = createRateLimiter()
    const { max: most } = rateLimits.warning
    const warn = (key: string) => rateLimiter.take('warning', key)
    for (let n = 0; n <= 10_000; n++) for (let times = 0; times < most; times++) await warn(`address ${n}`)
    expect(await rateLimiter.peek('warning', 'address 0')).toBe(0)
    expect(await rateLimiter.peek('warning', 'address 1')).toBe(60)
    for (let times = 0; times < most; times++) expect(await warn('another')).toBe(0)
    expect(await warn('another')).toBe(60)
  })
  test('reset an address that was blocked in a previous window', async () => {
    const rateLimiter = createRateLimiter()
    await rateLimiter.take('unknown_id', 'early')
    await vi.advanceTimersByTimeAsync(30_000)
    await block(rateLimiter, 'late')
    await block(rateLimiter, 'early')
    await vi.advanceTimersByTimeAsync(40_000)
    expect(await rateLimiter.take('unknown_id', 'early')).toBe(0)
    expect(await rateLimiter.peek('unknown_id', 'late')).toBe(20)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await rateLimiter.peek('unknown_id', 'early')).toBe(0)
  })
  test('store at most a hundred characters of a key', async () => {
    const rateLimiter = createRateLimiter()
    const before = heapUsed()
    for (let n = 0; n < 2_000; n++) {
      const address = `${n}`.padStart(64, '0') + 'x'.repeat(15_000)
      await rateLimiter.take('settle', address.slice(0, 64))
      await rateLimiter.take('checkout', address)
    }
    expect(heapUsed() - before).toBeLessThan(8_000_000)
  })
})

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function heapUsed(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}
