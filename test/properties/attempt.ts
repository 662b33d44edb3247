// One attempt to pay, as upstream answers it and as it really was.
import type { Window } from './windows.ts'

/** The answer of upstream's REST API. */
export interface Payment {
  imp_uid: string
  merchant_uid: string
  /** `pending` is no word of upstream's documents: it stands for all that may be added. */
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
  /** Unix seconds of upstream's clock, 0 where it means nothing. */
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
  /** What it was before each of its changes. */
  past: Payment[]
  /** imp_key of the store. */
  store: string
  /** Undefined: it came through no window of Dari's. */
  window: Window | undefined
  startedAt: number
  startedIn: number
  approved: { at: number; scene: number } | undefined
  /** Upstream called it failed, and may change its mind. */
  failedIn: number | undefined
  /** An account was issued, for the customer to pay into. */
  accountIn: number | undefined
  refundedAt: number | undefined
}

/** What is left of the money with the merchant. */
export const moneyIn = ({ payment: { paid_at, amount, cancel_amount } }: Attempt): number =>
  paid_at > 0 ? amount - cancel_amount : 0
