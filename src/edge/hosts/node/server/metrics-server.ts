import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import type { MetricsRegistry } from './metrics.ts'

/** `GET /metrics`. @param token required bearer token; null on a separate port, which the network protects */
export function startMetricsServer({ text, contentType }: MetricsRegistry, token: string | null): Hono {
  const app = new Hono()
  app.get('/metrics', async (c) => {
    const given = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (token !== null && !isSame(given ?? '', token))
      return c.text('a token is required\n', 401, { 'www-authenticate': 'Bearer' })
    return c.body(await text(), 200, { 'content-type': contentType, 'cache-control': 'no-store' })
  })
  return app
}

/** Constant-time comparison; hashing gives both the same length. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
