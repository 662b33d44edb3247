import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { z } from 'zod'
import { channels } from './channels.ts'
import { openWindow } from './window/open.ts'
import type { World } from './world.ts'

const shape = z.object({ data: z.looseObject({ userCode: z.string(), channelKey: z.string() }) })
const windowTypes = { iframe: 'IFRAME', popup: 'POPUP', top: 'REDIRECTION' } as const

/** Where the newer gateways' windows come from; `checkout-service.prod.iamport.co` upstream. */
export function checkoutRoutes(world: World): Hono {
  const routes = new Hono()
  routes.use(cors())
  routes.post('/api/prepare/v1', async (c) => {
    const read = shape.safeParse(await c.req.json().catch(() => null))
    if (!read.success) return c.json({ error_code: 'F400', error_msg: '잘못된 요청이에요.' }, 400)
    const { data } = read.data
    const opened = openWindow(world, {
      userCode: data.userCode,
      channel: channels.find(({ channel_key }) => channel_key === data.channelKey),
      params: data,
      origin: c.req.header('origin') ?? '',
      userAgent: c.req.header('user-agent') ?? '',
    })
    if (!opened.ok) return c.json({ error_code: opened.code, error_msg: opened.message }, 400)
    const { key, way, channel } = opened.attempt
    return c.json({
      pgProvider: channel.pg_provider,
      transactionType: 'PAYMENT',
      windowType: windowTypes[way],
      url: `window/${key}`,
    })
  })
  return routes
}
