import type { MaskedCard } from './billing-card.ts'
import type { Channel } from './channels.ts'
import { unixSeconds } from './payment.ts'

/** A billing key as REST tells of it, and whether the card behind it has money. */
export interface BillingKey {
  customer: Customer
  /** A test card that registers and is then refused. */
  isEmpty: boolean
}

/** Times are unix seconds. */
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

interface Issue {
  customer_uid: string
  channel: Channel
  card: MaskedCard
  holder: Holder
  isEmpty: boolean
  now: number
}

const newest = 10_000

/**
 * Keeps a key under the merchant's name for it. As upstream warns, one that is there already is
 * replaced without a word: the card before is gone.
 */
export function issueKey(keys: Map<string, BillingKey>, issue: Issue): Customer {
  const { customer_uid, channel, card, holder, isEmpty, now } = issue
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
  keys.set(customer_uid, { customer, isEmpty })
  const [oldest] = keys.keys()
  if (keys.size > newest && oldest !== undefined) keys.delete(oldest)
  return customer
}
