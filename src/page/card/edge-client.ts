// Client of the edge for registrations.
import type { CardAttempt, CardFailure, CardRequest } from '../../contract/cards/card-view.ts'
import type { PageFailure } from '../../contract/links/checkout.ts'
import { type LinkView, parseLinkView } from '../../contract/links/link-view.ts'
import { createEdgeClient } from '../browser/edge-client.ts'
import type { EdgeClient } from '../flow/dependencies.ts'
import { toFlowUnparsed } from './view.ts'

/** `unknown`: the card may have arrived. */
export type SendCardResult =
  | { view: LinkView; attempt: CardAttempt }
  | { failure: CardFailure | PageFailure }
  | 'unknown'

export interface CardEdgeClient extends EdgeClient {
  sendCard(id: string, card: CardRequest): Promise<SendCardResult>
}

/** Longer than the edge takes for the registration and the lookup after it. */
const timeoutMs = 45_000

/** @param onCardExists the seller already has a card of this customer, and the link does not replace it */
export function createCardEdgeClient(
  base: string,
  fetch: typeof globalThis.fetch,
  visitor: string,
  onCardExists: () => void,
): CardEdgeClient {
  const translating: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const body = (await response.json()) as { reason?: string; view?: unknown }
    if (body.reason === 'card_exists') onCardExists()
    const translated =
      body.view === undefined ? toFlowUnparsed(body) : { ...body, view: toFlowUnparsed(body.view) }
    return Response.json(translated, { status: response.status })
  }
  return {
    ...createEdgeClient(base, translating, visitor),
    async sendCard(id, card) {
      try {
        const response = await translating(`${base}/links/${id}/card`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...card, visitor }),
          cache: 'no-store',
          credentials: 'omit',
          signal: AbortSignal.timeout(timeoutMs),
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

/** Parses the edge's stream into the flow's view. */
export const parseStreamView = (data: unknown): LinkView | undefined => parseLinkView(toFlowUnparsed(data))
