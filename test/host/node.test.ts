// The built server as an operator runs it: a process with settings, a database file and signals.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { merchantAt } from '../support/merchant.ts'
import { useServers } from './servers.ts'

vi.setConfig({ testTimeout: 30_000 })

const start = useServers()

const live = {
  IMP_USER_CODE: 'imp12345678',
  IMP_KEY: 'key',
  IMP_SECRET: 'secret',
  TOKEN_SECRET: 'a-secret-of-more-than-thirty-two-characters',
}

test('an acknowledged link is there after a kill -9 and a restart', async () => {
  const first = await start()
  const link = await merchantAt(first.url).create()
  await first.stop('SIGKILL')
  const again = await start({ PORT: String(first.port), DATABASE_URL: first.database })
  const view = await fetch(`${again.url}/links/${link.id}`)
  expect(view.status).toBe(200)
  expect(await view.json()).toMatchObject({ status: 'open', merchant_uid: link.merchant_uid })
})

test('the first start prints the mode, the URL, an open link and how to create another', async () => {
  const server = await start()
  const output = server.output()
  expect(output).toMatch(/^Dari \d+\.\d+\.\d+, sandbox mode/m)
  const sample = /Try it\s+(\S+)/.exec(output)?.[1] ?? ''
  expect(sample.startsWith(`${server.url}/`)).toBe(true)
  const view = (await (await fetch(sample.replace(/\/([^/]+)$/, '/links/$1'))).json()) as {
    methods: unknown[]
    status: string
  }
  expect(view.status).toBe('open')
  expect(view.methods).toHaveLength(6)
  expect(output).toContain('/api/supplements/v1/link/payment')
})

test('a live server has no sandbox paths', async () => {
  const server = await start(live)
  expect(server.output()).toContain('live mode')
  for (const path of [
    '/sandbox/control',
    '/sandbox/v1/iamport.js',
    '/sandbox/api/users/getToken',
    '/sandbox/window/files/sheet.js',
  ]) {
    expect((await fetch(server.url + path)).status, path).toBe(404)
  }
  const token = await fetch(`${server.url}/users/getToken`, {
    method: 'POST',
    body: new URLSearchParams({ imp_key: 'sandbox', imp_secret: 'sandbox' }),
  })
  expect(token.status).toBe(401)
})

describe('an invalid setting stops the start with one line that names it:', () => {
  const merchants = join(mkdtempSync(join(tmpdir(), 'dari-')), 'merchants.json')
  writeFileSync(merchants, '[{"user_code":"imp1"}]')

  test.each<[string, Record<string, string>, RegExp]>([
    ['a missing TOKEN_SECRET', { ...live, TOKEN_SECRET: '' }, /^Dari cannot start: TOKEN_SECRET /m],
    [
      'an incomplete merchant',
      { IMP_USER_CODE: 'imp1', TOKEN_SECRET: live.TOKEN_SECRET },
      /^Dari cannot start: IMP_KEY /m,
    ],
    [
      'a live server without a merchant',
      { TOKEN_SECRET: live.TOKEN_SECRET, PUBLIC_URL: 'https://pay.shop.kr' },
      /^Dari cannot start: IMP_USER_CODE, IMP_KEY and IMP_SECRET are missing, and TOKEN_SECRET .* SANDBOX=true\n$/m,
    ],
    ['an invalid PUBLIC_URL', { PUBLIC_URL: 'pay.shop.kr' }, /^Dari cannot start: PUBLIC_URL /m],
    ['an unknown kind of database', { DATABASE_URL: 'mysql://x' }, /^Dari cannot start: DATABASE_URL /m],
    [
      'a database file that cannot be opened',
      { DATABASE_URL: 'file:/dev/null/dari.db' },
      /^Dari cannot start: DATABASE_URL/m,
    ],
    [
      'a missing list of merchants',
      { MERCHANTS_FILE: '/nowhere.json' },
      /^Dari cannot start: MERCHANTS_FILE/m,
    ],
    [
      'a merchant without keys',
      { MERCHANTS_FILE: merchants, TOKEN_SECRET: live.TOKEN_SECRET },
      /^Dari cannot start: MERCHANTS_FILE.*imp_key/m,
    ],
    ['an invalid choice', { LATE_PAYMENT: 'maybe' }, /^Dari cannot start: LATE_PAYMENT /m],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, /^Dari cannot start: LOG_LEVEL /m],
  ])('%s', async (_, env, line) => {
    const problem = await start(env).then(
      () => 'it started',
      (error: Error) => error.message,
    )
    expect(problem).toMatch(line)
    expect(problem).not.toMatch(/\n\s+at /)
  })

  test('a port that is in use', async () => {
    const first = await start()
    const taken = String(first.port)
    await expect(start({ PORT: taken })).rejects.toThrow(/Dari cannot start: PORT/)
    await expect(start({ METRICS_PORT: taken, METRICS_HOST: '::' })).rejects.toThrow(
      /Dari cannot start: METRICS_PORT/,
    )
  })
})

