// Additional stored data of links created by the PortOne API.
import type { Party, SumLine } from '../../../contract/links/link-extras.ts'

/** One entry of `chosen_payment_methods`. */
export interface ChosenMethod {
  payment_channel: string
  payment_method: string
}

/** The merchant's data, kept as long as the link. */
export interface PortoneDetails {
  environment: 'sandbox' | 'live'
  source: string | null
  description: string | null
  country_code: string | null
  seller: {
    name: string | null
    /** As requested; the page never loads it. */
    logo_url: string | null
    /** Id of the edge's copy, which the page shows. */
    logo_id: string | null
  }
  /** Breakdown of the amount; may be empty. */
  lines: SumLine[]
  show_shipping_details: boolean
  embed: boolean
  back_url: string | null
  success_url: string
  failure_url: string
  pending_url: string | null
  /** By the key of the link's method. */
  chosen: Record<string, ChosenMethod>
  /** Channels on which the customer receives messages. */
  notify: { email: boolean; phone: boolean }
}

/** Personal data of the customer, erased RETENTION_DAYS after the link's end. */
export interface PortoneBuyer {
  customer: Party | null
  billing: PortoneParty | null
  shipping: PortoneParty | null
  notes: { key: string; value: string }[]
}

export interface PortoneParty {
  name?: string
  email?: string
  phone?: string
  address?: PortoneAddress
}

export interface PortoneAddress {
  line_1?: string
  line_2?: string
  city?: string
  state?: string
  postal_code?: string
  country_code?: string
  locale?: string
}

export interface PortoneLink {
  link_id: string
  /** The merchant's own last part of the URL. */
  ref: string | null
  details: PortoneDetails
  /** Null: erased. */
  buyer: PortoneBuyer | null
}
