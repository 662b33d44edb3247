// Pure: what goes to i'mport beside the card (its OpenAPI, `subscribe/customers`, `subscribe/payments/onetime`).
import { majorOf } from '../../../contract/money/money.ts'
import type { Link } from '../../domain/links/link.ts'
import { withOriginMark } from '../../domain/payments/payment-origin.ts'
import type { Registering } from '../settlement/settle-card.ts'

const said = (fields: Record<string, string | number | null | undefined>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))

const channelOf = ({ methods }: Link) => ({ channel_key: methods[0]?.channelKey, pg: methods[0]?.pg })

/** Whose card it is, for a key without a charge. */
export function cardHolder(link: Registering): Record<string, unknown> {
  const { buyer, registration } = link
  return said({
    ...channelOf(link),
    customer_id: registration.customer_id,
    customer_name: buyer.name,
    customer_tel: buyer.tel,
    customer_email: buyer.email,
    customer_addr: buyer.addr,
    customer_postcode: buyer.postcode,
  })
}

/** @param amount in major units, as on the wire; @param mark id of the permission that this call has */
export function cardCharge(
  link: Registering,
  amount: number,
  noticeUrl: string,
  mark: string,
): Record<string, unknown> {
  const { buyer, registration, tax_free } = link
  return said({
    ...channelOf(link),
    customer_uid: registration.customer_uid,
    customer_id: registration.customer_id,
    merchant_uid: link.merchant_uid,
    amount,
    // Only gateways abroad read it, and won is what the others mean.
    currency: link.currency,
    tax_free: tax_free === null ? null : majorOf(tax_free, link.currency),
    name: link.name,
    buyer_name: buyer.name,
    buyer_tel: buyer.tel,
    buyer_email: buyer.email,
    buyer_addr: buyer.addr,
    buyer_postcode: buyer.postcode,
    custom_data: JSON.stringify(withOriginMark(link.custom_data, mark)),
    notice_url: noticeUrl,
  })
}
