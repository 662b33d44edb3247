import type { Language } from '../language.ts'
import type { CurrencyCode } from '../money/currency.ts'
import type { LinkView } from './link-view.ts'
import type { RequestPayParams } from './request-pay.ts'

/** Body of `POST /links/{id}/checkout`. */
export interface CheckoutRequest {
  /** Key of one of the link's methods. */
  method: string
  /** Language of the gateway's window, where the link does not name one. */
  language: Language
  /** Random id of this tab, of at most 64 letters and digits: whose window it is. */
  visitor?: string | undefined
}

/** The permission to open the payment window for one method now. */
export interface Checkout {
  /** Handed to `IMP.request_pay` as they are. */
  params: RequestPayParams
  /** ISO 8601. Past this the page asks again. */
  holds_until: string
  now: string
}

/** Body of `POST /links/{id}/settle`. Without `imp_uid` the edge looks the order up at i'mport. */
export interface SettleRequest {
  imp_uid?: string | undefined
  /** As in `CheckoutRequest`. */
  visitor?: string | undefined
}

interface Unsettled {
  /**
   * An approval may still follow, through this attempt or another window of the order: nothing was charged so
   * far, and the page asks again. Without it upstream has decided: nothing was charged.
   */
  so_far?: true
}

/** What became of the attempt that a settle asked about. */
export type Attempt =
  /** It paid the link. */
  | { outcome: 'paid' }
  /** It issued the virtual account of the link. */
  | { outcome: 'awaiting_deposit' }
  /** The gateway refused it: no money moved. */
  | ({ outcome: 'declined' } & Unsettled)
  /** The customer left the window: no money moved. */
  | ({ outcome: 'cancelled' } & Unsettled)
  /** i'mport knows of no payment for this order. */
  | ({ outcome: 'none' } & Unsettled)
  /** It was given back in full. */
  | { outcome: 'refunded' }
  /** A window was opened for it, and nothing has been approved so far. */
  | ({ outcome: 'started' } & Unsettled)
  /** i'mport has not decided yet, or says something that nobody knows here. */
  | { outcome: 'pending' }
  /** Money came that this link cannot keep; `returned` says that i'mport confirmed the cancellation. */
  | {
      outcome: 'rejected'
      why: 'amount' | 'currency' | 'second_payment'
      amount: number
      currency: CurrencyCode | string
      returned: boolean
    }
  /** It came through no window of this order, and is left alone; `same`: it is of exactly the link's money. */
  | ({ outcome: 'foreign'; same: boolean } & Unsettled)
  /** It is none of this link's business. */
  | ({ outcome: 'ignored' } & Unsettled)

/** Answer of `POST /links/{id}/settle`: the new view, and what became of this attempt. */
export type Settled = LinkView & { attempt: Attempt }

/** Every refusal of the page's own endpoints. */
export type PageFailure =
  | { reason: 'not_found' }
  | { reason: 'bad_request'; message: string; errors?: { path: string; message: string }[] }
  /** The link is not open; `view` says what it is instead. 409. */
  | { reason: 'not_open'; view: LinkView }
  | { reason: 'too_many_requests'; retry_after: number }
  /** i'mport did not answer in time or not sensibly. 503. */
  | { reason: 'upstream_unavailable' }
  /** i'mport refused to register the amount. 502. */
  | { reason: 'upstream_refused' }
  /** The edge cannot reach its database: what was asked may or may not have been done. 503. */
  | { reason: 'unavailable'; retry_after: number }
  | { reason: 'internal' }
