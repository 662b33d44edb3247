// Between the views of the wire and those that the flow knows. A link that registers a card is to the flow
// a bill: open while it can be done, paid once it is. What the screens say of it, they read from here.
import type { CardTerms, CardView, RegisteredLink, RegisteringLink } from '../../contract/cards/card-view.ts'
import type { LinkView, OpenLink } from '../../contract/links/link-view.ts'

export type OpenCard = OpenLink & { card: CardTerms }

type Registered = Omit<RegisteredLink, 'status' | 'receipt'> & { receipt: RegisteredLink['receipt'] }

/** A form has no window to open: the flow is never told to load what it does not have. */
const noSdk = { url: '', user_code: '' }

export function toFlow(view: LinkView | CardView): LinkView {
  if (view.status === 'registering') return { ...view, status: 'open', sdk: view.sdk ?? noSdk } as LinkView
  return view.status === 'registered' ? ({ ...view, status: 'paid' } as unknown as LinkView) : view
}

/** Whatever came over the wire, with the statuses of cards in the flow's words. */
export function toFlowUnparsed(input: unknown): unknown {
  const isCard = typeof input === 'object' && input !== null && 'card' in input && 'status' in input
  return isCard ? toFlow(input as RegisteringLink) : input
}

export const termsOf = (view: LinkView | null): CardTerms => (view as Partial<OpenCard> | null)?.card ?? {}

export const registeredOf = (view: LinkView): Registered | null =>
  'registered_at' in view ? (view as unknown as Registered) : null
