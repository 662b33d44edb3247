// The built server and a merchant's receiver, as real processes and sockets.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterEach, expect, test, vi } from 'vitest'
import { type MerchantClient, merchantAt } from '../support/merchant.ts'
import { type Server, startServer } from '../support/server.ts'

vi.setConfig({ testTimeout: 30_000 })

const secret = 'a secret of the shop for its events'
/** Long enough for a loaded machine; an idle one needs milliseconds. */
const soon = { timeout: 15_000 }
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Received {
  headers: Record<string, string>
  body: string
}

async function aReceiver(answer: (count: number) => number = () => 204) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    received.push({ headers: request.headers as Record<string, string>, body })
    response.writeHead(answer(received.length)).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events` }
}

async function start(env: Record<string, string>): Promise<Server> {
  const server = await startServer(env)
  closing.push(() => server.stop('SIGKILL'))
  return server
}

async function eventsOf(merchant: MerchantClient, { url }: Server): Promise<unknown[]> {
  const response = await merchant.call('GET', `${url}/api/supplements/v1/link/events`)
  return ((await response.json()) as { items: unknown[] }).items
}

test('a sandbox delivers events to a receiver on the same computer, marked as sandbox and signed with its own secret', async () => {
  const { received, url } = await aReceiver()
  const server = await start({ EVENTS_URL: url, SANDBOX_EVENTS_SECRET: secret })
  const merchant = merchantAt(server.url)
  const link = await merchant.create()
  await merchant.disable(link.id)
  await expect.poll(() => received, soon).toHaveLength(1)
  const [event] = received
  const webhook = new Webhook(new TextEncoder().encode(secret), { format: 'raw' })
  expect(webhook.verify(event?.body ?? '', event?.headers ?? {})).toMatchObject({
    type: 'link.disabled',
    sandbox: true,
    data: { link: { id: link.id, merchant_uid: link.merchant_uid }, why: 'merchant' },
  })
})

test('a sandbox never signs with EVENTS_SECRET and logs that it is unused', async () => {
  const { received, url } = await aReceiver()
  const env = { SANDBOX: 'true', EVENTS_ALLOW_PRIVATE: 'true', EVENTS_URL: url, EVENTS_SECRET: secret }
  const server = await start(env)
  const merchant = merchantAt(server.url)
  await merchant.disable((await merchant.create()).id)
  await expect.poll(() => received, soon).toHaveLength(1)
  expect(received[0]?.headers).not.toHaveProperty('webhook-signature')
  expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ sandbox: true })
  expect(server.output()).toMatch(/"sandbox.unused_settings","settings":\["EVENTS_SECRET"\]/)
  expect(server.output()).toMatch(/"sandbox.events_unsigned".*SANDBOX_EVENTS_SECRET/)
})

test('the next server delivers what a killed server had not, under the same id', async () => {
  const { received, url } = await aReceiver((count) => (count === 1 ? 500 : 200))
  const env = { EVENTS_URL: url }
  const first = await start(env)
  const merchant = merchantAt(first.url)
  await merchant.disable((await merchant.create()).id)
  await expect.poll(() => eventsOf(merchant, first), soon).toMatchObject([{ last_error: 'HTTP 500' }])
  await first.stop('SIGKILL')
  await start({ ...env, DATABASE_URL: first.database })
  await expect.poll(() => received, soon).toHaveLength(2)
  expect(received[1]?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id'])
  expect(received[1]?.body).toBe(received[0]?.body)
})

test('a live server refuses a receiver at a loopback address, and the event shows the reason', async () => {
  const { received, url } = await aReceiver()
  const server = await start({
    IMP_USER_CODE: 'imp00000000',
    IMP_KEY: 'sandbox',
    IMP_SECRET: 'sandbox',
    TOKEN_SECRET: 'a-secret-of-more-than-thirty-two-characters',
    EVENTS_URL: url.replace('127.0.0.1', 'localhost'),
    EVENTS_SECRET: secret,
  })
  const merchant = merchantAt(server.url)
  await merchant.disable((await merchant.create()).id)
  await expect
    .poll(() => eventsOf(merchant, server), soon)
    .toMatchObject([
      { status: 'pending', attempts: 1, last_error: 'the host name leads to a loopback address' },
    ])
  expect(received).toEqual([])
})

test('links expire and emit events by timer, and the server stops while a delivery is in flight', async () => {
  const { received, url } = await aReceiver()
  const server = await start({ EVENTS_URL: url })
  const expired_at = Math.floor(Date.now() / 1000) + 2
  const link = await merchantAt(server.url).create({ expired_at })
  await expect.poll(() => received, soon).toHaveLength(1)
  expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
    type: 'link.expired',
    data: { link: { id: link.id } },
  })
  await server.stop('SIGTERM')
  expect(server.output()).not.toContain('error')
})

test('two servers on one database deliver each event once', async () => {
  const { received, url } = await aReceiver()
  const env = {
    SANDBOX: 'true',
    EVENTS_URL: url,
    EVENTS_ALLOW_PRIVATE: 'true',
    TOKEN_SECRET: 'shared by both servers, for tests only',
  }
  const first = await start(env)
  const second = await start({ ...env, DATABASE_URL: first.database })
  const merchants = [merchantAt(first.url), merchantAt(second.url)]
  const links = await Promise.all(Array.from({ length: 20 }, (_, at) => merchants[at % 2]?.create()))
  await Promise.all(links.flatMap((link) => merchants.map((merchant) => merchant.disable(link?.id ?? ''))))
  await expect.poll(() => received.length, soon).toBeGreaterThanOrEqual(20)
  // Both servers have had delivery runs since.
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  const ids = received.map(({ headers }) => headers['webhook-id'])
  expect(ids).toHaveLength(20)
  expect(new Set(ids).size).toBe(20)
})
