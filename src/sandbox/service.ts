import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { type Channel, channels, storeId, userCode } from './channels.ts'
import type { World } from './world.ts'

/** What the SDK asks on its way up; `service.iamport.kr` upstream. */
export function serviceRoutes(world: World): Hono {
  const routes = new Hono()
  routes.use(cors())
  routes.get('/users/pg/:user_code', (c) => {
    if (c.req.param('user_code') !== userCode)
      return c.json({ code: 1, data: [], msg: '가맹점 식별코드를 찾을 수 없어요.' })
    const has = ({ pg_provider }: Channel) => world.settings.channels?.includes(pg_provider) ?? true
    const data = channels.filter(has).map((channel) => ({
      store_id: storeId,
      ...channel,
      type: 'payment',
      sandbox: true,
    }))
    return c.json({ code: 0, data, msg: '' })
  })
  return routes
}
