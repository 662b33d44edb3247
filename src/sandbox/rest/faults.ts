import { createMiddleware } from 'hono/factory'
import type { SandboxContext } from '../engine/context.ts'
import { delay } from '../engine/delay.ts'

const slowDelayMs = 15_000

/** Simulates outages of REST according to the `rest` setting. */
export const injectFaults = (context: SandboxContext) =>
  createMiddleware(async (c, next) => {
    const { rest } = context.settings
    if (rest === 'down')
      return c.html('<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>', 503)
    if (rest === 'slow') await delay(slowDelayMs, c.req.raw.signal)
    await next()
    if (rest === 'broken') {
      // The request has been carried out; only the response body is truncated.
      const text = await c.res.text()
      c.res = new Response(text.slice(0, Math.ceil(text.length / 2)), {
        headers: { 'content-type': 'application/json' },
      })
    }
    return undefined
  })
