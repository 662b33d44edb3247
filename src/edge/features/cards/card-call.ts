// Pure: the request bodies of i'mport's `subscribe/customers` and `subscribe/payments/onetime`, without the card.
import { majorOf } from '../../../contract/money/money.ts'
import type { Link } from '../../domain/links/link.ts'
import { withOriginMark } from '../../domain/payments/payment-origin.ts'
import type { RegistrationLink } from '../settlement/settle-card.ts'

const dropAbsent = (fields: Record<string, string | number | null | undefined>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))

const channelOf = ({ methods }: Link) => ({ channel_key: methods[0]?.channelKey, pg: methods[0]?.pg })

/** For a billing key without a charge. */
export function cardHolder(link: RegistrationLink): Record<string, unknown> {
  const { buyer, registration } = link
  return dropAbsent({
    ...channelOf(link),
    customer_id: registration.customer_id,
    customer_name: buyer.name,
    customer_tel: buyer.tel,
    customer_email: buyer.email,
    customer_addr: buyer.addr,
    customer_postcode: buyer.postcode,
  })
}

/** @param amount in major units. @param mark id of the checkout permission */
export function cardCharge(
  link: RegistrationLink,
  amount: number,
  noticeUrl: string,
  permissionId: string,
): Record<string, unknown> {
  const { buyer, registration, tax_free } = link
  return dropAbsent({
    ...channelOf(link),
    customer_uid: registration.customer_uid,
    customer_id: registration.customer_id,
    merchant_uid: link.merchant_uid,
    amount,
    // Only foreign gateways read it; the others assume won.
    currency: link.currency,
    tax_free: tax_free === null ? null : majorOf(tax_free, link.currency),
    name: link.name,
    buyer_name: buyer.name,
    buyer_tel: buyer.tel,
    buyer_email: buyer.email,
    buyer_addr: buyer.addr,
    buyer_postcode: buyer.postcode,
    custom_data: JSON.stringify(withOriginMark(link.custom_data, permissionId)),
    notice_url: noticeUrl,
  })
}