test('a stopping server still answers a request in flight', async () => {
  const server = await start()
  const merchant = merchantAt(server.url)
  const link = await merchant.create()
  await merchant.control({ rest: 'up' })
  const asking = Array.from({ length: 20 }, () =>
    fetch(`${server.url}/links/${link.id}`).then(({ status }) => status),
  )
  const answers = Promise.all(asking)
  await answers
  await server.stop('SIGTERM')
  expect(await answers).toEqual(Array.from({ length: 20 }, () => 200))
  await expect(fetch(server.url)).rejects.toThrow()
})

test('hashed files are cached for a year, the bill is never cached, and both are compressed', async () => {
  const server = await start()
  const link = await merchantAt(server.url).create()
  const headers = { 'accept-encoding': 'br' }
  const bill = await fetch(link.url, { headers })
  expect(bill.headers.get('cache-control')).toBe('no-store')
  expect(bill.headers.get('content-encoding')).toBe('br')
  const html = await bill.text()
  const asset = /\/assets\/[\w-]+\.js/.exec(html)?.[0] ?? ''
  const file = await fetch(server.url + asset, { headers })
  expect(file.status).toBe(200)
  expect(file.headers.get('cache-control')).toContain('immutable')
  expect(file.headers.get('content-encoding')).toBe('br')
})

test('a conditional request for an unchanged file gets no body', async () => {
  const server = await start()
  const { url } = await merchantAt(server.url).create()
  const asset = /\/assets\/[\w-]+\.js/.exec(await (await fetch(url)).text())?.[0] ?? ''
  for (const path of ['/robots.txt', asset]) {
    const first = await fetch(server.url + path)
    const etag = first.headers.get('etag') ?? ''
    expect(first.status).toBe(200)
    const again = await fetch(server.url + path, { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
    expect(again.headers.get('etag')).toBe(etag)
    expect((await fetch(server.url + path, { headers: { 'if-none-match': 'W/"other"' } })).status).toBe(200)
  }
})

test('the document is complete without a second request and holds no buyer data', async () => {
  const server = await start()
  const link = await merchantAt(server.url).create({
    buyer_name: '홍길동',
    buyer_email: 'hong@example.com',
    custom_data: { secret: 'S3CRET' },
    notice_url: 'https://shop.example/notice',
  })
  const html = await (await fetch(link.url)).text()
  for (const personal of ['홍길동', '010-1234-5678', 'hong@example.com', 'S3CRET', 'shop.example/notice']) {
    expect(html).not.toContain(personal)
  }
  expect(html).toContain('10,000원')
  expect(html).not.toMatch(/<link[^>]+stylesheet|<script[^>]+src=/)
})

test.each([
  ['ko', 'br'],
  ['en', 'br'],
  ['ko', 'gzip'],
])(
  'in %s with %s, the document until the payment fits into the first flight of a connection, with headers',
  async (language, encoding) => {
    const server = await start()
    const link = await merchantAt(server.url).create()
    expect(await bytesOf(link.url, `lang=${language}`, encoding)).toBeLessThanOrEqual(14_600)
  },
)

/** Bytes of the whole response on the socket. */
async function bytesOf(url: string, cookie: string, encoding: string): Promise<number> {
  const { hostname, port, pathname } = new URL(url)
  const socket = connect(Number(port), hostname)
  const headers = [`accept-encoding: ${encoding}`, `cookie: ${cookie}`, 'connection: close']
  socket.write(`GET ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\n${headers.join('\r\n')}\r\n\r\n`)
  let bytes = 0
  for await (const chunk of socket) bytes += (chunk as Buffer).length
  return bytes
}
