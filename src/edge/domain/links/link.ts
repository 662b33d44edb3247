// A link as the edge knows it. The page sees a part of it (contract/link-view.ts).

import type { Language } from '../../../contract/language.ts'
import type { Method } from '../../../contract/links/link-view.ts'
import type { CurrencyCode } from '../../../contract/money/currency.ts'

/** What is stored. `expired` is derived from the clock, never stored. */
export type StoredStatus = 'open' | 'awaiting_deposit' | 'paid' | 'refunded' | 'disabled'

/** A method with the gateway that the customer never sees; without either, it is the store's first channel. */
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

/** A link with it registers a card; its `amount` may be 0, and is charged with the registration. */
export interface RegistrationRequest {
  /** The merchant's name for the card at i'mport. */
  customer_uid: string
  /** The merchant's name for the customer, where the gateway wants one. */
  customer_id: string | null
  /** A card that is there under this name may be replaced. */
  replace: boolean
  /** The card is typed into our page, not into a gateway's window. */
  form: boolean
}

export interface Registration extends RegistrationRequest {
  /** What i'mport held under the name before anybody was let in (`markOf`); null: nobody was yet. */
  before: string | null
  /** Until then a card may be on its way to i'mport; in the past: what became of it is not known; null: none is. */
  calling_until: number | null
  registered_at: number | null
  /** Registered after the link had ended. */
  late: boolean
  /** The card's company. */
  card_name: string | null
  /** When the merchant had it deleted. */
  deleted_at: number | null
}

/** What the merchant posted, normalised. Two posts with equal content are the same wish. */
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
  /** Language of the gateway's window. */
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

/** `unknown`: neither a channel key nor its absence tells which gateway it is. */
export type GatewayCheck = 'listed' | 'unlisted' | 'unknown'

export interface VirtualAccount {
  bank: string
  account: string
  holder: string | null
  due_at: number | null
}

/** The payment that the link's status speaks of. */
export interface LinkPayment {
  imp_uid: string
  pay_method: string | null
  method_key: string | null
  gateway: GatewayCheck
  /** Approved after the link had ended. */
  late: boolean
  paid_at: number | null
  /** Given back so far. */
  returned: number
  receipt_url: string | null
  deposit: VirtualAccount | null
}

export interface Link extends LinkContent {
  id: string
  status: StoredStatus
  /** Changes with every write to the link: who read an older one has lost the race. */
  move_id: string
  content_hash: string
  created_at: number
  /** When it was disabled or refunded. */
  ended_at: number | null
  payment: LinkPayment | null
  /** A foreign payment is of exactly this link's money, and has not been given back. */
  paid_elsewhere?: true
  /** The global API made it: there is more of it (global/global-link.ts). */
  global?: true
  registration?: Registration
}

/** One order of a merchant, which may have had several links. */
export interface Order {
  user_code: string
  tier: string
  merchant_uid: string
}

/** A link beside the others of its order. */
export interface Sibling {
  link: Link
  /** The latest link of the order. */
  current: boolean
  /** When a newer link took its place, in unix milliseconds; null: none did. */
  supersededAt: number | null
}
