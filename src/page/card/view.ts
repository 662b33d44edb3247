// Maps wire views to the flow's views. To the flow a registration is a bill: `open` until the card is registered,
// then `paid`.
import type { CardTerms, CardView, RegisteredLink, RegisteringLink } from '../../contract/cards/card-view.ts'
import type { LinkView, OpenLink } from '../../contract/links/link-view.ts'

export type OpenCard = OpenLink & { card: CardTerms }

type RegisteredView = Omit<RegisteredLink, 'status' | 'receipt'> & { receipt: RegisteredLink['receipt'] }

/** A form opens no window, so no SDK is loaded. */
const noSdk = { url: '', user_code: '' }

export function toFlow(view: LinkView | CardView): LinkView {
  if (view.status === 'registering') return { ...view, status: 'open', sdk: view.sdk ?? noSdk } as LinkView
  return view.status === 'registered' ? ({ ...view, status: 'paid' } as unknown as LinkView) : view
}

/** The same for unparsed input. */
export function toFlowUnparsed(input: unknown): unknown {
  const isCard = typeof input === 'object' && input !== null && 'card' in input && 'status' in input
  return isCard ? toFlow(input as RegisteringLink) : input
}

export const termsOf = (view: LinkView | null): CardTerms => (view as Partial<OpenCard> | null)?.card ?? {}

export const registeredOf = (view: LinkView): RegisteredView | null =>
  'registered_at' in view ? (view as unknown as RegisteredView) : null
