import { z } from 'zod'
import type { Merchant } from '../config/merchants.ts'
import { call } from './http.ts'
import type { IamportResult } from './result.ts'

const tokenSchema = z.object({ access_token: z.string().min(1), now: z.number(), expired_at: z.number() })

/** Tokens about to expire are not used, because the call takes time. */
const marginMs = 30_000

export interface AccessTokens {
  /** @param refused a token that i'mport rejected; requests a new one */
  get(merchant: Merchant, refused?: string): Promise<IamportResult<string>>
}

interface TokenDeps {
  apiUrl: string
  fetch: typeof fetch
  now: () => number
  /** Requests do not share a pending call; i'mport returns the same token to each. */
  isolatesRequests?: boolean
}

/** Caches one access token per merchant in memory. Concurrent callers share one request. */
export function createAccessTokens(deps: TokenDeps): AccessTokens {
  const cached = new Map<string, { token: string; until: number }>()
  const inFlight = new Map<string, Promise<IamportResult<string>>>()

  const requestToken = async ({ imp_key, imp_secret }: Merchant): Promise<IamportResult<string>> => {
    const answer = await call(
      deps,
      { method: 'POST', path: '/users/getToken', body: { imp_key, imp_secret } },
      {},
      tokenSchema,
    )
    if (!answer.ok)
      return answer.reason === 'unauthorized'
        ? { ok: false, reason: 'refused', message: 'imp_key or imp_secret is wrong', because: 'credentials' }
        : answer
    const { access_token, now, expired_at } = answer.value
    // Uses the token's lifetime, because i'mport's clock may differ from ours.
    cached.set(imp_key, {
      token: access_token,
      until: deps.now() + (expired_at - now) * 1000 - marginMs,
    })
    return { ok: true, value: access_token }
  }

  return {
    async get(merchant, refused) {
      const token = cached.get(merchant.imp_key)
      if (token && token.token !== refused && token.until > deps.now())
        return { ok: true, value: token.token }
      if (deps.isolatesRequests) return requestToken(merchant)
      const pending = inFlight.get(merchant.imp_key)
      if (pending !== undefined) return pending
      const request = requestToken(merchant).finally(() => inFlight.delete(merchant.imp_key))
      inFlight.set(merchant.imp_key, request)
      return request
    },
  }
}
