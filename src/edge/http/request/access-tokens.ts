// Access tokens of the merchant's API: stateless, so that any instance accepts what another gave.
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

/** @returns the merchant that the token was given to, if it is ours, unexpired, and the merchant still there */
export async function verifyToken(
  settings: Settings,
  token: string,
  now: number,
): Promise<Merchant | undefined> {
  const known = verified.get(settings)?.get(token)
  if (known) return now < known.until ? known.merchant : undefined
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

/** A merchant's server sends one token many times: what was good once is good until it expires. */
const verified = new WeakMap<Settings, Map<string, Verified>>()
const mostTokens = 1_000

function remember(settings: Settings, token: string, found: Verified): void {
  const known = verified.get(settings) ?? new Map<string, Verified>()
  verified.set(settings, known)
  if (known.size >= mostTokens) known.delete(known.keys().next().value ?? '')
  known.set(token, found)
}

/** Finds by hashes, so that the time it takes tells nothing of a key or a secret. */
export async function findByCredentials(
  settings: Settings,
  imp_key: string,
  imp_secret: string,
): Promise<Merchant | undefined> {
  return (await merchantsByHash(settings)).get(await hashOf(imp_key, imp_secret))
}

/** Wrong credentials cost as little as right ones, however many merchants there are. */
const hashed = new WeakMap<Settings, ReadonlyMap<string, Merchant>>()

async function merchantsByHash(settings: Settings): Promise<ReadonlyMap<string, Merchant>> {
  const known = hashed.get(settings)
  if (known) return known
  const made = new Map<string, Merchant>()
  for (const merchant of settings.merchants)
    made.set(await hashOf(merchant.imp_key, merchant.imp_secret), merchant)
  hashed.set(settings, made)
  return made
}

async function hashOf(key: string, secret: string): Promise<string> {
  return (await digest(key)) + (await digest(secret))
}

/** Two secrets, compared by their hashes: the time it takes tells nothing. */
export async function isEqualConstantTime(one: string, other: string): Promise<boolean> {
  return (await digest(one)) === (await digest(other))
}

const digest = (text: string) => sha256(toBytes(text))
