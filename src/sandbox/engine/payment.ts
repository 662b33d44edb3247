import type { Channel } from './channels.ts'
import type { Order } from './order.ts'
import type { Device } from './window-modes.ts'

export const statuses = ['ready', 'paid', 'cancelled', 'failed'] as const
export type Status = (typeof statuses)[number]

export interface Cancellation {
  pg_tid: string
  amount: number
  cancelled_at: number
  reason: string
  cancellation_id: string
  receipt_url: string | null
}

/** A payment as REST returns it. Times are unix seconds, 0 if the event has not happened. */
export interface Payment {
  imp_uid: string
  merchant_uid: string
  pay_method: string
  channel: Device | 'api'
  pg_provider: string
  emb_pg_provider: string | null
  pg_tid: string | null
  pg_id: string
  sandbox: true
  escrow: boolean
  apply_num: string | null
  bank_code: string | null
  bank_name: string | null
  card_code: string | null
  card_name: string | null
  card_issuer_code: string | null
  card_issuer_name: string | null
  card_publisher_code: string | null
  card_publisher_name: string | null
  card_quota: number
  card_number: string | null
  card_type: number | null
  vbank_code: string | null
  vbank_name: string | null
  vbank_num: string | null
  vbank_holder: string | null
  vbank_date: number
  vbank_issued_at: number
  name: string | null
  amount: number
  cancel_amount: number
  currency: string
  buyer_name: string | null
  buyer_email: string | null
  buyer_tel: string | null
  buyer_addr: string | null
  buyer_postcode: string | null
  custom_data: string | null
  user_agent: string
  status: Status
  started_at: number
  paid_at: number
  failed_at: number
  cancelled_at: number
  fail_reason: string | null
  cancel_reason: string | null
  receipt_url: string | null
  cancel_history: Cancellation[]
  deposit_history: never[]
  cancel_receipt_urls: string[]
  cash_receipt_issued: boolean
  customer_uid: string | null
  customer_uid_usage: string | null
  promotion: null
}

export interface StartPaymentInput {
  imp_uid: string
  channel: Channel
  device: Device | 'api'
  userAgent: string
  now: number
}

export const unixSeconds = (ms: number): number => Math.floor(ms / 1000)

const emptyFields = {
  emb_pg_provider: null,
  pg_tid: null,
  apply_num: null,
  bank_code: null,
  bank_name: null,
  card_code: null,
  card_name: null,
  card_issuer_code: null,
  card_issuer_name: null,
  card_publisher_code: null,
  card_publisher_name: null,
  card_quota: 0,
  card_number: null,
  card_type: null,
  vbank_code: null,
  vbank_name: null,
  vbank_num: null,
  vbank_holder: null,
  vbank_date: 0,
  vbank_issued_at: 0,
  cancel_amount: 0,
  paid_at: 0,
  failed_at: 0,
  cancelled_at: 0,
  fail_reason: null,
  cancel_reason: null,
  receipt_url: null,
  cash_receipt_issued: false,
  customer_uid_usage: null,
  promotion: null,
} as const

/** As upstream, an open window is already `ready`, even before a virtual account is issued. */
export function startPayment(order: Order, input: StartPaymentInput): Payment {
  return {
    ...emptyFields,
    cancel_history: [],
    deposit_history: [],
    cancel_receipt_urls: [],
    imp_uid: input.imp_uid,
    merchant_uid: order.merchant_uid,
    pay_method: order.pay_method,
    channel: input.device,
    pg_provider: input.channel.pg_provider,
    pg_id: input.channel.pg_id,
    sandbox: true,
    escrow: order.escrow,
    name: order.name,
    amount: order.amount,
    currency: order.currency,
    buyer_name: order.buyer_name,
    buyer_email: order.buyer_email,
    buyer_tel: order.buyer_tel,
    buyer_addr: order.buyer_addr,
    buyer_postcode: order.buyer_postcode,
    custom_data: order.custom_data,
    customer_uid: order.customer_uid,
    user_agent: input.userAgent,
    status: 'ready',
    started_at: unixSeconds(input.now),
  }
}
