// The edge, as the page may ask it. Every answer is parsed here; whatever is not understood is a cut line.
import type { Checkout, PageFailure, Settled } from '../../contract/links/checkout.ts'
import { parseLinkView } from '../../contract/links/link-view.ts'
import type { Edge } from '../flow/world.ts'

/** Long enough for a slow phone behind a slow gateway; i'mport itself is given less by the edge. */
const patienceMs = 20_000

/** `base` is empty where the edge itself served the page; `visitor` is the tab's own random id. */
export function edgeAt(base: string, fetch: typeof globalThis.fetch, visitor: string): Edge {
  async function ask(
    path: string,
    body?: unknown,
    more: RequestInit = {},
  ): Promise<{ status: number; body: unknown } | 'cut'> {
    try {
      const response = await fetch(`${base}/links/${path}`, {
        ...(body !== undefined && {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
        cache: 'no-store',
        credentials: 'omit',
        ...more,
        signal: AbortSignal.timeout(patienceMs),
      })
      return { status: response.status, body: await response.json() }
    } catch {
      return 'cut'
    }
  }

  return {
    opened(id) {
      // The page may be on its way to the gateway: `keepalive` lets the request outlive it.
      void ask(`${id}/opened`, { visitor }, { keepalive: true })
    },
    async view(id) {
      const answer = await ask(`${id}?visitor=${visitor}`)
      if (answer === 'cut') return 'cut'
      if (answer.status === 404) return 'missing'
      return (answer.status === 200 && parseLinkView(answer.body)) || 'cut'
    },
    async checkout(id, request) {
      const answer = await ask(`${id}/checkout`, { ...request, visitor })
      if (answer === 'cut') return 'cut'
      const body = answer.body as Checkout & PageFailure
      if (answer.status !== 200) return typeof body?.reason === 'string' ? body : 'cut'
      return typeof body?.params === 'object' && typeof body.holds_until === 'string' ? body : 'cut'
    },
    async settle(id, impUid) {
      const answer = await ask(`${id}/settle`, { imp_uid: impUid, visitor })
      if (answer === 'cut') return 'unsettled'
      if (answer.status === 404) return 'missing'
      if (answer.status === 429) return Number((answer.body as { retry_after?: unknown })?.retry_after) || 60
      if (answer.status !== 200) return 'unsettled'
      const settled = answer.body as Settled
      return parseLinkView(settled) && typeof settled.attempt?.outcome === 'string' ? settled : 'unsettled'
    },
  }
}
