import { Hono } from 'hono'
import { channels } from '../engine/channels.ts'
import type { World } from '../engine/context.ts'
import { unixSeconds } from '../engine/payment.ts'
import { credentials, renewToken, requireToken } from './access.ts'
import { answer, refuseCall } from './envelope.ts'
import { readFields } from './fields.ts'

export function userRoutes(world: World): Hono {
  const routes = new Hono()

  routes.post('/getToken', async (c) => {
    const { imp_key, imp_secret } = await readFields(c)
    if (imp_key !== credentials.imp_key || imp_secret !== credentials.imp_secret)
      return refuseCall(c, 'imp_key 또는 imp_secret이 올바르지 않아요.', 401)
    const now = unixSeconds(world.now())
    world.token = renewToken(world.token, now)
    return answer(c, { access_token: world.token.value, now, expired_at: world.token.expiresAt })
  })

  routes.get('/pg', requireToken(world), (c) =>
    answer(
      c,
      channels.map((channel) => ({ ...channel, sandbox: true, type: 'payment' })),
    ),
  )

  return routes
}
