// The page's view of a link that registers a card. While such a link is open its view has a status of its own, so a
// page built only for bills cannot show it.
import type { Attempt } from '../links/checkout.ts'
import type { Bill, LinkView, Method, Receipt, Sdk } from '../links/link-view.ts'

/** What the customer agrees to. The bill's `amount` is charged on registration. */
export interface CardTerms {
  /** Replaces the card that the seller has of this customer under the same name. */
  replaces?: true
  /** Present: the customer types the card into this page. Absent: the gateway's window asks for it. */
  form?: CardForm
  /** The edge is still asking whether a card was registered, so the page must not claim either. */
  asking?: true
}

export interface CardForm {
  /** The merchant's documents; the customer agrees to both before anything is sent. */
  terms_url: string
  privacy_url: string
}

/** A card can be registered. */
export interface RegisteringLink extends Bill {
  status: 'registering'
  card: CardTerms
  methods: Method[]
  direct: boolean
  /** For the gateway's window. Links with a card form load no third-party script. */
  sdk?: Sdk
  busy?: boolean
  /** As in `OpenLink`. */
  paid_elsewhere?: true
}

export interface RegisteredLink extends Bill {
  status: 'registered'
  card: CardTerms
  registered_at: string
  /** Card company, as i'mport names it. */
  card_name: string | null
  /** When the seller deleted the card. */
  deleted_at: string | null
  /** Receipt of the charge, if there was one. */
  receipt: Receipt | null
}

type Ended = Exclude<LinkView, { status: 'open' }>

export type CardView = RegisteringLink | RegisteredLink | (Ended & { card: CardTerms })

export const isCardView = (view: LinkView | CardView): view is CardView => 'card' in view

/** Result of a registration attempt; extends the results of a payment. */
export type CardAttempt =
  | Attempt
  /** i'mport now holds a card under the link's name that was not there before. */
  | { outcome: 'registered' }
  /** Declined by the card company; `said` is the gateway's reason, without card digits. */
  | { outcome: 'declined'; said?: string }

/** Body of `POST /links/{id}/card`. The edge stores none of it. */
export interface CardRequest {
  /** Digits only. */
  number: string
  /** `YYYY-MM` */
  expiry: string
  /** `YYMMDD`, or a ten-digit business registration number. */
  birth: string
  /** First two digits. */
  password: string
  /** Consent to the terms; `privacy` to the privacy policy. */
  terms: boolean
  privacy: boolean
}

/** Refusals besides those of `PageFailure`. */
export type CardFailure =
  /** 409: the seller already has a card of this customer, and the link does not replace it. */
  | { reason: 'card_exists' }
  /** 409: a registration is in progress or its result is unknown. */
  | { reason: 'card_busy' }
  /** 409, as for any link. */
  | { reason: 'not_open'; view: LinkView | CardView }
