// Authentication of the global API: a client key, and a token signed with its secret.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRateLimiter } from '../../../src/edge/hosts/rate-limiter.ts'
import {
  example,
  key,
  openGlobalShop,
  secret,
  signatureOf,
  signed,
  tokenOf,
} from '../support/portone-shop.ts'
import { start } from '../support/shop.ts'

const now = start / 1000
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const unsigned = `${part({ alg: 'none' })}.${part({ iss: 'PORTONE', sub: key, exp: now + 100 })}.`

/** Asks for an unknown link: an authenticated request gets 404. */
const statusWith = async (token: string, clientKey = key) => {
  const headers = { 'x-portone-client-key': clientKey, authorization: `Bearer ${token}` }
  const { status, json } = await openGlobalShop().send('GET', '/api/paymentLink/x', undefined, headers)
  return status === 404 ? 'in' : `${status} ${json.status_code}`
}

test.each<[string, string, string]>([
  ['as upstream’s sample code makes it', tokenOf(), 'in'],
  ['of the older issuer', tokenOf({ iss: 'CHAIPAY' }), 'in'],
  ['from a clock half a minute ahead', tokenOf({ iat: now + 30, exp: now + 130 }), 'in'],
  ['that expired half a minute ago', tokenOf({ iat: now - 130, exp: now - 30 }), 'in'],
  ['without a start time', tokenOf({ iat: undefined }), 'in'],
  ['valid for six hours', tokenOf({ exp: now + 6 * 3600 }), 'in'],
  ['that expired two minutes ago', tokenOf({ iat: now - 220, exp: now - 120 }), '401 4054'],
  ['valid for a day', tokenOf({ exp: now + 86_400 }), '401 4054'],
  ['without an expiry', tokenOf({ exp: undefined }), '401 4054'],
  ['of another issuer', tokenOf({ iss: 'EVIL' }), '401 4054'],
  ['for another key', tokenOf({ sub: 'other' }), '401 4054'],
  ['signed with another secret', tokenOf({}, { by: 'other' }), '401 4054'],
  ['signed with another algorithm', tokenOf({}, { header: { alg: 'HS512' } }), '401 4054'],
  ['without a signature', unsigned, '401 4054'],
  ['that is not a JWT', 'token', '401 4054'],
])('a token %s is accepted or refused', async (_, token, wanted) => {
  expect(await statusWith(token)).toBe(wanted)
})

test('an unknown client key is refused', async () => {
  expect(await statusWith(tokenOf({ sub: 'other' }), 'other')).toBe('401 4010')
})

test('a request without a key or a token is refused with the missing header named', async () => {
  const shop = openGlobalShop()
  const bare = await shop.send('GET', '/api/paymentLink/x')
  expect(bare).toMatchObject({
    status: 401,
    json: { message: expect.stringContaining('X-Portone-Client-Key') },
  })
  const keyed = await shop.send('GET', '/api/paymentLink/x', undefined, { 'x-portone-client-key': key })
  expect(keyed).toMatchObject({ status: 401, json: { message: expect.stringContaining('Bearer') } })
})

test('a merchant without a key of the global API cannot use it', async () => {
  const shop = openGlobalShop({ merchant: { portone_key: undefined, portone_secret: undefined } })
  expect((await shop.post()).status).toBe(401)
})

