// What batches decide on, by name: a database that runs batches side by side runs those that share a name one after
// the other. An order's links are decided on together, and so are a payment and whatever keeps or rejects it.
import type { Link, Order } from '../../domain/links/link.ts'

export const orderLock = ({ user_code, tier, merchant_uid }: Order) =>
  `order ${JSON.stringify([user_code, tier, merchant_uid])}`

/** Its windows, and what i'mport is asked about it. */
export const linkLock = (linkId: string) => `link ${linkId}`

export const paymentLock = (impUid: string) => `payment ${impUid}`

/** The name that a link registers a card under; one open link has it. */
export const cardLock = ({ user_code, tier, registration }: Link) =>
  registration ? [`card ${JSON.stringify([user_code, tier, registration.customer_uid])}`] : []

/** The last part of a URL, which one link has whatever its case. */
export const refLock = (ref: string | null | undefined) => (ref ? [`ref ${ref.toLowerCase()}`] : [])
