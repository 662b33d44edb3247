import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import type { MetricsRegistry } from './metrics.ts'

/** `GET /metrics`. @param token that a reader must bear; null on a port of its own, which the network guards */
export function startMetricsServer({ text, contentType }: MetricsRegistry, token: string | null): Hono {
  const app = new Hono()
  app.get('/metrics', async (c) => {
    const borne = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (token !== null && !isSame(borne ?? '', token))
      return c.text('a token is required\n', 401, { 'www-authenticate': 'Bearer' })
    return c.body(await text(), 200, { 'content-type': contentType, 'cache-control': 'no-store' })
  })
  return app
}

/** Hashes are of one length, so that the time it takes tells nothing. */
function isSame(one: string, other: string): boolean {
  const digest = (said: string) => createHash('sha256').update(said).digest()
  return timingSafeEqual(digest(one), digest(other))
}