describe('the signature of a request', () => {
  test.each<[string, Record<string, unknown>]>([
    ['another amount', { amount: 2501 }],
    ['another currency', { currency: 'PHP' }],
    ['another order', { merchant_order_id: 'other' }],
    ['another success_url', { success_url: 'https://evil.example/' }],
    ['another failure_url', { failure_url: 'https://evil.example/' }],
  ])('is invalid with %s', async (_, change) => {
    const shop = openGlobalShop()
    const { status, json } = await shop.ask('POST', '/paymentLink', { ...signed(example), ...change })
    expect({ status, code: json.status_code }).toEqual({ status: 401, code: '4011' })
  })
  test.each([
    ['made with another secret', signatureOf(example, 'other')],
    ['that is not a hash', 'signature_hash'],
    ['that is truncated', signatureOf(example).slice(0, 20)],
  ])('is refused if it is one %s', async (_, signature_hash) => {
    const { status, json } = await openGlobalShop().ask('POST', '/paymentLink', {
      ...example,
      signature_hash,
    })
    expect({ status, code: json.status_code }).toEqual({ status: 401, code: '4011' })
  })
  test('is invalid for another key than the header’s', async () => {
    const body = signed({ ...example, portone_key: 'other' })
    const { status, json } = await openGlobalShop().ask('POST', '/paymentLink', body)
    expect({ status, code: json.status_code, path: json.errors[0].path }).toEqual({
      status: 401,
      code: '4010',
      path: 'portone_key',
    })
  })
  test('covers amounts without trailing zeros', async () => {
    const body = { ...signed({ ...example, amount: 2500.5 }), amount: '2500.50' }
    expect((await openGlobalShop().ask('POST', '/paymentLink', body)).status).toBe(200)
  })
})

describe('the endpoint for tokens and signatures', () => {
  const give = (body: unknown) => openGlobalShop().send('POST', '/api/merchant/auth-token', body)
  test.each([
    ['a wrong secret', { portone_key: key, portone_secret: 'other' }, 401, '4010'],
    ['an unknown key', { portone_key: 'other', portone_secret: secret }, 401, '4010'],
    ['no secret', { portone_key: key }, 400, '4001'],
    ['a number', { portone_key: key, portone_secret: 1 }, 400, '4001'],
  ])('refuses %s', async (_, body, status, code) => {
    expect(await give(body)).toMatchObject({ status, json: { status_code: code } })
  })
  test('signs for no other key, and no fraction of a satang', async () => {
    const shop = openGlobalShop()
    const other = { ...example, portone_key: 'other' }
    expect((await shop.ask('POST', '/merchant/generate-signature', other)).status).toBe(401)
    const odd = { ...example, amount: 0.001 }
    expect((await shop.ask('POST', '/merchant/generate-signature', odd)).json.status_code).toBe('4041')
  })
})

describe('the rate limit for wrong secrets', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const openLimited = () =>
    openGlobalShop({ parts: { rateLimiter: createRateLimiter() }, env: { TRUST_PROXY: 'x-forwarded-for:1' } })
  const credentials = { portone_key: key, portone_secret: secret }
  const openFrom = (address: string) => {
    const shop = openLimited()
    const here = { 'x-forwarded-for': address }
    return {
      withToken: (token: string) =>
        shop.ask('GET', '/paymentLink/x', undefined, { ...here, authorization: `Bearer ${token}` }),
      give: (body: object) => shop.send('POST', '/api/merchant/auth-token', body, here),
    }
  }
  test.each<[string, (from: ReturnType<typeof openFrom>) => ReturnType<ReturnType<typeof openFrom>['give']>]>(
    [
      ['tokens', ({ withToken }) => withToken(tokenOf({}, { by: 'guess' }))],
      ['auth-token', ({ give }) => give({ ...credentials, portone_secret: 'guess' })],
    ],
  )('applies to %s after ten attempts, but not to right secrets from the same address', async (_, guess) => {
    const from = openFrom('203.0.113.1')
    const statuses: number[] = []
    for (let n = 0; n < 11; n++) statuses.push((await guess(from)).status)
    expect(statuses).toEqual([...Array(10).fill(401), 429])
    const stopped = await guess(from)
    expect(stopped).toMatchObject({ status: 429, json: { status_code: '4088' } })
    expect(stopped.headers.get('retry-after')).toMatch(/^\d+$/)
    for (let n = 0; n < 200; n++) await guess(from)
    expect((await from.withToken(tokenOf())).status).toBe(404)
    expect((await from.give(credentials)).status).toBe(200)
  })
  test('does not count expired tokens', async () => {
    const shop = openLimited()
    const old = { authorization: `Bearer ${tokenOf({ iat: now - 900, exp: now - 800 })}` }
    for (let n = 0; n < 12; n++)
      expect((await shop.ask('GET', '/paymentLink/x', undefined, old)).status).toBe(401)
    expect((await shop.ask('GET', '/paymentLink/x')).status).toBe(404)
  })
})
