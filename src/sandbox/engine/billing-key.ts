import type { MaskedCard } from './billing-card.ts'
import type { Channel } from './channels.ts'
import { unixSeconds } from './payment.ts'

export interface BillingKey {
  customer: Customer
  /** Set for the test card whose payments are declined. */
  hasInsufficientFunds: boolean
}

/** A billing key as REST returns it. Times are unix seconds. */
export interface Customer extends MaskedCard {
  customer_uid: string
  pg_provider: string
  pg_id: string
  sandbox: true
  customer_id: string | null
  customer_name: string | null
  customer_tel: string | null
  customer_email: string | null
  customer_addr: string | null
  customer_postcode: string | null
  inserted: number
  updated: number
}

export interface Holder {
  id?: string | null | undefined
  name?: string | null | undefined
  tel?: string | null | undefined
  email?: string | null | undefined
  addr?: string | null | undefined
  postcode?: string | null | undefined
}

interface IssueInput {
  customer_uid: string
  channel: Channel
  card: MaskedCard
  holder: Holder
  hasInsufficientFunds: boolean
  now: number
}

const maxKeys = 10_000

/** Stores a key under `customer_uid`. As upstream, an existing key is replaced silently. */
export function issueBillingKey(keys: Map<string, BillingKey>, input: IssueInput): Customer {
  const { customer_uid, channel, card, holder, hasInsufficientFunds, now } = input
  const at = unixSeconds(now)
  const customer: Customer = {
    ...card,
    customer_uid,
    pg_provider: channel.pg_provider,
    pg_id: channel.pg_id,
    sandbox: true,
    customer_id: holder.id ?? null,
    customer_name: holder.name ?? null,
    customer_tel: holder.tel ?? null,
    customer_email: holder.email ?? null,
    customer_addr: holder.addr ?? null,
    customer_postcode: holder.postcode ?? null,
    inserted: keys.get(customer_uid)?.customer.inserted ?? at,
    updated: at,
  }
  keys.set(customer_uid, { customer, hasInsufficientFunds })
  const [oldest] = keys.keys()
  if (keys.size > maxKeys && oldest !== undefined) keys.delete(oldest)
  return customer
}
