// What browsers and whatever stands before the edge may keep, over every kind of answer.
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
  const kept = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: await shop.signIn() }
    const answer = await shop.send(method, path, body, headers)
    return [answer.status, answer.headers.get('cache-control')]
  }
  return { ...shop, id, kept }
}

test.each<[string, string, string, number, string]>([
  ['a link’s document', 'GET', '/ID', 200, 'no-store'],
  ['the way back from a gateway', 'GET', '/ID/return?imp_uid=imp_1', 200, 'no-store'],
  ['a link’s view', 'GET', '/links/ID', 200, 'no-store'],
  ['a link’s stream', 'GET', '/links/ID/live', 204, 'no-store'],
  ['the permission to pay', 'POST', '/links/ID/checkout', 400, 'no-store'],
  ['what became of a payment', 'POST', '/links/ID/settle', 200, 'no-store'],
  ['a document of an unknown id', 'GET', `/${unknown}`, 404, 'public, max-age=5'],
  ['its head', 'HEAD', `/${unknown}`, 404, 'public, max-age=5'],
  ['a view of an unknown id', 'GET', `/links/${unknown}`, 404, 'public, max-age=5'],
  ['the way back to an unknown id', 'GET', `/${unknown}/return`, 404, 'no-store'],
  ['a stream of an unknown id', 'GET', `/links/${unknown}/live`, 404, 'no-store'],
  ['a payment for an unknown id', 'POST', `/links/${unknown}/settle`, 404, 'no-store'],
  ['a reference that a merchant may choose yet', 'GET', `/${reference}`, 404, 'no-store'],
  ['its view', 'GET', `/links/${reference}`, 404, 'no-store'],
  ['an address that is no link’s', 'GET', '/favicon.ico', 404, 'no-store'],
  ['the front door', 'GET', '/', 404, 'no-store'],
  ['the merchant’s list', 'GET', merchant, 200, 'no-store'],
  ['a merchant’s link', 'GET', `${merchant}/ID`, 200, 'no-store'],
  ['a merchant’s link that is none', 'GET', `${merchant}/${unknown}`, 404, 'no-store'],
  ['a refusal of the global API', 'GET', '/api/paymentLink/x', 401, 'no-store'],
  ['an address that is none', 'GET', '/api/nowhere', 404, 'no-store'],
  ['health', 'GET', '/healthz', 200, 'no-store'],
  ['reports', 'POST', '/csp-reports', 204, 'no-store'],
  ['the API’s description', 'GET', '/openapi.json', 200, 'no-cache'],
  ['the documentation', 'GET', '/docs', 200, 'no-cache'],
  ['its own script', 'GET', '/docs/dari-initializer.js', 200, 'no-cache'],
  ['its package’s files', 'GET', '/docs/swagger-ui.css', 200, 'public, max-age=86400'],
  ['a logo that is none', 'GET', `/logos/${'a'.repeat(64)}-8x8`, 404, 'no-store'],
])('%s', async (_, method, path, status, kept) => {
  const shop = await openKeptShop()
  const body = method === 'POST' ? {} : undefined
  expect(await shop.kept(method, path.replace('ID', shop.id), body)).toEqual([status, kept])
})

test('what an address is told for its own doings is told to nobody else: limits and outages', async () => {
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

describe('a document of an unknown id', () => {
  test('is kept apart for each language, and holds nothing of who asked', async () => {
    const shop = await openKeptShop()
    const ask = (headers: Record<string, string>) => shop.send('GET', `/${unknown}`, undefined, headers)
    const { headers, text } = await ask({ 'accept-language': 'en' })
    expect(headers.get('vary')).toBe('accept-language, cookie, accept-encoding')
    expect(headers.get('set-cookie')).toBeNull()
    const other = { 'accept-language': 'en', 'x-forwarded-for': '198.51.100.1', 'user-agent': 'other' }
    expect((await ask(other)).text).toBe(text)
  })

  test('becomes a link’s the moment there is one, wherever nothing was kept', async () => {
    const shop = await openKeptShop()
    const { kept } = shop
    expect(await kept('GET', `/${reference}`)).toEqual([404, 'no-store'])
    await shop.makeGlobal({ custom_link_ref: reference })
    expect(await kept('GET', `/${reference}`)).toEqual([200, 'no-store'])
  })
})

test('a browser asks once in two hours whether another origin’s page may ask', async () => {
  const shop = await openKeptShop()
  const answer = await shop.send('OPTIONS', `/links/${shop.id}/checkout`, undefined, {
    origin: 'https://page.example',
    'access-control-request-method': 'POST',
  })
  expect(answer.headers.get('access-control-max-age')).toBe('7200')
})

test('an order that is created is told to its merchant alone', async () => {
  const shop = await openKeptShop()
  expect(await shop.kept('POST', merchant, anOrder({ merchant_uid: 'other' }))).toEqual([200, 'no-store'])
})
