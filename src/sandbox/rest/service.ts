import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { type Channel, channels, storeId, userCode } from '../engine/channels.ts'
import type { SandboxContext } from '../engine/context.ts'
import { delay } from '../engine/delay.ts'

/** The SDK's request is synchronous, so the page is blocked until the setting changes. */
async function waitWhileHanging({ settings }: SandboxContext, signal: AbortSignal): Promise<void> {
  while (settings.users_pg === 'hanging' && !signal.aborted) await delay(100)
}

/** Called by the SDK in `init`; `service.iamport.kr` upstream. */
export function serviceRoutes(context: SandboxContext): Hono {
  const routes = new Hono()
  routes.use(cors())
  routes.get('/users/pg/:user_code', async (c) => {
    const { users_pg } = context.settings
    // Browsers do not follow redirects to data: URLs, so the SDK gets a network error.
    if (users_pg === 'blocked') return c.redirect('data:,')
    if (users_pg === 'broken') return c.json({ message: 'Internal Server Error' }, 500)
    if (users_pg === 'html') return c.html('<html><body><h1>점검 중이에요</h1></body></html>')
    if (users_pg === 'empty') return c.json({ code: 0, data: [], msg: null })
    if (users_pg === 'hanging') await waitWhileHanging(context, c.req.raw.signal)
    if (users_pg === 'refused' || c.req.param('user_code') !== userCode)
      return c.json({ code: -1, data: [], msg: '가맹점 식별코드를 찾을 수 없어요.' })
    const isListed = ({ pg_provider }: Channel) => context.settings.channels?.includes(pg_provider) ?? true
    const data = channels.filter(isListed).map((channel) => ({
      store_id: storeId,
      ...channel,
      type: 'payment',
      sandbox: true,
    }))
    return c.json({ code: 0, data, msg: '' })
  })
  return routes
}
