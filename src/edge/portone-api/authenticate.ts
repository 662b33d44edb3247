// Authentication of the global API: the client key in a header, and a JWT signed with its secret (upstream's "JWT
// Authentication"). Tokens of `auth-token` are such JWTs.
import { errors, jwtVerify, SignJWT } from 'jose'
import type { AppContext } from '../context.ts'
import { findByKey, type PortoneMerchant } from '../features/webhooks/portone-merchant.ts'
import { countWrongCredentials } from '../http/middleware/wrong-credentials.ts'
import type { PortoneError } from '../http/response/portone-response.ts'
import { toBytes } from '../platform/encoding.ts'

export type PortoneAuth = { ok: true; merchant: PortoneMerchant } | { ok: false; refusal: PortoneError }

/** The longest lifetime in upstream's documents: `auth-token`'s. For self-signed tokens they recommend 100 s. */
export const maxTokenSeconds = 6 * 60 * 60
/** Tolerated clock difference. */
const toleranceSeconds = 60

export async function signPortoneToken(
  { portone_key, portone_secret }: PortoneMerchant,
  now: number,
): Promise<string> {
  const issued = Math.floor(now / 1000)
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('PORTONE')
    .setSubject(portone_key)
    .setIssuedAt(issued)
    .setExpirationTime(issued + maxTokenSeconds)
    .sign(toBytes(portone_secret))
}

export async function authenticatePortone(
  context: AppContext,
  request: Request,
  address: string,
): Promise<PortoneAuth> {
  const { headers } = request
  const key = (headers.get('x-portone-client-key') ?? headers.get('x-chaipay-client-key'))?.trim()
  const token = /^bearer\s+(\S+)\s*$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (!key) return unauthorised('4010', 'the header X-Portone-Client-Key is required')
  if (!token) return unauthorised('4054', 'a token is required: Authorization: Bearer <JWT>')
  const merchant = findByKey(context.settings.merchants, key)
  const verdict = merchant ? await verify(merchant, token, context.now()) : 'unknown'
  if (merchant && verdict === 'good') return { ok: true, merchant }
  if (verdict === 'unknown' || verdict === 'forged') {
    const refusal = await countFailedSignIn(context, address, key)
    if (refusal) return { ok: false, refusal }
  }
  if (verdict === 'unknown') return unauthorised('4010', 'X-Portone-Client-Key is no client key here')
  return unauthorised('4054', messages[verdict])
}

const messages = {
  good: '',
  forged: 'the token is not signed with the secret of this client key (HS256)',
  expired: 'the token has expired: sign a new one, or ask POST /api/merchant/auth-token',
  wrong: `the token must have iss PORTONE, sub the client key, iat, and exp at most ${maxTokenSeconds} seconds later`,
}

async function verify(
  { portone_key, portone_secret }: PortoneMerchant,
  token: string,
  now: number,
): Promise<keyof typeof messages> {
  try {
    const { payload } = await jwtVerify(token, toBytes(portone_secret), {
      algorithms: ['HS256'],
      issuer: ['PORTONE', 'CHAIPAY'],
      subject: portone_key,
      clockTolerance: toleranceSeconds,
      currentDate: new Date(now),
      requiredClaims: ['exp'],
    })
    // Without `iat`, the lifetime counts from now.
    const begins = Math.min(payload.iat ?? now / 1000, now / 1000 + toleranceSeconds)
    return (payload.exp ?? Infinity) - begins <= maxTokenSeconds + toleranceSeconds ? 'good' : 'wrong'
  } catch (error) {
    // The library checks claims only after the signature.
    if (error instanceof errors.JWTExpired) return 'expired'
    return error instanceof errors.JWTClaimValidationFailed ? 'wrong' : 'forged'
  }
}

/** Counts like wrong credentials of the merchant's API. */
export async function countFailedSignIn(
  context: AppContext,
  address: string,
  key: string,
): Promise<PortoneError | undefined> {
  const seconds = await countWrongCredentials(context, address, key)
  const message = `too many wrong credentials: try again in ${seconds} seconds`
  return seconds > 0 ? { status: 429, code: '4088', message, retryAfter: seconds } : undefined
}

function unauthorised(code: '4010' | '4054', message: string): PortoneAuth {
  return { ok: false, refusal: { status: 401, code, message } }
}
