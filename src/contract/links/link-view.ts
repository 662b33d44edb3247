// What the page knows of a link: `GET /links/{id}`. Never buyer data, `custom_data` or `notice_url`:
// whoever holds the URL can read this.

import type { Language } from '../language.ts'
import type { CurrencyCode } from '../money/currency.ts'
import type { LinkExtras } from './link-extras.ts'

/** A label as the merchant wrote it: one text for both languages, or one for each. */
export type Label = string | { ko: string; en: string }

export interface Method {
  /** Names the method within its link; what `checkout` is asked with. */
  key: string
  label: Label
  /** i'mport's code (`card`, `vbank`, ...). */
  pay_method: string
  /** The gateway's code without its merchant id (`kakaopay`), where the link names one. */
  provider?: string
}

/** What every view says, whatever became of the link. Times are ISO 8601 in UTC. */
export interface Bill {
  id: string
  /** Heading of the page. */
  title: string
  /** What is paid for. */
  name: string
  /** The merchant's order number. */
  merchant_uid: string
  /** In the currency's minor unit. */
  amount: number
  currency: CurrencyCode
  /** The tax-free part of `amount`, in the minor unit. */
  tax_free?: number
  /** Who gets the money and how to reach them, as far as the operator says so. */
  merchant: { name?: Label; contact?: string }
  /** Language that the merchant asked the page to open in. */
  display_language: Language | null
  languages: readonly Language[]
  expires_at: string
  /** The edge's clock. Countdowns start from here, not from the device's clock. */
  now: string
  /** Only for links that show more than a bill. */
  extras?: LinkExtras
}

/** What starts the payment SDK. */
export interface Sdk {
  /** Its address, relative to the edge where it begins with `/`. */
  url: string
  user_code: string
  /** Where it is going to ask for the merchant's channels, in the same way. */
  channels_url?: string
  tier?: string
}

export interface OpenLink extends Bill {
  status: 'open'
  methods: Method[]
  /** No choice is offered: the one method opens by itself where it can. */
  direct: boolean
  /** What `IMP.init` and `IMP.agency` need before the first press. */
  sdk: Sdk
  /** Somebody else was allowed to open a payment window a moment ago, and it may still be open. */
  busy?: boolean
  /**
   * The order seems to be paid already, by a payment of the same money that came through no window of this
   * link: no window opens, and the customer is sent to the seller.
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
  /** Given back so far, in the minor unit; above 0 after a partial cancel. */
  returned: number
}

interface Unsettled {
  /** A payment may be under way, begun while the link was open: only settling tells whether money moved. */
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
 * The view in an answer of the edge, or nothing where the page does not understand it.
 * Nothing is never taken for success: the page goes on waiting.
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
