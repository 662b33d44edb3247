import { createMiddleware } from 'hono/factory'
import type { Token, World } from '../engine/context.ts'
import { unixSeconds } from '../engine/payment.ts'
import { randomHex } from '../engine/random.ts'
import { refuseCall } from './envelope.ts'

export const credentials = { imp_key: 'sandbox', imp_secret: 'sandbox' } as const

const lifetime = 30 * 60
const lastMinute = 60
const extension = 5 * 60

/** Asked again while it lives, a token stays the same; in its last minute it lives on a little. */
export function renewToken(token: Token | null, now: number): Token {
  if (token === null || token.expiresAt <= now) return { value: randomHex(40), expiresAt: now + lifetime }
  return token.expiresAt - now < lastMinute ? { ...token, expiresAt: token.expiresAt + extension } : token
}

export const requireToken = (world: World) =>
  createMiddleware(async (c, next) => {
    const given = c.req.header('authorization') ?? c.req.header('x-imptokenheader') ?? ''
    const { token } = world
    const isValid =
      token?.value === given.replace(/^Bearer\s+/i, '') && token.expiresAt > unixSeconds(world.now())
    if (!isValid) return refuseCall(c, 'Unauthorized', 401)
    await next()
  })
