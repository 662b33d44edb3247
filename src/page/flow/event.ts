import type { Checkout, PageFailure, Settled } from '../../contract/links/checkout.ts'
import type { LinkView } from '../../contract/links/link-view.ts'
import type { WindowFailure } from './model.ts'

/** What can happen to the page. */
export type Event =
  /** The page is there and works. */
  | { type: 'begun' }
  /** The edge told the link's state, unasked or on asking. */
  | { type: 'viewed'; view: LinkView }
  | { type: 'missing' }
  /** The edge could not be reached for the link's state. */
  | { type: 'cut' }
  /** `active`: the window may open now, as with `granted`. */
  | { type: 'sdk'; state: 'ready' | 'blocked'; active: boolean }
  /** First sign that a person is here and may pay. */
  | { type: 'intent' }
  | { type: 'chose'; method: string }
  /** The customer reads another language now: a permission names the window's. */
  | { type: 'spoke' }
  | { type: 'pressed' }
  /** `active`: the browser still counts the press as the customer's, so a popup may open. */
  | { type: 'granted'; method: string; checkout: Checkout; until: number; active: boolean }
  | { type: 'refused'; method: string; failure: PageFailure | 'cut' }
  /** The window is gone, never came, or we came back from it. The id is a hint to ask with, never proof. */
  | { type: 'returned'; impUid: string | undefined; failure?: WindowFailure }
  /** `impUid`: of the payment that the edge was asked about, if it was one. */
  | { type: 'settled'; settled: Settled; impUid?: string | undefined }
  /** The edge could not say what happened. */
  | { type: 'unsettled' }
  /** Back to the choice of methods, or another try. */
  | { type: 'again' }

/** What the page does next, as data. Run in the same call as the event, so a press stays a press. */
export type Effect =
  | { do: 'load-sdk' }
  | { do: 'view' }
  | { do: 'grant'; method: string }
  | { do: 'open-window'; checkout: Checkout }
  | { do: 'settle'; impUid: string | undefined }

/** What is done once there are screens. */
export type LateEffect =
  /** Whatever the SDK still shows is taken away. */
  | { do: 'close-window' }
  /** No window was open: whoever reloads the page sees the bill. */
  | { do: 'forget-window' }
  /** The edge is told why the SDK opened no window. */
  | { do: 'tell-failure'; code: string; method: string }
