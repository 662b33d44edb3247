import type { Merchant } from '../../config/merchants.ts'
import type { AppContext } from '../../context.ts'
import type { MerchantError } from '../response/merchant-response.ts'
import { verifyToken } from './access-tokens.ts'

export interface Caller {
  /** Undefined: anonymous, which LINK_AUTH=open allows here. */
  merchant: Merchant | undefined
  /** From the `Tier` header. */
  tier: string | undefined
}

/**
 * Authenticates a call of the merchant's API by `Authorization: <token>`, with or without `Bearer`,
 * `X-ImpTokenHeader` or `?_token=`. An invalid token is refused even where none is required.
 */
export async function authenticate(
  { settings, now }: Pick<AppContext, 'settings' | 'now'>,
  request: Request,
  mayBeOpen: boolean,
): Promise<{ ok: true; caller: Caller } | { ok: false; refusal: MerchantError }> {
  const { headers, url } = request
  const sent =
    headers.get('authorization') ?? headers.get('x-imptokenheader') ?? new URL(url).searchParams.get('_token')
  const token = sent?.replace(/^bearer\s+/i, '').trim()
  const merchant = token ? await verifyToken(settings, token, now()) : undefined
  if (!merchant && (token || !(mayBeOpen && settings.linkAuth === 'open'))) {
    const message = token
      ? 'the access token is not valid, or has expired: ask POST /users/getToken'
      : 'an access token is required: Authorization: <token> from POST /users/getToken'
    return { ok: false, refusal: { status: 401, message } }
  }
  const tier = request.headers.get('tier')?.trim() || undefined
  if (tier !== undefined && !/^[0-9A-Za-z]{3}$/.test(tier)) {
    const message = 'Tier must be 3 letters or digits'
    return { ok: false, refusal: { status: 400, message, errors: [{ path: 'Tier', message }] } }
  }
  return { ok: true, caller: { merchant, tier } }
}

/** Whether the merchant may act for the tier. Without a configured list of tiers, i'mport checks it. */
export function knowsTier({ tiers }: Merchant, tier: string | undefined): boolean {
  return tier === undefined || tiers === undefined || tiers.includes(tier)
}
