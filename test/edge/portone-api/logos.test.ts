// A merchant's logo: what is taken, what is refused, and how it is handed out. Real sockets on this computer.
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterEach, describe, expect, test } from 'vitest'
import { createContext } from '../../../src/edge/create-context.ts'
import { deleteExpiredData } from '../../../src/edge/features/links/retention.ts'
import { createSafeFetch } from '../../../src/edge/hosts/node/server/safe-fetch.ts'
import { logoPath, saveLogo } from '../../../src/edge/portone-api/logo.ts'
import { checkImage } from '../../../src/edge/portone-api/request/check-image.ts'
import { queries } from '../../../src/edge/store/sql/tables.ts'
import { aJpeg, anAnimatedPng, aPng, aWebp } from '../../support/pictures.ts'
import { openShop, start } from '../support/shop.ts'

const day = 86_400_000
const until = start + day

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A server of pictures, and the address of one of them. */
async function pictureAt(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/logo.png`
}

const serving =
  (bytes: Uint8Array | string, headers: Record<string, string> = {}, status = 200): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end(bytes)

function openLogoShop({ allowPrivate = true } = {}) {
  const shop = openShop({ parts: { safeFetch: createSafeFetch({ allowPrivate }) } })
  const context = createContext(shop.deps)
  return {
    ...shop,
    keep: (url: string, ends = until) => saveLogo(context, url, ends),
    fetched: (path: string) => shop.app.request(path),
    kept: async () =>
      (await shop.database.all<{ until: number }>(sql`select until from logos`.compile(queries))).map(
        ({ until }) => until,
      ),
  }
}

describe('a logo is kept', () => {
  test.each([
    ['PNG', aPng(48, 48), 'image/png'],
    ['JPEG', aJpeg(120, 40), 'image/jpeg'],
    ['WebP', aWebp(2_000, 2_000), 'image/webp'],
  ])('%s, and handed out as what it is, to be kept for ever and to do nothing', async (_, bytes, type) => {
    const shop = openLogoShop()
    const kept = await shop.keep(await pictureAt(serving(bytes, { 'content-type': 'text/html' })))
    if (!kept.ok) throw new Error(kept.why)
    expect(logoPath(kept.id)).toMatch(/^\/logos\/[0-9a-f]{64}-\d+x\d+$/)
    const answer = await shop.fetched(logoPath(kept.id))
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from(bytes))
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    })
  })
  test('by its bytes: a page dressed up behind a picture is handed out as the picture', async () => {
    const shop = openLogoShop()
    const bytes = Buffer.concat([aPng(48, 48), Buffer.from('<script>alert(1)</script>')])
    const kept = await shop.keep(await pictureAt(serving(bytes, { 'content-type': 'text/html' })))
    expect(kept.ok && (await shop.fetched(logoPath(kept.id))).headers.get('content-type')).toBe('image/png')
  })
  test('once, however many orders name it, and fetched once an hour', async () => {
    const shop = openLogoShop()
    let asked = 0
    const url = await pictureAt((request, response) => {
      asked += 1
      serving(aPng(48, 48))(request, response)
    })
    const first = await shop.keep(url)
    expect(await shop.keep(url, until + day)).toEqual(first)
    expect(await shop.keep(url, until - day)).toEqual(first)
    expect(asked).toBe(1)
    expect(await shop.kept()).toEqual([until + day])
    shop.clock.now += 3_600_001
    expect(await shop.keep(url)).toEqual(first)
    expect(asked).toBe(2)
  })
  test('as it was, while the server of pictures is away; not when it says that there is none', async () => {
    const shop = openLogoShop()
    const state = { status: 200 }
    const url = await pictureAt((request, response) =>
      serving(aPng(48, 48), {}, state.status)(request, response),
    )
    const kept = await shop.keep(url)
    shop.clock.now += 2 * 3_600_000
    state.status = 503
    expect(await shop.keep(url)).toEqual(kept)
    state.status = 404
    expect(await shop.keep(url)).toEqual({ ok: false, why: 'could not be fetched: HTTP 404' })
  })
  test('until RETENTION_DAYS after the latest of its links', async () => {
    const shop = openLogoShop()
    const kept = await shop.keep(await pictureAt(serving(aPng(48, 48))))
    const path = kept.ok ? logoPath(kept.id) : ''
    shop.clock.now = until + 90 * day - 1
    await deleteExpiredData(shop.deps)
    expect((await shop.fetched(path)).status).toBe(200)
    shop.clock.now += 1
    await deleteExpiredData(shop.deps)
    expect((await shop.fetched(path)).status).toBe(404)
    expect(await shop.kept()).toEqual([])
  })
})

describe('a logo is refused', () => {
  const large = Buffer.concat([aPng(48, 48), Buffer.alloc(200 * 1024)])

  test.each<[string, RequestListener, string]>([
    [
      'a page called a picture',
      serving('<html><script>', { 'content-type': 'image/png' }),
      'must be a PNG, JPEG or WebP picture',
    ],
    [
      'SVG, which may run scripts',
      serving('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', { 'content-type': 'image/png' }),
      'must be a PNG, JPEG or WebP picture',
    ],
    [
      'a GIF that is a script, too',
      serving('GIF89a/*\x01*/=1;alert(1)//'),
      'must be a PNG, JPEG or WebP picture',
    ],
    ['nothing', serving(''), 'must be a PNG, JPEG or WebP picture'],
    ['a picture that is cut off', serving(aPng(48, 48).subarray(0, 20)), 'is a damaged picture'],
    [
      'a JPEG without a size',
      serving(Buffer.from('\xff\xd8\xff\xe0\x00\x10JFIF', 'latin1')),
      'is a damaged picture',
    ],
    ['a PNG that moves', serving(anAnimatedPng()), 'must be a picture that stands still'],
    ['a WebP that moves', serving(aWebp(48, 48, 2)), 'must be a picture that stands still'],
    [
      'a few bytes that unfold to a hundred million pixels',
      serving(aPng(30_000, 30_000)),
      'must be at most 2000 pixels wide and high, and is 30000 by 30000',
    ],
    [
      'one that is too wide alone',
      serving(aWebp(2_001, 1)),
      'must be at most 2000 pixels wide and high, and is 2001 by 1',
    ],
    [
      'one that is too high alone',
      serving(aWebp(1, 2_001)),
      'must be at most 2000 pixels wide and high, and is 1 by 2001',
    ],
    ['too many bytes', serving(large), 'must be at most 200 KiB'],
    [
      'bytes without end, whatever length is announced',
      (_, response) => {
        response.writeHead(200)
        const pour = () => {
          while (!response.destroyed && response.write(large));
        }
        response.on('drain', pour)
        pour()
      },
      'must be at most 200 KiB',
    ],
    [
      'a way on to somewhere else',
      serving('', { location: 'http://169.254.169.254/latest/meta-data/' }, 302),
      'could not be fetched: HTTP 302, and redirects are not followed: name the address of the picture itself',
    ],
    ['an error', serving('', {}, 500), 'could not be fetched: HTTP 500'],
  ])('%s', async (_, listener, why) => {
    const shop = openLogoShop()
    expect(await shop.keep(await pictureAt(listener))).toEqual({ ok: false, why })
    expect(await shop.kept()).toEqual([])
  })
  test('a picture that comes a byte at a time', async () => {
    const bytes = aPng(48, 48)
    const url = await pictureAt((_, response) => {
      response.writeHead(200)
      response.write(bytes.subarray(0, 8))
    })
    const safeFetch: typeof fetch = (input, init) =>
      // As if five seconds were over as soon as the first bytes are here.
      createSafeFetch({ allowPrivate: true })(input, { ...init, signal: AbortSignal.timeout(200) })
    const shop = openShop({ parts: { safeFetch } })
    expect(await saveLogo(createContext(shop.deps), url, until)).toEqual({
      ok: false,
      why: 'could not be fetched: no answer in time',
    })
  })
  test('anything in the operator’s own network, where events may not go there', async () => {
    const shop = openLogoShop({ allowPrivate: false })
    const url = await pictureAt(serving(aPng(48, 48)))
    expect(await shop.keep(url)).toEqual({
      ok: false,
      why: 'could not be fetched: the host is a loopback address',
    })
    for (const [address, why] of [
      ['file:///etc/passwd', 'the address is not http(s)'],
      ['http://user:secret@shop.example/logo.png', 'the address holds credentials'],
      ['logo.png', 'the address is not a URL'],
    ])
      expect(await shop.keep(String(address))).toEqual({ ok: false, why: `could not be fetched: ${why}` })
  })
})

test('a picture of noise is judged, not stumbled over', () => {
  const noise = Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 7_919) % 256))
  for (const begin of [aPng(1, 1).subarray(0, 24), aJpeg(1, 1).subarray(0, 4), aWebp(1, 1).subarray(0, 16)])
    for (let cut = 0; cut < 200; cut++)
      expect(checkImage(Buffer.concat([begin, noise.subarray(cut * 17)])).ok).toBeTypeOf('boolean')
})

test('an address of no logo has none', async () => {
  const shop = openLogoShop()
  for (const path of [`/logos/${'0'.repeat(64)}-1x1`, '/logos/x', '/logos/..%2f..%2fetc'])
    expect((await shop.fetched(path)).status).toBe(404)
})
