import type { Attempt, Checkout } from '../../contract/links/checkout.ts'
import type { LinkView, OpenLink } from '../../contract/links/link-view.ts'

/** What is ready for a click on the pay button. */
export interface CheckoutState {
  method: string
  sdk: 'loading' | 'ready' | 'blocked'
  /** Permission to open the window; used until `until`, device clock in ms. */
  grant: { method: string; checkout: Checkout; until: number } | null
  /** Method for which a permission is being requested. */
  requesting: string | null
  /** The customer clicked before everything was ready. */
  pending: boolean
  trouble: Trouble | null
  charge: Charge
}

/** What is known about a charge while the link is unpaid. */
export type Charge =
  | 'none'
  /** Nothing was charged so far, but an approval may still follow. */
  | 'so_far'
  /** Unknown, or a refund is in progress. */
  | 'unknown'

export type Trouble =
  /** The click is too old to open a popup. */
  | { reason: 'press_again' }
  | { reason: 'popup_blocked' }
  | { reason: 'failed' }
  | { reason: 'refused' }
  | { reason: 'too_many'; seconds: number }

/** Why the SDK reports no payment. */
export interface WindowFailure {
  /** Upstream's code, or one of these. */
  code: 'POPUP_BLOCKED' | 'POPUP_CLOSED' | 'NOT_OPENED' | 'SDK_ERROR' | (string & {})
  /** Upstream's message, of any type. */
  message: unknown
  /** Whether the customer saw a window, which may have taken money. */
  shown: boolean
}

export type Rejected = Extract<Attempt, { outcome: 'rejected' }>

/** The state of the page. */
export type Model =
  | { at: 'loading' | 'unreachable'; charge: Charge }
  | { at: 'not_found' }
  | { at: 'open'; view: OpenLink; checkoutState: CheckoutState }
  | { at: 'paying'; view: OpenLink; checkoutState: CheckoutState }
  | { at: 'declined'; view: OpenLink; checkoutState: CheckoutState }
  | { at: 'cancelled'; view: OpenLink; checkoutState: CheckoutState; failure?: WindowFailure | undefined }
  /** The window is closed; the edge is asked for the result. */
  | {
      at: 'confirming'
      view: LinkView | null
      impUid: string | undefined
      failure?: WindowFailure | undefined
    }
  /** The edge could not tell. It is asked again while the page is open. */
  | {
      at: 'unknown'
      view: LinkView | null
      impUid: string | undefined
      failure?: WindowFailure | undefined
      /** Consecutive answers that i'mport knows no such payment. */
      absences: number
    }
  | { at: 'rejected'; view: LinkView; rejected: Rejected }
  /** The order seems to be paid, but not through this link. `checking`: the customer asked again. */
  | { at: 'paid_elsewhere'; view: LinkView; charge: Charge; checking?: boolean }
  /** Not open any more, or awaiting a deposit: the status selects the screen. */
  | { at: 'settled'; view: Exclude<LinkView, OpenLink> }

/** The value of `<main data-screen>`. */
export function screenOf(model: Model): string {
  if (model.at === 'cancelled' && model.failure) return 'failed'
  return model.at === 'settled' ? model.view.status : model.at
}

export function initialCheckout(
  view: OpenLink,
  sdk: CheckoutState['sdk'] = 'loading',
  charge: Charge = 'none',
): CheckoutState {
  return {
    method: view.methods[0]?.key ?? '',
    sdk,
    grant: null,
    requesting: null,
    pending: false,
    trouble: null,
    charge,
  }
}

/** A window on another screen may still bring an approval. */
export const chargeOf = ({ busy }: OpenLink, { charge }: CheckoutState): Charge =>
  busy && charge === 'none' ? 'so_far' : charge

/** The model for a view, regardless of the previous model. */
export function modelOf(view: LinkView, checkoutState?: Partial<CheckoutState>): Model {
  if (view.status !== 'open') return { at: 'settled', view }
  const initial = initialCheckout(view, checkoutState?.sdk, checkoutState?.charge)
  if (view.paid_elsewhere) return { at: 'paid_elsewhere', view, charge: chargeOf(view, initial) }
  const isOffered = view.methods.some(({ key }) => key === checkoutState?.method)
  return { at: 'open', view, checkoutState: isOffered ? { ...initial, ...checkoutState } : initial }
}

export const isUnsettled = (view: LinkView) => 'unsettled' in view && view.unsettled === true

/** Nothing charged so far, but an approval may follow: the edge has to ask i'mport again. */
export function isUndecided(model: Model): boolean {
  if (model.at === 'settled') return isUnsettled(model.view)
  return (
    ('checkoutState' in model ? model.checkoutState : 'charge' in model ? model : undefined)?.charge ===
    'so_far'
  )
}

/** Compares the edge's clock; ISO 8601 in UTC sorts as text. */
export const isOlder = (view: LinkView, model: Model) =>
  'view' in model && model.view !== null && view.now < model.view.now

/** Initial model. After a return from a gateway the result comes first. */
export function firstModel(view: LinkView | null, returning: boolean): Model {
  if (!view) return { at: 'not_found' }
  if (isUnsettled(view) || (returning && view.status === 'open'))
    return { at: 'confirming', view, impUid: undefined }
  return modelOf(view)
}
