// Lock keys of batches. A database that runs batches concurrently serialises those that share a key.
import type { Link, Order } from '../../domain/links/link.ts'

export const orderLock = ({ user_code, tier, merchant_uid }: Order) =>
  `order ${JSON.stringify([user_code, tier, merchant_uid])}`

/** For the link's checkouts and inquiry. */
export const linkLock = (linkId: string) => `link ${linkId}`

export const paymentLock = (impUid: string) => `payment ${impUid}`

/** For the `customer_uid` of a registration, which only one open link may use. */
export const cardLock = ({ user_code, tier, registration }: Link) =>
  registration ? [`card ${JSON.stringify([user_code, tier, registration.customer_uid])}`] : []

/** For the reference in a link's URL, which is unique regardless of case. */
export const refLock = (ref: string | null | undefined) => (ref ? [`ref ${ref.toLowerCase()}`] : [])
