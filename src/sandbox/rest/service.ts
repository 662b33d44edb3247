import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { type Channel, channels, storeId, userCode } from '../engine/channels.ts'
import type { World } from '../engine/context.ts'
import { pause } from '../engine/delay.ts'

/** The page that asks stands still meanwhile; another word from `/control` ends it. */
async function hang({ settings }: World, signal: AbortSignal): Promise<void> {
  while (settings.users_pg === 'hanging' && !signal.aborted) await pause(100)
}

/** What the SDK asks on its way up; `service.iamport.kr` upstream. */
export function serviceRoutes(world: World): Hono {
  const routes = new Hono()
  routes.use(cors())
  routes.get('/users/pg/:user_code', async (c) => {
    const { users_pg } = world.settings
    // No browser follows this, so that the SDK hears nothing at all.
    if (users_pg === 'blocked') return c.redirect('data:,')
    if (users_pg === 'broken') return c.json({ message: 'Internal Server Error' }, 500)
    if (users_pg === 'html') return c.html('<html><body><h1>점검 중이에요</h1></body></html>')
    if (users_pg === 'empty') return c.json({ code: 0, data: [], msg: null })
    if (users_pg === 'hanging') await hang(world, c.req.raw.signal)
    if (users_pg === 'refused' || c.req.param('user_code') !== userCode)
      return c.json({ code: -1, data: [], msg: '가맹점 식별코드를 찾을 수 없어요.' })
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
