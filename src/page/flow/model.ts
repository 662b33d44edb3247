import type { Attempt, Checkout } from '../../contract/links/checkout.ts'
import type { LinkView, OpenLink } from '../../contract/links/link-view.ts'

/** What lies ready for the press of the pay button. */
export interface Desk {
  /** Key of the chosen method. */
  method: string
  sdk: 'loading' | 'ready' | 'blocked'
  /** Permission to open the window, and until when it is used, by this device's clock in ms. */
  grant: { method: string; checkout: Checkout; until: number } | null
  /** The method that a permission is being asked for. */
  asking: string | null
  /** The customer pressed before everything was ready. */
  wanted: boolean
  trouble: Trouble | null
  charge: Charge
}

/** What is known of money while nothing is paid. */
export type Charge =
  /** Nothing was charged. */
  | 'none'
  /** Nothing was charged so far, but an approval may still follow. */
  | 'so_far'
  /** Nothing is known; or money came, and goes back. */
  | 'unknown'

export type Trouble =
  /** The press grew too old to open a popup with: one more is needed. */
  | { why: 'press_again' }
  | { why: 'popup_blocked' }
  | { why: 'failed' }
  | { why: 'refused' }
  | { why: 'too_many'; seconds: number }

/** Why the SDK says that there is no payment. */
export interface WindowFailure {
  /** Upstream's, or one of these. */
  code: 'POPUP_BLOCKED' | 'POPUP_CLOSED' | 'NOT_OPENED' | 'SDK_ERROR' | (string & {})
  /** Upstream's own words, or anything else. */
  message: unknown
  /** Whether the customer had a window before them, which may have taken money. */
  shown: boolean
}

export type Rejected = Extract<Attempt, { outcome: 'rejected' }>

/** Where the customer is. */
export type Model =
  | { at: 'loading' | 'unreachable'; charge: Charge }
  | { at: 'not_found' }
  | { at: 'open'; view: OpenLink; desk: Desk }
  | { at: 'paying'; view: OpenLink; desk: Desk }
  | { at: 'declined'; view: OpenLink; desk: Desk }
  | { at: 'cancelled'; view: OpenLink; desk: Desk; failure?: WindowFailure | undefined }
  /** The window is behind us; the edge is asked what happened. */
  | {
      at: 'confirming'
      view: LinkView | null
      impUid: string | undefined
      failure?: WindowFailure | undefined
    }
  /** The edge could not say. It is asked again, for as long as the page is open. */
  | {
      at: 'unknown'
      view: LinkView | null
      impUid: string | undefined
      failure?: WindowFailure | undefined
      /** How often in a row i'mport said that there is no such payment. */
      absences: number
    }
  | { at: 'rejected'; view: LinkView; rejected: Rejected }
  /** The order seems to be paid, and not through this link. `checking`: the customer has asked anew. */
  | { at: 'paid_elsewhere'; view: LinkView; charge: Charge; checking?: boolean }
  /** The link is no longer open, or its deposit is awaited: its status is the screen. */
  | { at: 'settled'; view: Exclude<LinkView, OpenLink> }

/** The name that stands in `<main data-screen>`. */
export function screenOf(model: Model): string {
  if (model.at === 'cancelled' && model.failure) return 'failed'
  return model.at === 'settled' ? model.view.status : model.at
}

export function freshDesk(view: OpenLink, sdk: Desk['sdk'] = 'loading', charge: Charge = 'none'): Desk {
  return {
    method: view.methods[0]?.key ?? '',
    sdk,
    grant: null,
    asking: null,
    wanted: false,
    trouble: null,
    charge,
  }
}

/** What a bill may say of money: a window on another screen may bring an approval, too. */
export const chargeOf = ({ busy }: OpenLink, { charge }: Desk): Charge =>
  busy && charge === 'none' ? 'so_far' : charge

/** The screen for what the edge says of a link, whatever the customer saw before. */
export function modelOf(view: LinkView, desk?: Partial<Desk>): Model {
  if (view.status !== 'open') return { at: 'settled', view }
  const fresh = freshDesk(view, desk?.sdk, desk?.charge)
  if (view.paid_elsewhere) return { at: 'paid_elsewhere', view, charge: chargeOf(view, fresh) }
  const kept = view.methods.some(({ key }) => key === desk?.method)
  return { at: 'open', view, desk: kept ? { ...fresh, ...desk } : fresh }
}

export const isUnsettled = (view: LinkView) => 'unsettled' in view && view.unsettled === true

/** Nothing was charged so far, and an approval may still follow: whatever says so has the edge ask i'mport again. */
export function isUndecided(model: Model): boolean {
  if (model.at === 'settled') return isUnsettled(model.view)
  return ('desk' in model ? model.desk : 'charge' in model ? model : undefined)?.charge === 'so_far'
}

/** An answer that was overtaken by a later one, by the edge's own clock: ISO 8601 in UTC goes by its letters, too. */
export const isOlder = (view: LinkView, model: Model) =>
  'view' in model && model.view !== null && view.now < model.view.now

/** Where a visit begins. Who comes back from a gateway, or too late for it, waits for the answer first. */
export function firstModel(view: LinkView | null, returning: boolean): Model {
  if (!view) return { at: 'not_found' }
  if (isUnsettled(view) || (returning && view.status === 'open'))
    return { at: 'confirming', view, impUid: undefined }
  return modelOf(view)
}
