// The stored link. The page sees a part of it (contract/links/link-view.ts).

import type { Language } from '../../../contract/language.ts'
import type { Method } from '../../../contract/links/link-view.ts'
import type { CurrencyCode } from '../../../contract/money/currency.ts'

/** `expired` is derived from the clock and never stored. */
export type StoredStatus = 'open' | 'awaiting_deposit' | 'paid' | 'refunded' | 'disabled'

/** A method with its gateway, which customers do not see; without both fields, the store's default channel. */
export interface LinkMethod extends Method {
  pg?: string
  channelKey?: string
}

export interface Buyer {
  name: string | null
  tel: string | null
  addr: string | null
  email: string | null
  postcode: string | null
}

/** Makes a link register a card. The link's `amount`, which may be 0, is charged with the registration. */
export interface RegistrationRequest {
  /** The card's billing key at i'mport, chosen by the merchant. */
  customer_uid: string
  /** The merchant's customer id, which some gateways require. */
  customer_id: string | null
  /** Allows replacing an existing card of that billing key. */
  replace: boolean
  /** The customer types the card into our page instead of the gateway's window. */
  form: boolean
}

export interface Registration extends RegistrationRequest {
  /** Fingerprint of i'mport's billing key before the first checkout; null: no checkout yet. */
  before: string | null
  /** Lease of a card submission. In the past: its result is unknown. Null: none is in flight. */
  calling_until: number | null
  registered_at: number | null
  /** Registered after the link had ended. */
  late: boolean
  /** The card's company. */
  card_name: string | null
  /** When the merchant deleted the card. */
  deleted_at: number | null
}

/** The merchant's request, normalised. Requests with equal content are idempotent. */
export interface LinkContent {
  user_code: string
  /** Empty: the merchant itself. */
  tier: string
  merchant_uid: string
  title: string
  name: string
  /** In the minor unit, as every amount here. */
  amount: number
  currency: CurrencyCode
  tax_free: number | null
  /** Language of the payment window. */
  language: 'ko' | 'en' | 'zh' | null
  display_language: Language | null
  buyer: Buyer
  /** JSON text. */
  custom_data: string | null
  notice_url: string | null
  methods: LinkMethod[]
  direct: boolean
  /** Unix milliseconds, as every time here. */
  expires_at: number
  registration?: RegistrationRequest
}

/** Whether the link lists the payment's gateway; `unknown` if the link uses a channel key or the default channel. */
export type GatewayCheck = 'listed' | 'unlisted' | 'unknown'

export interface VirtualAccount {
  bank: string
  account: string
  holder: string | null
  due_at: number | null
}

/** The payment behind the link's status. */
export interface LinkPayment {
  imp_uid: string
  pay_method: string | null
  method_key: string | null
  gateway: GatewayCheck
  /** Approved after the link had ended. */
  late: boolean
  paid_at: number | null
  /** Refunded so far. */
  returned: number
  receipt_url: string | null
  deposit: VirtualAccount | null
}

export interface Link extends LinkContent {
  id: string
  status: StoredStatus
  /** Version for conditional writes: changes with every write to the link. */
  move_id: string
  content_hash: string
  created_at: number
  /** When it was disabled or refunded. */
  ended_at: number | null
  payment: LinkPayment | null
  /** A foreign payment has exactly this link's amount and currency, and is not refunded. */
  paid_elsewhere?: true
  /** Created by the PortOne API, with further data (portone-link.ts). */
  global?: true
  registration?: Registration
}

/** An order of a merchant, which may have had several links. */
export interface Order {
  user_code: string
  tier: string
  merchant_uid: string
}

/** A link in relation to the others of its order. */
export interface Sibling {
  link: Link
  /** The latest link of the order. */
  current: boolean
  /** When a newer link replaced it, in unix milliseconds; null: never. */
  supersededAt: number | null
}
