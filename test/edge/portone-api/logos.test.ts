// A merchant's logo: which images are accepted and how they are served. Uses real local sockets.
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

/** Starts an image server and returns the URL of an image on it. */
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

describe('a logo', () => {
  test.each([
    ['PNG', aPng(48, 48), 'image/png'],
    ['JPEG', aJpeg(120, 40), 'image/jpeg'],
    ['WebP', aWebp(2_000, 2_000), 'image/webp'],
  ])('in %s is stored and served with its type, immutable and sandboxed', async (_, bytes, type) => {
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
  test('is served by the type of its bytes, whatever is appended to the image', async () => {
    const shop = openLogoShop()
    const bytes = Buffer.concat([aPng(48, 48), Buffer.from('<script>alert(1)</script>')])
    const kept = await shop.keep(await pictureAt(serving(bytes, { 'content-type': 'text/html' })))
    expect(kept.ok && (await shop.fetched(logoPath(kept.id))).headers.get('content-type')).toBe('image/png')
  })
  test('is stored once for all orders and fetched once an hour', async () => {
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
  test('stays as it was while its server is unavailable, but not after a 404', async () => {
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
  test('is deleted RETENTION_DAYS after the end of its last link', async () => {
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

describe('an order is refused if its logo is', () => {
  const large = Buffer.concat([aPng(48, 48), Buffer.alloc(200 * 1024)])

  test.each<[string, RequestListener, string]>([
    [
      'an HTML page with an image type',
      serving('<html><script>', { 'content-type': 'image/png' }),
      'must be a PNG, JPEG or WebP picture',
    ],
    [
      'an SVG, which may run scripts',
      serving('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', { 'content-type': 'image/png' }),
      'must be a PNG, JPEG or WebP picture',
    ],
    [
      'a GIF that is also a script',
      serving('GIF89a/*\x01*/=1;alert(1)//'),
      'must be a PNG, JPEG or WebP picture',
    ],
    ['empty', serving(''), 'must be a PNG, JPEG or WebP picture'],
    ['a truncated image', serving(aPng(48, 48).subarray(0, 20)), 'is a damaged picture'],
    [
      'a JPEG without a size',
      serving(Buffer.from('\xff\xd8\xff\xe0\x00\x10JFIF', 'latin1')),
      'is a damaged picture',
    ],
    ['an animated PNG', serving(anAnimatedPng()), 'must be a picture that stands still'],
    ['an animated WebP', serving(aWebp(48, 48, 2)), 'must be a picture that stands still'],
    [
      'a decompression bomb',
      serving(aPng(30_000, 30_000)),
      'must be at most 2000 pixels wide and high, and is 30000 by 30000',
    ],
    ['too wide', serving(aWebp(2_001, 1)), 'must be at most 2000 pixels wide and high, and is 2001 by 1'],
    ['too high', serving(aWebp(1, 2_001)), 'must be at most 2000 pixels wide and high, and is 1 by 2001'],
    ['too large', serving(large), 'must be at most 200 KiB'],
    [
      'an endless response',
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
      'a redirect',
      serving('', { location: 'http://169.254.169.254/latest/meta-data/' }, 302),
      'could not be fetched: HTTP 302, and redirects are not followed: name the address of the picture itself',
    ],
    ['an error response', serving('', {}, 500), 'could not be fetched: HTTP 500'],
  ])('%s', async (_, listener, why) => {
    const shop = openLogoShop()
    expect(await shop.keep(await pictureAt(listener))).toEqual({ ok: false, why })
    expect(await shop.kept()).toEqual([])
  })
  test('sent one byte at a time', async () => {
    const bytes = aPng(48, 48)
    const url = await pictureAt((_, response) => {
      response.writeHead(200)
      response.write(bytes.subarray(0, 8))
    })
    const safeFetch: typeof fetch = (input, init) =>
      // Simulates the timeout of five seconds at the first bytes.
      createSafeFetch({ allowPrivate: true })(input, { ...init, signal: AbortSignal.timeout(200) })
    const shop = openShop({ parts: { safeFetch } })
    expect(await saveLogo(createContext(shop.deps), url, until)).toEqual({
      ok: false,
      why: 'could not be fetched: no answer in time',
    })
  })
  test('in a private network, where events may not go there', async () => {
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

test('random bytes are refused without an exception', () => {
  const noise = Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 7_919) % 256))
  for (const begin of [aPng(1, 1).subarray(0, 24), aJpeg(1, 1).subarray(0, 4), aWebp(1, 1).subarray(0, 16)])
    for (let cut = 0; cut < 200; cut++)
      expect(checkImage(Buffer.concat([begin, noise.subarray(cut * 17)])).ok).toBeTypeOf('boolean')
})

test('an unknown logo id answers 404', async () => {
  const shop = openLogoShop()
  for (const path of [`/logos/${'0'.repeat(64)}-1x1`, '/logos/x', '/logos/..%2f..%2fetc'])
    expect((await shop.fetched(path)).status).toBe(404)
})
