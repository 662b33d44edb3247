import { createMiddleware } from 'hono/factory'
import type { SandboxContext, Token } from '../engine/context.ts'
import { unixSeconds } from '../engine/payment.ts'
import { randomHex } from '../engine/random.ts'
import { failure } from './envelope.ts'

export const credentials = { imp_key: 'sandbox', imp_secret: 'sandbox' } as const

const lifetimeSeconds = 30 * 60
const renewalWindowSeconds = 60
const extensionSeconds = 5 * 60

/** As upstream, a valid token is returned again, extended if it is about to expire. Times are unix seconds. */
export function renewToken(token: Token | null, now: number): Token {
  if (token === null || token.expiresAt <= now)
    return { value: randomHex(40), expiresAt: now + lifetimeSeconds }
  return token.expiresAt - now < renewalWindowSeconds
    ? { ...token, expiresAt: token.expiresAt + extensionSeconds }
    : token
}

export const requireToken = (context: SandboxContext) =>
  createMiddleware(async (c, next) => {
    const header = c.req.header('authorization') ?? c.req.header('x-imptokenheader') ?? ''
    const { token } = context
    const isValid =
      token?.value === header.replace(/^Bearer\s+/i, '') && token.expiresAt > unixSeconds(context.now())
    if (!isValid) return failure(c, 'Unauthorized', 401)
    await next()
  })
