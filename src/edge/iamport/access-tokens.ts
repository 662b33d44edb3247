import { z } from 'zod'
import type { Merchant } from '../config/merchants.ts'
import { call } from './http.ts'
import type { IamportResult } from './result.ts'

const tokenSchema = z.object({ access_token: z.string().min(1), now: z.number(), expired_at: z.number() })

/** A token is not used in the last seconds of its life: the call that carries it takes time. */
const marginMs = 30_000

export interface AccessTokens {
  /** `refused`: a token that i'mport did not take, not to be handed out again. */
  get(merchant: Merchant, refused?: string): Promise<IamportResult<string>>
}

interface Outside {
  apiUrl: string
  fetch: typeof fetch
  now: () => number
  /** Then each asks for itself; i'mport gives all of them the same token. */
  isolatesRequests?: boolean
}

/** Access tokens, one per merchant, kept in memory. Concurrent askers share one request. */
export function createAccessTokens(outside: Outside): AccessTokens {
  const known = new Map<string, { token: string; until: number }>()
  const asked = new Map<string, Promise<IamportResult<string>>>()

  const ask = async ({ imp_key, imp_secret }: Merchant): Promise<IamportResult<string>> => {
    const answer = await call(
      outside,
      { method: 'POST', path: '/users/getToken', body: { imp_key, imp_secret } },
      {},
      tokenSchema,
    )
    if (!answer.ok)
      return answer.reason === 'unauthorized'
        ? { ok: false, reason: 'refused', message: 'imp_key or imp_secret is wrong', because: 'credentials' }
        : answer
    const { access_token, now, expired_at } = answer.value
    // i'mport's clock may differ from ours; the life span does not.
    known.set(imp_key, {
      token: access_token,
      until: outside.now() + (expired_at - now) * 1000 - marginMs,
    })
    return { ok: true, value: access_token }
  }

  return {
    async get(merchant, refused) {
      const held = known.get(merchant.imp_key)
      if (held && held.token !== refused && held.until > outside.now()) return { ok: true, value: held.token }
      if (outside.isolatesRequests) return ask(merchant)
      const pending = asked.get(merchant.imp_key)
      if (pending !== undefined) return pending
      const asking = ask(merchant).finally(() => asked.delete(merchant.imp_key))
      asked.set(merchant.imp_key, asking)
      return asking
    },
  }
}
