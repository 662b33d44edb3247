// The Cache-Control header of every kind of response.
import { describe, expect, test } from 'vitest'
import { createRateLimiter } from '../../../src/edge/hosts/rate-limiter.ts'
import { DatabaseUnavailable } from '../../../src/edge/platform/ports/database.ts'
import { openGlobalShop } from '../support/portone-shop.ts'
import { anOrder } from '../support/shop.ts'

const merchant = '/api/supplements/v1/link/payment'
const unknown = 'zzzzzzzzzzzzzzzzzz'
const reference = 'Kx81-Qm27-Zr93-Vt46-Bw58'

async function openKeptShop() {
  const shop = openGlobalShop({ parts: { rateLimiter: createRateLimiter() } })
  const id = await shop.makeLink()
  const cacheControl = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: await shop.signIn() }
    const answer = await shop.send(method, path, body, headers)
    return [answer.status, answer.headers.get('cache-control')]
  }
  return { ...shop, id, kept: cacheControl }
}

test.each<[string, string, string, number, string]>([
  ['a link’s document is no-store', 'GET', '/ID', 200, 'no-store'],
  ['the return from a gateway is no-store', 'GET', '/ID/return?imp_uid=imp_1', 200, 'no-store'],
  ['a link’s view is no-store', 'GET', '/links/ID', 200, 'no-store'],
  ['a link’s stream is no-store', 'GET', '/links/ID/live', 204, 'no-store'],
  ['a checkout is no-store', 'POST', '/links/ID/checkout', 400, 'no-store'],
  ['a settle is no-store', 'POST', '/links/ID/settle', 200, 'no-store'],
  ['a document of an unknown id is cached for five seconds', 'GET', `/${unknown}`, 404, 'public, max-age=5'],
  ['a HEAD of an unknown id is cached for five seconds', 'HEAD', `/${unknown}`, 404, 'public, max-age=5'],
  [
    'a view of an unknown id is cached for five seconds',
    'GET',
    `/links/${unknown}`,
    404,
    'public, max-age=5',
  ],
  ['a return to an unknown id is no-store', 'GET', `/${unknown}/return`, 404, 'no-store'],
  ['a stream of an unknown id is no-store', 'GET', `/links/${unknown}/live`, 404, 'no-store'],
  ['a settle of an unknown id is no-store', 'POST', `/links/${unknown}/settle`, 404, 'no-store'],
  ['a document of an unused custom reference is no-store', 'GET', `/${reference}`, 404, 'no-store'],
  ['a view of an unused custom reference is no-store', 'GET', `/links/${reference}`, 404, 'no-store'],
  ['a path that is not a link’s is no-store', 'GET', '/favicon.ico', 404, 'no-store'],
  ['the root path is no-store', 'GET', '/', 404, 'no-store'],
  ['the merchant’s list is no-store', 'GET', merchant, 200, 'no-store'],
  ['a merchant’s report of a link is no-store', 'GET', `${merchant}/ID`, 200, 'no-store'],
  ['a merchant’s report of an unknown link is no-store', 'GET', `${merchant}/${unknown}`, 404, 'no-store'],
  ['a refusal of the global API is no-store', 'GET', '/api/paymentLink/x', 401, 'no-store'],
  ['an unknown API path is no-store', 'GET', '/api/nowhere', 404, 'no-store'],
  ['the health check is no-store', 'GET', '/healthz', 200, 'no-store'],
  ['a CSP report is no-store', 'POST', '/csp-reports', 204, 'no-store'],
  ['the OpenAPI document is no-cache', 'GET', '/openapi.json', 200, 'no-cache'],
  ['the documentation is no-cache', 'GET', '/docs', 200, 'no-cache'],
  ['the documentation’s own script is no-cache', 'GET', '/docs/dari-initializer.js', 200, 'no-cache'],
  [
    'the documentation’s package files are cached for a day',
    'GET',
    '/docs/swagger-ui.css',
    200,
    'public, max-age=86400',
  ],
  ['an unknown logo is no-store', 'GET', `/logos/${'a'.repeat(64)}-8x8`, 404, 'no-store'],
])('%s', async (_, method, path, status, cacheControl) => {
  const shop = await openKeptShop()
  const body = method === 'POST' ? {} : undefined
  expect(await shop.kept(method, path.replace('ID', shop.id), body)).toEqual([status, cacheControl])
})

test('responses of rate limits and outages are not cached', async () => {
  const shop = await openKeptShop()
  for (let n = 0; n < 30; n++) await shop.send('GET', `/${unknown}`)
  expect(await shop.kept('GET', `/${unknown}`)).toEqual([429, 'no-store'])
  expect(await shop.kept('GET', `/links/${unknown}`)).toEqual([429, 'no-store'])
  shop.database.all = async () => {
    throw new DatabaseUnavailable('gone')
  }
  expect(await shop.kept('GET', `/${shop.id}`)).toEqual([503, 'no-store'])
  expect(await shop.kept('GET', `/links/${shop.id}`)).toEqual([503, 'no-store'])
})

describe('a cached document of an unknown id', () => {
  test('varies by language and holds nothing about the visitor', async () => {
    const shop = await openKeptShop()
    const ask = (headers: Record<string, string>) => shop.send('GET', `/${unknown}`, undefined, headers)
    const { headers, text } = await ask({ 'accept-language': 'en' })
    expect(headers.get('vary')).toBe('accept-language, cookie, accept-encoding')
    expect(headers.get('set-cookie')).toBeNull()
    const other = { 'accept-language': 'en', 'x-forwarded-for': '198.51.100.1', 'user-agent': 'other' }
    expect((await ask(other)).text).toBe(text)
  })

  test('does not hide a link that is created afterwards', async () => {
    const shop = await openKeptShop()
    const { kept: cacheControl } = shop
    expect(await cacheControl('GET', `/${reference}`)).toEqual([404, 'no-store'])
    await shop.makeGlobal({ custom_link_ref: reference })
    expect(await cacheControl('GET', `/${reference}`)).toEqual([200, 'no-store'])
  })
})

test('a browser caches a CORS preflight for two hours', async () => {
  const shop = await openKeptShop()
  const answer = await shop.send('OPTIONS', `/links/${shop.id}/checkout`, undefined, {
    origin: 'https://page.example',
    'access-control-request-method': 'POST',
  })
  expect(answer.headers.get('access-control-max-age')).toBe('7200')
})

test('the response to a created order is not cached', async () => {
  const shop = await openKeptShop()
  expect(await shop.kept('POST', merchant, anOrder({ merchant_uid: 'other' }))).toEqual([200, 'no-store'])
})
