import { createMiddleware } from 'hono/factory'
import type { World } from '../engine/context.ts'
import { pause } from '../engine/delay.ts'

const slowness = 15_000

/** Bad days at i'mport, as `/control` orders them. */
export const weather = (world: World) =>
  createMiddleware(async (c, next) => {
    const { rest } = world.settings
    if (rest === 'down')
      return c.html('<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>', 503)
    if (rest === 'slow') await pause(slowness, c.req.raw.signal)
    await next()
    if (rest === 'broken') {
      // What was asked has happened all the same; only the answer is cut off.
      const whole = await c.res.text()
      c.res = new Response(whole.slice(0, Math.ceil(whole.length / 2)), {
        headers: { 'content-type': 'application/json' },
      })
    }
    return undefined
  })
