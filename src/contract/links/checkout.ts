import type { Language } from '../language.ts'
import type { CurrencyCode } from '../money/currency.ts'
import type { LinkView } from './link-view.ts'
import type { RequestPayParams } from './request-pay.ts'

/** Body of `POST /links/{id}/checkout`. */
export interface CheckoutRequest {
  /** Key of one of the link's methods. */
  method: string
  /** Language of the gateway's window, unless the link sets one. */
  language: Language
  /** Random tab ID, up to 64 letters and digits; identifies whose window it is. */
  visitor?: string | undefined
}

/** Permission to open the payment window for one method. */
export interface Checkout {
  /** Passed to `IMP.request_pay` unchanged. */
  params: RequestPayParams
  /** ISO 8601. The page requests a new permission after that. */
  holds_until: string
  now: string
}

/** Body of `POST /links/{id}/settle`. Without `imp_uid` the edge looks up the order at i'mport. */
export interface SettleRequest {
  imp_uid?: string | undefined
  /** As in `CheckoutRequest`. */
  visitor?: string | undefined
}

interface Unsettled {
  /**
   * Nothing was charged so far, but an approval may still follow from this or another window of the order; the page
   * asks again. Absent: upstream has decided that nothing was charged.
   */
  so_far?: true
}

/** Result of the attempt that a settle asked about. */
export type Attempt =
  /** This attempt paid the link. */
  | { outcome: 'paid' }
  /** A virtual account was issued. */
  | { outcome: 'awaiting_deposit' }
  /** Declined by the gateway; no money moved. */
  | ({ outcome: 'declined' } & Unsettled)
  /** The customer left the window; no money moved. */
  | ({ outcome: 'cancelled' } & Unsettled)
  /** i'mport knows no payment for this order. */
  | ({ outcome: 'none' } & Unsettled)
  /** Refunded in full. */
  | { outcome: 'refunded' }
  /** A window was opened; nothing has been approved so far. */
  | ({ outcome: 'started' } & Unsettled)
  /** i'mport has not decided, or returned an unknown status. */
  | { outcome: 'pending' }
  /** The link cannot keep the money; `returned` means that i'mport confirmed the cancellation. */
  | {
      outcome: 'rejected'
      why: 'amount' | 'currency' | 'second_payment'
      amount: number
      currency: CurrencyCode | string
      returned: boolean
    }
  /** Paid through no window of this order, so left alone; `same`: amount and currency match the link. */
  | ({ outcome: 'foreign'; same: boolean } & Unsettled)
  /** Unrelated to this link. */
  | ({ outcome: 'ignored' } & Unsettled)

/** Response of `POST /links/{id}/settle`: the new view and the result of the attempt. */
export type SettleResult = LinkView & { attempt: Attempt }

/** Refusals of the page's endpoints. */
export type PageFailure =
  | { reason: 'not_found' }
  | { reason: 'bad_request'; message: string; errors?: { path: string; message: string }[] }
  /** 409: the link is not open; `view` has its status. */
  | { reason: 'not_open'; view: LinkView }
  | { reason: 'too_many_requests'; retry_after: number }
  /** 503: i'mport did not answer in time, or not with a valid response. */
  | { reason: 'upstream_unavailable' }
  /** 502: i'mport refused to register the amount. */
  | { reason: 'upstream_refused' }
  /** 503: the database is unavailable; the request may or may not have been carried out. */
  | { reason: 'unavailable'; retry_after: number }
  | { reason: 'internal' }
