// One payment attempt: what i'mport reports, and what really happened.
import type { Window } from './windows.ts'

/** Response of i'mport's REST API. */
export interface Payment {
  imp_uid: string
  merchant_uid: string
  /** `pending` is not a documented status: it stands for any that i'mport may add. */
  status: 'ready' | 'pending' | 'paid' | 'failed' | 'cancelled'
  name: string | null
  custom_data: string | null
  channel: 'pc' | 'mobile' | 'api'
  amount: number
  cancel_amount: number
  currency: string
  sandbox: boolean
  pay_method: string
  pg_provider: string
  pg_id: string
  /** Unix seconds of i'mport's clock, 0 for none. */
  started_at: number
  paid_at: number
  cancelled_at: number
  vbank_num: string | null
  vbank_name: string | null
  vbank_date: number
  vbank_issued_at: number
  fail_reason: string | null
}

/** Times in unix milliseconds of the edge's clock. */
export interface Attempt {
  payment: Payment
  /** The payment before each change. */
  past: Payment[]
  /** imp_key of the store. */
  store: string
  /** Undefined for a payment that did not come through Dari's windows. */
  window: Window | undefined
  startedAt: number
  startedIn: number
  approved: { at: number; scene: number } | undefined
  /** Scene in which i'mport reported a failure, which it may revise. */
  failedIn: number | undefined
  /** Scene in which a virtual account was issued. */
  accountIn: number | undefined
  refundedAt: number | undefined
}

/** The amount that the merchant has: paid minus refunded. */
export const moneyIn = ({ payment: { paid_at, amount, cancel_amount } }: Attempt): number =>
  paid_at > 0 ? amount - cancel_amount : 0
