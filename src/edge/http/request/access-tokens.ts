// Access tokens of the merchant's API: stateless JWTs, valid on every instance.
import { jwtVerify, SignJWT } from 'jose'
import { findMerchant, type Merchant } from '../../config/merchants.ts'
import type { Settings } from '../../config/settings.ts'
import { toBytes } from '../../platform/encoding.ts'
import { sha256 } from '../../platform/sha-256.ts'

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
    .sign(toBytes(tokenSecret))
  return { access_token, now: issued, expired_at }
}

/** @returns the token's merchant if the token is valid and the merchant is still configured */
export async function verifyToken(
  settings: Settings,
  token: string,
  now: number,
): Promise<Merchant | undefined> {
  const cached = verified.get(settings)?.get(token)
  if (cached) return now < cached.until ? cached.merchant : undefined
  try {
    const { payload } = await jwtVerify(token, toBytes(settings.tokenSecret), {
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

/** Caches valid tokens until they expire, because a merchant's server sends the same one many times. */
const verified = new WeakMap<Settings, Map<string, Verified>>()
const maxTokens = 1_000

function remember(settings: Settings, token: string, found: Verified): void {
  const cached = verified.get(settings) ?? new Map<string, Verified>()
  verified.set(settings, cached)
  if (cached.size >= maxTokens) cached.delete(cached.keys().next().value ?? '')
  cached.set(token, found)
}

/** Looks up by hashes, so that the time taken reveals nothing about keys or secrets. */
export async function findByCredentials(
  settings: Settings,
  imp_key: string,
  imp_secret: string,
): Promise<Merchant | undefined> {
  return (await merchantsByHash(settings)).get(await hashOf(imp_key, imp_secret))
}

/** Caches the hashes, so that a failed attempt costs as little as a valid one, for any number of merchants. */
const hashed = new WeakMap<Settings, ReadonlyMap<string, Merchant>>()

async function merchantsByHash(settings: Settings): Promise<ReadonlyMap<string, Merchant>> {
  const cached = hashed.get(settings)
  if (cached) return cached
  const byHash = new Map<string, Merchant>()
  for (const merchant of settings.merchants)
    byHash.set(await hashOf(merchant.imp_key, merchant.imp_secret), merchant)
  hashed.set(settings, byHash)
  return byHash
}

async function hashOf(key: string, secret: string): Promise<string> {
  return (await digest(key)) + (await digest(secret))
}

/** Compares hashes, so that the time taken reveals nothing about the secret. */
export async function isEqualConstantTime(one: string, other: string): Promise<boolean> {
  return (await digest(one)) === (await digest(other))
}

const digest = (text: string) => sha256(toBytes(text))
