// The edge, as the page of a registration may ask it.
import type { CardAttempt, CardFailure, CardRequest } from '../../contract/cards/card-view.ts'
import type { PageFailure } from '../../contract/links/checkout.ts'
import { type LinkView, parseLinkView } from '../../contract/links/link-view.ts'
import { edgeAt } from '../browser/edge.ts'
import type { Edge } from '../flow/world.ts'
import { toFlowUnparsed } from './view.ts'

/** What came of sending a card. `unknown`: it may have arrived all the same. */
export type SentCard =
  | { view: LinkView; attempt: CardAttempt }
  | { failure: CardFailure | PageFailure }
  | 'unknown'

export interface CardEdge extends Edge {
  sendCard(id: string, card: CardRequest): Promise<SentCard>
}

/** Longer than the edge takes for the call and for looking it up. */
const patienceMs = 45_000

/** @param exists told when the seller has a card of this customer that the link does not replace */
export function cardEdgeAt(
  base: string,
  fetch: typeof globalThis.fetch,
  visitor: string,
  exists: () => void,
): CardEdge {
  const translating: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const body = (await response.json()) as { reason?: string; view?: unknown }
    if (body.reason === 'card_exists') exists()
    const told = body.view === undefined ? toFlowUnparsed(body) : { ...body, view: toFlowUnparsed(body.view) }
    return Response.json(told, { status: response.status })
  }
  return {
    ...edgeAt(base, translating, visitor),
    async sendCard(id, card) {
      try {
        const response = await translating(`${base}/links/${id}/card`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...card, visitor }),
          cache: 'no-store',
          credentials: 'omit',
          signal: AbortSignal.timeout(patienceMs),
        })
        const body = await response.json()
        if (response.status !== 200) return typeof body.reason === 'string' ? { failure: body } : 'unknown'
        const view = parseLinkView(body)
        return view && typeof body.attempt?.outcome === 'string' ? { view, attempt: body.attempt } : 'unknown'
      } catch {
        return 'unknown'
      }
    },
  }
}

/** Of the edge's stream, in the flow's words. */
export const parseTold = (data: unknown): LinkView | undefined => parseLinkView(toFlowUnparsed(data))
