// Access tokens of the merchant's API: stateless, so that any instance accepts what another gave.
import { jwtVerify, SignJWT } from 'jose'
import type { Merchant } from '../merchants.ts'
import type { Settings } from '../settings.ts'

const lifeSeconds = 30 * 60

export async function signToken(
  { tokenSecret }: Settings,
  userCode: string,
  now: number,
): Promise<{ access_token: string; now: number; expired_at: number }> {
  const issued = Math.floor(now / 1000)
  const expired_at = issued + lifeSeconds
  const access_token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userCode)
    .setIssuedAt(issued)
    .setExpirationTime(expired_at)
    .sign(new TextEncoder().encode(tokenSecret))
  return { access_token, now: issued, expired_at }
}

/** @returns the merchant that the token was given to, if it is ours, unexpired, and the merchant still there */
export async function verifyToken(
  { tokenSecret, merchants }: Settings,
  token: string,
  now: number,
): Promise<Merchant | undefined> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(tokenSecret), {
      algorithms: ['HS256'],
      currentDate: new Date(now),
      requiredClaims: ['sub', 'exp'],
    })
    return merchants.find(({ user_code }) => user_code === payload.sub)
  } catch {
    return undefined
  }
}

/** Compares hashes of every merchant, so that the time it takes tells nothing of a key or a secret. */
export async function findByCredentials(
  { merchants }: Settings,
  imp_key: string,
  imp_secret: string,
): Promise<Merchant | undefined> {
  const given = await Promise.all([digest(imp_key), digest(imp_secret)])
  let found: Merchant | undefined
  for (const merchant of merchants) {
    const own = await Promise.all([digest(merchant.imp_key), digest(merchant.imp_secret)])
    if (own[0] === given[0] && own[1] === given[1]) found = merchant
  }
  return found
}

async function digest(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).join()
}
