// Pure: the people of a request, as they are kept, and as i'mport's payment window takes its buyer.
import type { Party } from '../../../contract/links/link-extras.ts'
import type { Buyer } from '../../domain/links/link.ts'
import type { PortoneBuyer, PortoneParty } from '../../domain/links/portone-link.ts'
import { addressLines } from '../../features/page-view/describe-extras.ts'
import type { PortoneLinkFields } from './request.ts'

export function readPeople(fields: Partial<PortoneLinkFields>): PortoneBuyer {
  const { customer_details, billing_details: bill, shipping_details: ship, notes = [] } = fields
  return {
    customer: said({
      name: customer_details?.name,
      email: customer_details?.email_address,
      phone: customer_details?.phone_number,
    }),
    billing: said({
      name: bill?.billing_name,
      email: bill?.billing_email,
      phone: bill?.billing_phone,
      address: bill?.billing_address && said(bill.billing_address),
    }),
    shipping: said({
      name: ship?.shipping_name,
      email: ship?.shipping_email,
      phone: ship?.shipping_phone,
      address: ship?.shipping_address && said(ship.shipping_address),
    }),
    notes: notes.flatMap(({ key, value }) => (value === undefined ? [] : [{ key, value }])),
  }
}

type Said<Fields> = { [Key in keyof Fields]?: NonNullable<Fields[Key]> }

/** Null where nothing is said. */
function said<Fields extends object>(fields: Fields): Said<Fields> | null {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
  return entries.length > 0 ? (Object.fromEntries(entries) as Said<Fields>) : null
}

/**
 * i'mport's columns are narrower than upstream's (buyer_name 16, tel 16, addr 128, email 64, postcode 8). A name
 * or an address that is cut still tells whose it is; half an e-mail address or number is wrong, so it is left out.
 */
export function windowBuyer({ customer, billing }: PortoneBuyer): Buyer {
  const either = (of: (person: Party | PortoneParty) => string | undefined) =>
    (customer && of(customer)) ?? (billing && of(billing as Party)) ?? null
  const cut = (text: string | null, most: number) => text && [...text].slice(0, most).join('')
  const whole = (text: string | null | undefined, most: number) => (text && text.length <= most ? text : null)
  const address = billing?.address && addressLines(billing.address).join(', ')
  return {
    name: cut(
      either(({ name }) => name),
      16,
    ),
    tel: whole(
      either(({ phone }) => phone),
      16,
    ),
    addr: cut(address || null, 128),
    email: whole(
      either(({ email }) => email),
      64,
    ),
    postcode: whole(billing?.address?.postal_code, 8),
  }
}
