// What the page knows of a link that registers a card. Such a link has a document of its own, and its
// views a status of their own while it is open: a page that was made for bills alone shows it to nobody.
import type { Attempt } from '../links/checkout.ts'
import type { Bill, LinkView, Method, Receipt, Sdk } from '../links/link-view.ts'

/** What the customer agrees to, in every view of such a link. `amount` of the bill is charged with it. */
export interface CardTerms {
  /** A card that the seller has of this customer under the same name is replaced. */
  replaces?: true
  /** The card is typed into this page; without, into the gateway's own window. */
  form?: CardForm
  /** Whether a card was registered is being asked: nothing is to be said of it. */
  asking?: true
}

export interface CardForm {
  /** Of the merchant, both to be agreed to before anything is sent. */
  terms_url: string
  privacy_url: string
}

/** Open: a card can be registered. */
export interface RegisteringLink extends Bill {
  status: 'registering'
  card: CardTerms
  methods: Method[]
  direct: boolean
  /** For the gateway's window; a link with a form of its own loads nobody's script. */
  sdk?: Sdk
  busy?: boolean
  /** As of an open bill. */
  paid_elsewhere?: true
}

export interface RegisteredLink extends Bill {
  status: 'registered'
  card: CardTerms
  registered_at: string
  /** The card's company as i'mport names it. */
  card_name: string | null
  /** The seller had it deleted since then. */
  deleted_at: string | null
  /** Of what was charged with it. */
  receipt: Receipt | null
}

type Ended = Exclude<LinkView, { status: 'open' }>

export type CardView = RegisteringLink | RegisteredLink | (Ended & { card: CardTerms })

export const isCardView = (view: LinkView | CardView): view is CardView => 'card' in view

/** What became of an attempt; more than at a bill's. */
export type CardAttempt =
  | Attempt
  /** i'mport holds a card under the link's name that was not there before. */
  | { outcome: 'registered' }
  /** The card company refused it; `said` is the gateway's reason, without a digit of the card. */
  | { outcome: 'declined'; said?: string }

/** Body of `POST /links/{id}/card`. Nothing of it is kept. */
export interface CardRequest {
  /** Digits only. */
  number: string
  /** `YYYY-MM` */
  expiry: string
  /** `YYMMDD`, or the ten digits of a company's business registration number. */
  birth: string
  /** The first two digits. */
  password: string
  /** That terms and privacy policy were agreed to, each. */
  terms: boolean
  privacy: boolean
}

/** Refusals that only these links know, besides those of `PageFailure`. */
export type CardFailure =
  /** The seller has a card of this customer already, and the link does not replace it. 409. */
  | { reason: 'card_exists' }
  /** A card is being registered at this moment, or it is not known yet what became of it. 409. */
  | { reason: 'card_busy' }
  /** As of any link. 409. */
  | { reason: 'not_open'; view: LinkView | CardView }
