import type { Attempt, Checkout } from '../../contract/checkout.ts'
import type { LinkView, OpenLink } from '../../contract/link-view.ts'

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
}

export type Trouble =
  /** The press grew too old to open a popup with: one more is needed. */
  { why: 'press_again' } | { why: 'failed' } | { why: 'refused' } | { why: 'too_many'; seconds: number }

export type Rejected = Extract<Attempt, { outcome: 'rejected' }>

/** Where the customer is. */
export type Model =
  | { at: 'loading' }
  | { at: 'not_found' }
  | { at: 'unreachable' }
  | { at: 'open'; view: OpenLink; desk: Desk }
  | { at: 'paying'; view: OpenLink; desk: Desk }
  | { at: 'declined'; view: OpenLink; desk: Desk }
  | { at: 'cancelled'; view: OpenLink; desk: Desk }
  /** The window is behind us; the edge is asked what happened. */
  | { at: 'confirming'; view: LinkView | null; impUid: string | undefined }
  /** The edge could not say. It is asked again, for as long as the page is open. */
  | {
      at: 'unknown'
      view: LinkView | null
      impUid: string | undefined
      /** How often in a row i'mport said that there is no such payment. */
      absences: number
    }
  | { at: 'rejected'; view: LinkView; rejected: Rejected }
  /** The link is no longer open, or its deposit is awaited: its status is the screen. */
  | { at: 'settled'; view: Exclude<LinkView, OpenLink> }

/** The name that stands in `<main data-screen>`. */
export function screenOf(model: Model): string {
  return model.at === 'settled' ? model.view.status : model.at
}

export function freshDesk(view: OpenLink, sdk: Desk['sdk'] = 'loading'): Desk {
  return {
    method: view.methods[0]?.key ?? '',
    sdk,
    grant: null,
    asking: null,
    wanted: false,
    trouble: null,
  }
}

/** The screen for what the edge says of a link, whatever the customer saw before. */
export function modelOf(view: LinkView, desk?: Desk): Model {
  if (view.status !== 'open') return { at: 'settled', view }
  const kept = desk && view.methods.some(({ key }) => key === desk.method)
  return { at: 'open', view, desk: kept ? desk : freshDesk(view, desk?.sdk) }
}

export const isUnsettled = (view: LinkView) => 'unsettled' in view && view.unsettled === true

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
