import type { Language } from '../../contract/language.ts'
import type { Checkout, CheckoutRequest, PageFailure, SettleResult } from '../../contract/links/checkout.ts'
import type { LinkView, OpenLink } from '../../contract/links/link-view.ts'
import type { WindowFailure } from './model.ts'

/** Client of the edge's endpoints for the page. */
export interface EdgeClient {
  view(id: string): Promise<LinkView | 'not_found' | 'unreachable'>
  checkout(id: string, request: CheckoutRequest): Promise<Checkout | PageFailure | 'unreachable'>
  /** A number: rate limited, seconds until the next attempt. */
  settle(id: string, impUid: string | undefined): Promise<SettleResult | 'not_found' | 'unsettled' | number>
  /** Reports that this tab opens its window. Fire and forget. */
  opened(id: string): void
}

export interface WindowResult {
  impUid: string | undefined
  failure?: WindowFailure
}

/** Everything the flow needs from the browser. */
export interface Dependencies {
  edge: EdgeClient
  id: string
  language: () => Language
  /** Device clock in ms; used for durations, never for when a link ends. */
  now: () => number
  loadSdk: (view: OpenLink, report: (state: 'ready' | 'blocked') => void) => void
  /** Calls back once, unless the window is closed first. */
  openWindow: (checkout: Checkout, onResult: (result: WindowResult) => void) => void
  pendingPayment: { mark(id: string): void; clear(id: string): void }
  /** Whether the window may open after an asynchronous wait: the click still counts, or no popup is needed. */
  mayOpen: (method: string, view: OpenLink) => boolean
  /** setTimeout that waits for a visible tab; returns a cancel function. */
  schedule: (ms: number, callback: () => void) => () => void
}
