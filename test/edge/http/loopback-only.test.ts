// A sandbox on a developer's computer, as seen by other computers in its network.
import { describe, expect, test } from 'vitest'
import { anOrder, openShop } from '../support/shop.ts'

const home = {
  MERCHANTS_FILE: undefined,
  TOKEN_SECRET: undefined,
  PUBLIC_URL: undefined,
  IAMPORT_API_URL: undefined,
}

/** A sandbox, with a settable peer address for the next request. */
function openSandbox(env: Record<string, string> = {}) {
  const from = { peer: '127.0.0.1' as string | undefined }
  const shop = openShop({ env: { ...home, ...env }, parts: { peerOf: () => from.peer } })
  const makeLink = async () => {
    const authorization = await shop.signIn('sandbox', 'sandbox')
    const order = { ...anOrder(), user_code: 'imp00000000' }
    const { json } = await shop.send('POST', '/api/supplements/v1/link/payment', order, { authorization })
    return String(json.shortenedUrl).split('/').at(-1) ?? ''
  }
  return { ...shop, from, makeLink }
}

const help = 'start it with SANDBOX=true to let others use it'
const addresses = [
  ['POST', '/users/getToken'],
  ['POST', '/api/supplements/v1/link/payment'],
  ['GET', '/api/supplements/v1/link/events'],
  ['DELETE', '/subscribe/customers/kim-1'],
] as const
const globalAddresses = [
  ['POST', '/api/merchant/auth-token'],
  ['POST', '/api/paymentLink'],
  ['GET', '/api/paymentLink/some-ref/status'],
] as const

describe('a sandbox on a developer’s computer', () => {
  test.each(['192.168.0.9', '::ffff:192.168.0.9', 'fe80::9', undefined])(
    'refuses its API to another computer and names the setting to change (%s)',
    async (peer) => {
      const shop = openSandbox()
      shop.from.peer = peer
      for (const [method, path] of addresses) {
        const { status, json } = await shop.send(method, path)
        expect([status, json], path).toEqual([
          403,
          { code: -1, message: expect.stringContaining(help), response: null },
        ])
      }
      for (const [method, path] of globalAddresses) {
        const { status, json } = await shop.send(method, path)
        expect([status, json.message, json.status_code], path).toEqual([
          403,
          expect.stringContaining(help),
          '4034',
        ])
      }
    },
  )
  test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])(
    'answers requests from its own computer (%s)',
    async (peer) => {
      const shop = openSandbox()
      shop.from.peer = peer
      expect(await shop.makeLink()).toMatch(/^[\w-]{18}$/)
    },
  )
  test('lets phones in the same network open and pay a link', async () => {
    const shop = openSandbox()
    const id = await shop.makeLink()
    shop.from.peer = '192.168.0.9'
    const base = 'http://192.168.0.7:3000'
    expect((await shop.send('GET', `${base}/${id}`)).status).toBe(200)
    expect((await shop.send('GET', `${base}/links/${id}`)).status).toBe(200)
    const { status } = await shop.send('POST', `${base}/links/${id}/checkout`, {
      method: 'm1',
      language: 'ko',
    })
    expect(status).not.toBe(403)
    expect((await shop.send('POST', `${base}/links/${id}/settle`, {})).status).not.toBe(403)
    expect((await shop.send('GET', `${base}/openapi.json`)).status).toBe(200)
  })
  test('refuses a foreign host name that resolves to this computer (DNS rebinding)', async () => {
    const shop = openSandbox()
    const body = { imp_key: 'sandbox', imp_secret: 'sandbox' }
    expect((await shop.send('POST', 'http://evil.example:3000/users/getToken', body)).status).toBe(403)
    expect((await shop.send('POST', 'http://localhost:3000/users/getToken', body)).status).toBe(200)
  })
})

test.each([{ SANDBOX: 'true' }, { EVENTS_ALLOW_PRIVATE: 'true' }, { EVENTS_ALLOW_PRIVATE: 'false' }])(
  'a sandbox with an explicit setting answers every computer: %j',
  async (env) => {
    const shop = openSandbox(env as Record<string, string>)
    shop.from.peer = '192.168.0.9'
    expect(await shop.makeLink()).toMatch(/^[\w-]{18}$/)
  },
)

test('a live server’s API answers every computer', async () => {
  const shop = openShop({ parts: { peerOf: () => '203.0.113.9' } })
  expect(await shop.makeLink()).toMatch(/^[\w-]{18}$/)
})
