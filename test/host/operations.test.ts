// Rate limits behind a proxy, metrics, logs, streams and a graceful shutdown.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import { merchantAt } from '../support/merchant.ts'
import { payInSandbox } from '../support/pay.ts'
import { freePort, type Server } from '../support/server.ts'
import { viewsOf } from '../support/views.ts'
import { useServers } from './servers.ts'

vi.setConfig({ testTimeout: 60_000 })

const start = useServers()

const soon = { timeout: 15_000, interval: 100 }
const streamOf = (server: Server, id: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/links/${id}/live`, { headers })

describe('live streams', () => {
  test('report changes by another process on the same database, uncompressed and unbuffered', async () => {
    const one = await start()
    const other = await start({ DATABASE_URL: one.database })
    const link = await merchantAt(one.url).create()
    const response = await streamOf(one, link.id, { 'accept-encoding': 'br, gzip' })
    expect(response.headers.get('content-encoding')).toBeNull()
    const views = viewsOf(response)
    expect((await views.next()).status).toBe('open')
    await merchantAt(other.url).disable(link.id)
    expect((await views.next()).status).toBe('disabled')
    await views.close()
  })
  test('are closed when the customer leaves', async () => {
    const server = await start({ METRICS_TOKEN: 'a token of some length' })
    const link = await merchantAt(server.url).create()
    const metrics = async () => (await readMetrics(server.url, 'a token of some length')).text
    const leave = new AbortController()
    const response = await fetch(`${server.url}/links/${link.id}/live`, { signal: leave.signal })
    await response.body?.getReader().read()
    expect(await metrics()).toContain('dari_streams 1\n')
    leave.abort()
    await vi.waitFor(async () => expect(await metrics()).toContain('dari_streams 0\n'), soon)
  })
})

async function readMetrics(base: string, token?: string) {
  const response = await fetch(`${base}/metrics`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  })
  return { status: response.status, text: await response.text() }
}

describe('metrics', () => {
  test('are served on their own port', async () => {
    const port = await freePort()
    const server = await start({ METRICS_PORT: String(port) })
    expect((await readMetrics(`http://localhost:${port}`)).text).toContain('dari_http_seconds')
    expect((await readMetrics(server.url)).status).toBe(404)
    expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(404)
  })
  test('are served behind a token', async () => {
    const server = await start({ METRICS_TOKEN: 'a token of some length' })
    expect((await readMetrics(server.url)).status).toBe(401)
    expect((await readMetrics(server.url, 'another')).status).toBe(401)
    expect((await readMetrics(server.url, 'a token of some length')).text).toContain('dari_events_waiting')
  })
})

describe('rate limits', () => {
  const statusOf = async (server: Server, forwarded: string) =>
    (await fetch(`${server.url}/${'0'.repeat(18)}`, { headers: { 'x-forwarded-for': forwarded } })).status

  test('count the socket’s address, ignore a visitor’s header, and warn of an unconfigured proxy', async () => {
    const server = await start()
    for (let n = 0; n < 30; n++) expect(await statusOf(server, `198.51.100.${n}`)).toBe(404)
    expect(await statusOf(server, '198.51.100.99')).toBe(429)
    expect(server.output().match(/trust_proxy\.unset/g)).toHaveLength(1)
  })
  test('count the address given by a configured proxy', async () => {
    const server = await start({ SANDBOX: 'true', TRUST_PROXY: 'x-forwarded-for:1' })
    for (let n = 0; n < 30; n++) expect(await statusOf(server, `6.6.6.${n}, 198.51.100.1`)).toBe(404)
    expect(await statusOf(server, '6.6.6.99, 198.51.100.1')).toBe(429)
    expect(await statusOf(server, '198.51.100.1, 198.51.100.2')).toBe(404)
    expect(server.output()).not.toContain('trust_proxy.unset')
  })
})

test('the log has one line of JSON per request, without personal data', async () => {
  const server = await start({ LOG_LEVEL: 'debug' })
  const merchant = merchantAt(server.url)
  const link = await merchant.create({ buyer_name: 'MARKED', buyer_email: 'MARKED@example.com' })
  const post = (path: string, body: unknown) =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'MARKED', cookie: 'a=MARKED' },
      body: JSON.stringify(body),
    })
  await post(`/links/${link.id}/checkout`, { method: 'm1', language: 'ko' })
  await post(`/links/${link.id}/settle`, { imp_uid: 'imp_MARKED' })
  await post('/users/getToken', { imp_key: 'MARKED', imp_secret: 'MARKED' })
  await fetch(`${link.url}/return?imp_uid=imp_MARKED&error_msg=MARKED`)
  await fetch(`${server.url}/MARKED`)
  const lines = server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(JSON.stringify(lines)).not.toContain('MARKED')
  expect(lines).toContainEqual(
    expect.objectContaining({
      event: 'request',
      route: '/links/:id/checkout',
      link: link.id,
      status: 200,
      request: expect.stringMatching(/.{10,}/),
    }),
  )
})

describe('a graceful shutdown', () => {
  test('ends streams at once without waiting for anything else', async () => {
    const server = await start()
    const link = await merchantAt(server.url).create()
    const views = viewsOf(await streamOf(server, link.id))
    await views.next()
    const ended = views.ended()
    const began = Date.now()
    await server.stop('SIGTERM')
    await ended
    expect(Date.now() - began).toBeLessThan(5_000)
  })
  test('waits for a notice in flight, which the merchant receives', async () => {
    const taken: string[] = []
    const shop = await aShop((answer) =>
      setTimeout(() => {
        taken.push('notice')
        answer()
      }, 1_000),
    )
    const server = await payAt(shop)
    await server.stop('SIGTERM')
    expect(taken).toEqual(['notice'])
    shop.close()
  })
  test('ends at once on a second signal', async () => {
    const shop = await aShop(() => {})
    const server = await payAt(shop)
    const began = Date.now()
    const ended = server.stop('SIGTERM')
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await Promise.all([ended, server.stop('SIGTERM')])
    expect(Date.now() - began).toBeLessThan(5_000)
    shop.close()
  })

  /** A merchant's receiver, and a promise of its first notice. */
  async function aShop(take: (answer: () => void) => void) {
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
    const port = await freePort()
    const receiver = createServer((_, response) => {
      arrive()
      take(() => response.end())
    }).listen(port)
    await once(receiver, 'listening')
    const close = () => {
      receiver.close()
      receiver.closeAllConnections()
    }
    return { url: `http://localhost:${port}/notice`, arrived, close }
  }

  /** A server whose notice of a payment has just reached the receiver. */
  async function payAt(shop: Awaited<ReturnType<typeof aShop>>): Promise<Server> {
    const server = await start({ EVENTS_ALLOW_PRIVATE: 'true' })
    const link = await merchantAt(server.url).create({ notice_url: shop.url })
    await payInSandbox(server.url, link.id)
    await shop.arrived
    return server
  }
})
