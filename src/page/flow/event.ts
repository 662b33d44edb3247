import type { Checkout, PageFailure, SettleResult } from '../../contract/links/checkout.ts'
import type { LinkView } from '../../contract/links/link-view.ts'
import type { Model, WindowFailure } from './model.ts'

export type Event =
  /** The script has started. */
  | { type: 'started' }
  /** A new view of the link, polled or pushed. */
  | { type: 'updated'; view: LinkView }
  | { type: 'not_found' }
  /** The link's view could not be loaded. */
  | { type: 'unreachable' }
  /** `active`: as in `granted`. */
  | { type: 'sdk'; state: 'ready' | 'blocked'; active: boolean }
  /** First input of a real user. */
  | { type: 'intent' }
  | { type: 'selected'; method: string }
  /** Invalidates the permission, which is for a window in one language. */
  | { type: 'language_changed' }
  | { type: 'pressed' }
  /** `active`: the browser still allows a popup for the click. */
  | { type: 'granted'; method: string; checkout: Checkout; until: number; active: boolean }
  | { type: 'refused'; method: string; failure: PageFailure | 'unreachable' }
  /** The window closed, failed to open, or redirected back. The ID is a hint, never proof. */
  | { type: 'returned'; impUid: string | undefined; failure?: WindowFailure }
  /** `impUid`: the payment that the edge was asked about, if any. */
  | { type: 'settled'; settled: SettleResult; impUid?: string | undefined }
  /** The edge could not determine the result. */
  | { type: 'unsettled' }
  /** Back to the methods, or another attempt. */
  | { type: 'retry' }

/** Effects as data. They run synchronously with the event, so a click still permits a popup. */
export type Effect =
  | { do: 'load-sdk' }
  | { do: 'view' }
  | { do: 'grant'; method: string }
  | { do: 'open-window'; checkout: Checkout }
  | { do: 'settle'; impUid: string | undefined }

/** Effects of the late script. */
export type LateEffect =
  /** Remove everything the SDK shows. */
  | { do: 'close-window' }
  /** No window was open, so a reload shows the bill. */
  | { do: 'forget-window' }
  /** Report why the SDK opened no window. */
  | { do: 'report-failure'; code: string; method: string }

export type Next = [Model, (Effect | LateEffect)[]]

export const stay = (model: Model): Next => [model, []]
