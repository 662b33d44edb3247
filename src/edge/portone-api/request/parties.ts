// Pure: the persons of a request, as stored and as the buyer of i'mport's payment window.
import type { Party } from '../../../contract/links/link-extras.ts'
import type { Buyer } from '../../domain/links/link.ts'
import type { PortoneBuyer, PortoneParty } from '../../domain/links/portone-link.ts'
import { addressLines } from '../../features/page-view/describe-extras.ts'
import type { PortoneLinkFields } from './request.ts'

export function readPeople(fields: Partial<PortoneLinkFields>): PortoneBuyer {
  const { customer_details, billing_details: bill, shipping_details: ship, notes = [] } = fields
  return {
    customer: dropAbsent({
      name: customer_details?.name,
      email: customer_details?.email_address,
      phone: customer_details?.phone_number,
    }),
    billing: dropAbsent({
      name: bill?.billing_name,
      email: bill?.billing_email,
      phone: bill?.billing_phone,
      address: bill?.billing_address && dropAbsent(bill.billing_address),
    }),
    shipping: dropAbsent({
      name: ship?.shipping_name,
      email: ship?.shipping_email,
      phone: ship?.shipping_phone,
      address: ship?.shipping_address && dropAbsent(ship.shipping_address),
    }),
    notes: notes.flatMap(({ key, value }) => (value === undefined ? [] : [{ key, value }])),
  }
}

type Present<Fields> = { [Key in keyof Fields]?: NonNullable<Fields[Key]> }

/** Drops absent fields; null if none is left. */
function dropAbsent<Fields extends object>(fields: Fields): Present<Fields> | null {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
  return entries.length > 0 ? (Object.fromEntries(entries) as Present<Fields>) : null
}

/**
 * i'mport's columns are shorter than upstream's (buyer_name 16, tel 16, addr 128, email 64, postcode 8). Names and
 * addresses are cut; too long e-mail addresses and numbers are left out, because cut ones would be wrong.
 */
export function windowBuyer({ customer, billing }: PortoneBuyer): Buyer {
  const either = (of: (person: Party | PortoneParty) => string | undefined) =>
    (customer && of(customer)) ?? (billing && of(billing as Party)) ?? null
  const cut = (text: string | null, max: number) => text && [...text].slice(0, max).join('')
  const whole = (text: string | null | undefined, max: number) => (text && text.length <= max ? text : null)
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
