import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import { acceptsEncoding } from '../files/accepts-encoding.ts'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Best first. Browsers offer Brotli over https only, so a phone in the home network gets gzip. */
const packers: [encoding: string, pack: (plain: Buffer) => Promise<Buffer>][] = [
  ['br', (plain) => brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })],
  ['gzip', (plain) => zip(plain)],
]

/** Below this the headers cost more than is won. */
const smallest = 1_024

/** Compresses answers made per request. What is already packed, or flows, passes through. */
export const compressResponse: MiddlewareHandler = async (c, next) => {
  await next()
  const type = c.res.headers.get('content-type') ?? ''
  if (!/^(text\/(html|plain)|application\/json)/.test(type)) return
  if (!c.res.headers.get('vary')?.includes('accept-encoding')) c.res.headers.append('vary', 'accept-encoding')
  const [encoding, packed] =
    packers.find(([name]) => acceptsEncoding(c.req.header('accept-encoding'), name)) ?? []
  if (!encoding || !packed || c.res.headers.has('content-encoding') || c.req.method === 'HEAD') return
  const plain = Buffer.from(await c.res.arrayBuffer())
  const isSmall = plain.length < smallest
  const body = isSmall ? plain : await packed(plain)
  const { status } = c.res
  const headers = new Headers(c.res.headers)
  if (!isSmall) headers.set('content-encoding', encoding)
  headers.set('content-length', String(body.length))
  c.res = undefined
  c.res = new Response(new Uint8Array(body), { status, headers })
}
