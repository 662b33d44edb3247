// HTTP client of the edge. Responses that cannot be parsed count as unreachable.
import type { Checkout, PageFailure, SettleResult } from '../../contract/links/checkout.ts'
import { parseLinkView } from '../../contract/links/link-view.ts'
import type { EdgeClient } from '../flow/dependencies.ts'

/** Longer than the edge's own timeout for i'mport, with room for slow phones. */
const timeoutMs = 20_000

/** `base` is empty if the edge served the page; `visitor` is the random tab ID. */
export function createEdgeClient(base: string, fetch: typeof globalThis.fetch, visitor: string): EdgeClient {
  async function request(
    path: string,
    body?: unknown,
    init: RequestInit = {},
  ): Promise<{ status: number; body: unknown } | 'unreachable'> {
    try {
      const response = await fetch(`${base}/links/${path}`, {
        ...(body !== undefined && {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
        cache: 'no-store',
        credentials: 'omit',
        ...init,
        signal: AbortSignal.timeout(timeoutMs),
      })
      return { status: response.status, body: await response.json() }
    } catch {
      return 'unreachable'
    }
  }

  return {
    opened(id) {
      // The page may be navigating to the gateway; `keepalive` lets the request finish.
      void request(`${id}/opened`, { visitor }, { keepalive: true })
    },
    async view(id) {
      const answer = await request(`${id}?visitor=${visitor}`)
      if (answer === 'unreachable') return 'unreachable'
      if (answer.status === 404) return 'not_found'
      return (answer.status === 200 && parseLinkView(answer.body)) || 'unreachable'
    },
    async checkout(id, options) {
      const answer = await request(`${id}/checkout`, { ...options, visitor })
      if (answer === 'unreachable') return 'unreachable'
      const body = answer.body as Checkout & PageFailure
      if (answer.status !== 200) return typeof body?.reason === 'string' ? body : 'unreachable'
      return typeof body?.params === 'object' && typeof body.holds_until === 'string' ? body : 'unreachable'
    },
    async settle(id, impUid) {
      const answer = await request(`${id}/settle`, { imp_uid: impUid, visitor })
      if (answer === 'unreachable') return 'unsettled'
      if (answer.status === 404) return 'not_found'
      if (answer.status === 429) return Number((answer.body as { retry_after?: unknown })?.retry_after) || 60
      if (answer.status !== 200) return 'unsettled'
      const settled = answer.body as SettleResult
      return parseLinkView(settled) && typeof settled.attempt?.outcome === 'string' ? settled : 'unsettled'
    },
  }
}
