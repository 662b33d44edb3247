import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import { acceptsEncoding } from '../files/accepts-encoding.ts'

const brotli = promisify(brotliCompress)
const gzipAsync = promisify(gzip)

/** Best first. Browsers accept Brotli over HTTPS only, so a phone in the local network gets gzip. */
const encoders: [encoding: string, encode: (plain: Buffer) => Promise<Buffer>][] = [
  ['br', (plain) => brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })],
  ['gzip', (plain) => gzipAsync(plain)],
]

/** Smaller bodies gain nothing. */
const minBytes = 1_024

/** Compresses dynamic responses. Encoded responses and streams pass through. */
export const compressResponse: MiddlewareHandler = async (c, next) => {
  await next()
  const type = c.res.headers.get('content-type') ?? ''
  if (!/^(text\/(html|plain)|application\/json)/.test(type)) return
  if (!c.res.headers.get('vary')?.includes('accept-encoding')) c.res.headers.append('vary', 'accept-encoding')
  const [encoding, encode] =
    encoders.find(([name]) => acceptsEncoding(c.req.header('accept-encoding'), name)) ?? []
  if (!encoding || !encode || c.res.headers.has('content-encoding') || c.req.method === 'HEAD') return
  const plain = Buffer.from(await c.res.arrayBuffer())
  const isSmall = plain.length < minBytes
  const body = isSmall ? plain : await encode(plain)
  const { status } = c.res
  const headers = new Headers(c.res.headers)
  if (!isSmall) headers.set('content-encoding', encoding)
  headers.set('content-length', String(body.length))
  c.res = undefined
  c.res = new Response(new Uint8Array(body), { status, headers })
}
