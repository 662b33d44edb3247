// The page's view of a link: `GET /links/{id}`. Never contains buyer data, `custom_data` or `notice_url`, because
// anyone with the URL can read it.

import type { Language } from '../language.ts'
import type { CurrencyCode } from '../money/currency.ts'
import type { LinkExtras } from './link-extras.ts'

/** The merchant's label: one text for both languages, or one for each. */
export type Label = string | { ko: string; en: string }

export interface Method {
  /** Identifies the method within its link; sent to `checkout`. */
  key: string
  label: Label
  /** i'mport's code (`card`, `vbank`, ...). */
  pay_method: string
  /** Gateway code without its merchant ID (`kakaopay`), if the link names one. */
  provider?: string
}

/** Fields of every view. Times are ISO 8601 in UTC. */
export interface Bill {
  id: string
  title: string
  /** Name of the order. */
  name: string
  merchant_uid: string
  /** In the currency's minor unit. */
  amount: number
  currency: CurrencyCode
  /** Tax-free part of `amount`, in the minor unit. */
  tax_free?: number
  /** Seller's name and contact, if the operator configured them. */
  merchant: { name?: Label; contact?: string }
  /** Language that the merchant requested. */
  display_language: Language | null
  languages: readonly Language[]
  expires_at: string
  /** The edge's clock. Countdowns use it instead of the device's clock. */
  now: string
  /** Only for links created through the global API. */
  extras?: LinkExtras
}

/** Input of the payment SDK. */
export interface Sdk {
  /** URL of the script; relative to the edge if it begins with `/`. */
  url: string
  user_code: string
  /** URL from which the SDK loads the merchant's channels; relative like `url`. */
  channels_url?: string
  tier?: string
}

export interface OpenLink extends Bill {
  status: 'open'
  methods: Method[]
  /** No choice of methods: the only method opens by itself where the browser allows it. */
  direct: boolean
  sdk: Sdk
  /** A payment window was permitted to another tab recently and may still be open. */
  busy?: boolean
  /**
   * A payment of the same amount exists that came through no window of this link. No window opens; the customer is
   * asked to contact the seller.
   */
  paid_elsewhere?: true
}

export interface Deposit {
  bank: string
  account: string
  holder: string | null
  due_at: string | null
}

export interface Receipt {
  paid_at: string
  method: Label | null
  pay_method: string | null
  receipt_url: string | null
  /** Refunded so far, in the minor unit; above 0 after a partial cancellation. */
  returned: number
}

interface Unsettled {
  /** A payment started while the link was open and may be in progress; only settling tells whether money moved. */
  unsettled?: true
}

export type LinkView =
  | OpenLink
  | (Bill & { status: 'awaiting_deposit'; deposit: Deposit })
  | (Bill & { status: 'paid'; receipt: Receipt })
  | (Bill & { status: 'refunded'; refunded_at: string })
  | (Bill & Unsettled & { status: 'disabled'; ended_at: string })
  | (Bill & Unsettled & { status: 'expired' })

export type LinkStatus = LinkView['status']

export type ViewOf<Status extends LinkStatus> = Extract<LinkView, { status: Status }>

const statuses: readonly string[] = [
  'open',
  'awaiting_deposit',
  'paid',
  'refunded',
  'disabled',
  'expired',
] satisfies LinkStatus[]

/**
 * Parses a view. Undefined if the page does not understand it: the page then keeps waiting and never assumes
 * success.
 */
export function parseLinkView(input: unknown): LinkView | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  const view = input as Record<string, unknown>
  const understood =
    typeof view.status === 'string' &&
    statuses.includes(view.status) &&
    typeof view.id === 'string' &&
    Number.isSafeInteger(view.amount) &&
    typeof view.currency === 'string' &&
    typeof view.now === 'string' &&
    (view.status !== 'open' || Array.isArray(view.methods)) &&
    (view.status !== 'paid' || typeof view.receipt === 'object') &&
    (view.status !== 'awaiting_deposit' || typeof view.deposit === 'object')
  return understood ? (input as LinkView) : undefined
}
