import { Hono } from 'hono'
import { channels } from '../engine/channels.ts'
import type { SandboxContext } from '../engine/context.ts'
import { unixSeconds } from '../engine/payment.ts'
import { credentials, renewToken, requireToken } from './access.ts'
import { failure, success } from './envelope.ts'
import { readBodyFields } from './fields.ts'

export function userRoutes(context: SandboxContext): Hono {
  const routes = new Hono()

  routes.post('/getToken', async (c) => {
    const { imp_key, imp_secret } = await readBodyFields(c)
    if (imp_key !== credentials.imp_key || imp_secret !== credentials.imp_secret)
      return failure(c, 'imp_key 또는 imp_secret이 올바르지 않아요.', 401)
    const now = unixSeconds(context.now())
    context.token = renewToken(context.token, now)
    return success(c, { access_token: context.token.value, now, expired_at: context.token.expiresAt })
  })

  routes.get('/pg', requireToken(context), (c) =>
    success(
      c,
      channels.map((channel) => ({ ...channel, sandbox: true, type: 'payment' })),
    ),
  )

  return routes
}
