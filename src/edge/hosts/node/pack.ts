import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'

const compress = promisify(brotliCompress)
const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/** Below this the headers cost more than is won. */
const smallest = 1_024

/** Brotli for answers made per request. What is already packed, or flows, passes through. */
export const pack: MiddlewareHandler = async (c, next) => {
  await next()
  const type = c.res.headers.get('content-type') ?? ''
  if (!/^(text\/(html|plain)|application\/json)/.test(type)) return
  c.res.headers.append('vary', 'accept-encoding')
  const accepted = /\bbr\b/.test(c.req.header('accept-encoding') ?? '')
  if (!accepted || c.res.headers.has('content-encoding') || c.req.method === 'HEAD') return
  const plain = Buffer.from(await c.res.arrayBuffer())
  const body = plain.length < smallest ? plain : await compress(plain, options)
  const { status } = c.res
  const headers = new Headers(c.res.headers)
  if (body !== plain) headers.set('content-encoding', 'br')
  headers.set('content-length', String(body.length))
  c.res = undefined
  c.res = new Response(body, { status, headers })
}
