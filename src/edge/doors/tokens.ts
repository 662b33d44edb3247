// Access tokens of the merchant's API: stateless, so that any instance accepts what another gave.
import { jwtVerify, SignJWT } from 'jose'
import { bytesOf } from '../bytes.ts'
import { findMerchant, type Merchant } from '../merchants.ts'
import type { Settings } from '../settings.ts'
import { sha256 } from '../sha-256.ts'

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
    .sign(bytesOf(tokenSecret))
  return { access_token, now: issued, expired_at }
}

/** @returns the merchant that the token was given to, if it is ours, unexpired, and the merchant still there */
export async function verifyToken(
  settings: Settings,
  token: string,
  now: number,
): Promise<Merchant | undefined> {
  const known = verified.get(settings)?.get(token)
  if (known) return now < known.until ? known.merchant : undefined
  try {
    const { payload } = await jwtVerify(token, bytesOf(settings.tokenSecret), {
      algorithms: ['HS256'],
      currentDate: new Date(now),
      requiredClaims: ['sub', 'exp'],
    })
    const merchant = findMerchant(settings.merchants, payload.sub)
    if (merchant) remember(settings, token, { merchant, until: (payload.exp ?? 0) * 1000 })
    return merchant
  } catch {
    return undefined
  }
}

interface Verified {
  merchant: Merchant
  /** Unix milliseconds. */
  until: number
}

/** A merchant's server sends one token many times: what was good once is good until it expires. */
const verified = new WeakMap<Settings, Map<string, Verified>>()
const mostTokens = 1_000

function remember(settings: Settings, token: string, found: Verified): void {
  const known = verified.get(settings) ?? new Map<string, Verified>()
  verified.set(settings, known)
  if (known.size >= mostTokens) known.delete(known.keys().next().value ?? '')
  known.set(token, found)
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

/** Two secrets, compared by their hashes: the time it takes tells nothing. */
export async function isSame(one: string, other: string): Promise<boolean> {
  return (await digest(one)) === (await digest(other))
}

const digest = (text: string) => sha256(bytesOf(text))
