import type { Language } from '../../contract/language.ts'
import type { Checkout, CheckoutRequest, PageFailure, Settled } from '../../contract/links/checkout.ts'
import type { LinkView, OpenLink } from '../../contract/links/link-view.ts'
import type { WindowFailure } from './model.ts'

/** The edge, as the page may ask it. */
export interface Edge {
  view(id: string): Promise<LinkView | 'missing' | 'cut'>
  checkout(id: string, request: CheckoutRequest): Promise<Checkout | PageFailure | 'cut'>
  /** A number: it was asked too often; seconds until it may be asked again. */
  settle(id: string, impUid: string | undefined): Promise<Settled | 'missing' | 'unsettled' | number>
  /** Says that this tab opens its window now. Nothing waits for it. */
  opened(id: string): void
}

/** How a payment window ended. */
export interface WindowResult {
  impUid: string | undefined
  failure?: WindowFailure
}

/** What the flow may ask of the world. */
export interface World {
  edge: Edge
  id: string
  language: () => Language
  /** This device's clock in ms: for how long something lies here, never for when a link ends. */
  now: () => number
  loadSdk: (view: OpenLink, tell: (state: 'ready' | 'blocked') => void) => void
  /** Calls back once, unless the window is closed before. */
  openWindow: (checkout: Checkout, returned: (result: WindowResult) => void) => void
  underWay: { mark(id: string): void; clear(id: string): void }
  /** Whether the window of a method may open later than the press: that still counts, or no popup is needed. */
  mayOpen: (method: string, view: OpenLink) => boolean
  /** Calls back once after `ms`, not before the tab is seen; returns its cancel. */
  later: (ms: number, call: () => void) => () => void
}
