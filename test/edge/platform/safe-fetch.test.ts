// The addresses that safeFetch connects to, with real local sockets.
import type { LookupAddress, lookup } from 'node:dns'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createSafeFetch } from '../../../src/edge/hosts/node/server/safe-fetch.ts'
import { createSandboxFetch, rejectionReason } from '../../../src/edge/platform/network/safe-fetch.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function aReceiver(status = 200, headers: Record<string, string> = {}, host = '127.0.0.1') {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    response.writeHead(status, headers).end('{}')
  }).listen(0, host)
  servers.push(server)
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, seen }
}

/** A resolver with fixed answers. */
const saying = (...addresses: string[]) =>
  ((_host: string, _options: unknown, answered: (error: null, found: LookupAddress[]) => void) =>
    answered(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as typeof lookup

const why = (sending: Promise<unknown>) => sending.then(() => 'it was sent', rejectionReason)

describe('without EVENTS_ALLOW_PRIVATE, safeFetch', () => {
  const outgoing = createSafeFetch({ allowPrivate: false })

  test.each(['127.0.0.1', '2130706433', '0x7f.0.0.1', '[::ffff:127.0.0.1]', '0.0.0.0'])(
    'does not connect to the loopback address http://%s',
    async (host) => {
      const { port, seen } = await aReceiver()
      expect(await why(outgoing(`http://${host}:${port}/`, { method: 'POST' }))).toMatch(/^the host is a/)
      expect(seen).toEqual([])
    },
  )
  test('does not connect to a name that resolves to loopback', async () => {
    const { port, seen } = await aReceiver()
    expect(await why(outgoing(`http://localhost:${port}/`))).toBe('the host name leads to a loopback address')
    expect(seen).toEqual([])
  })
  test.each([
    [['127.0.0.1'], 'loopback'],
    [['10.0.0.7'], 'private'],
    [['169.254.169.254'], 'link-local'],
    [['::1'], 'loopback'],
    [['fd00::1'], 'private'],
    [['::ffff:127.0.0.1'], 'reserved'],
    [['8.8.8.8', '127.0.0.1'], 'loopback'],
    [['2606:4700::1111', 'fe80::1'], 'link-local'],
  ])('does not connect to a foreign name that resolves to %j', async (addresses, kind) => {
    const { port, seen } = await aReceiver()
    const guarded = createSafeFetch({ allowPrivate: false, resolve: saying(...addresses) })
    expect(await why(guarded(`http://shop.example:${port}/`))).toBe(
      `the host name leads to a ${kind} address`,
    )
    expect(seen).toEqual([])
  })
  test.each([
    ['ftp://shop.example/', 'the address is not http(s)'],
    ['file:///etc/passwd', 'the address is not http(s)'],
    ['http://user:secret@shop.example/', 'the address holds credentials'],
    ['shop.example', 'the address is not a URL'],
  ])('rejects the URL %s', async (address, reason) => {
    expect(await why(outgoing(address))).toBe(reason)
  })
})

describe('with EVENTS_ALLOW_PRIVATE, safeFetch', () => {
  const outgoing = createSafeFetch({ allowPrivate: true })

  test('connects to a receiver on this computer', async () => {
    const { port, seen } = await aReceiver()
    const response = await outgoing(`http://localhost:${port}/told?a=1`, { method: 'POST', body: '{}' })
    expect(response.status).toBe(200)
    expect(seen).toEqual(['POST /told?a=1'])
  })
  test('returns a redirect instead of following it, whatever the caller asks for', async () => {
    const elsewhere = await aReceiver()
    const { port } = await aReceiver(307, { location: `http://127.0.0.1:${elsewhere.port}/` })
    const response = await outgoing(`http://127.0.0.1:${port}/`, { method: 'POST', redirect: 'follow' })
    expect(response.status).toBe(307)
    expect(elsewhere.seen).toEqual([])
  })
  test('discards the response body', async () => {
    const { port } = await aReceiver()
    for (const server of servers.splice(0)) {
      server.close()
      await once(server, 'close')
    }
    expect(await why(outgoing(`http://127.0.0.1:${port}/`))).toBe('the connection was refused')
  })
  test('times out on a silent receiver', async () => {
    const server = createServer(() => {}).listen(0, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const sending = outgoing(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(50) })
    expect(await why(sending)).toBe('no answer in time')
    server.closeAllConnections()
  })
})

describe('the sandbox’s i’mport', () => {
  const settings = {
    selfUrl: 'http://127.0.0.1:80',
    publicUrl: 'http://localhost:80',
    edgeUrl: 'http://10.0.0.7:3000',
  }
  const going = (mayReachPrivate: boolean) => {
    const plain = (way: string) => (async () => new Response(way)) as unknown as typeof fetch
    const send = createSandboxFetch({
      settings,
      fetch: plain('as it is'),
      guarded: plain('guarded'),
      mayReachPrivate: () => mayReachPrivate,
    })
    return async (url: string) => (await send(url)).text()
  }
  test.each(['http://127.0.0.1/links/x/notice', 'http://localhost/links/x', 'http://10.0.0.7:3000/links/x'])(
    'always reaches the links of its own edge: %s',
    async (url) => {
      expect(await going(false)(url)).toBe('as it is')
    },
  )
  test.each([
    'http://127.0.0.1:9/links/x',
    'http://127.0.0.1/links/../sandbox/control',
    'http://127.0.0.1/users/getToken',
    'http://10.0.0.7:30000/links/x',
    'https://shop.example/notice',
  ])('reaches private addresses only if these are allowed: %s', async (url) => {
    expect(await going(false)(url)).toBe('guarded')
    expect(await going(true)(url)).toBe('as it is')
  })
})
