// Upstream's "Payment Link Webhook", with the fields of its documented sample. Fields that Dari does not have are
// empty, as in that sample.
import { majorOf } from '../../../contract/money/money.ts'
import type { Link } from '../../domain/links/link.ts'
import type { PortoneLink } from '../../domain/links/portone-link.ts'
import type { PortoneMerchant } from './portone-merchant.ts'
import { sign } from './portone-signature.ts'
import type { PortoneStatus } from './portone-status.ts'

const hourMs = 60 * 60 * 1000

export async function portoneWebhookBody(
  link: Link,
  global: PortoneLink,
  merchant: PortoneMerchant,
  status: PortoneStatus,
  publicUrl: string,
): Promise<string> {
  const { details, buyer } = global
  const link_ref = global.ref ?? link.id
  const amount = majorOf(link.amount, link.currency)
  const country_code = details.country_code ?? ''
  const signed = {
    amount: String(amount),
    country_code,
    currency: link.currency,
    link_ref,
    merchant_order_ref: link.merchant_uid,
    status,
  }
  const partOf = (kind: 'shipping' | 'discount') => details.lines.find((line) => line.kind === kind)
  const majorOfPart = (kind: 'shipping' | 'discount') => majorOf(partOf(kind)?.amount ?? 0, link.currency)
  const same = JSON.stringify(buyer?.billing) === JSON.stringify(buyer?.shipping)
  return JSON.stringify({
    link_ref,
    link: `${publicUrl}/${link_ref}`,
    currency: link.currency,
    amount,
    // The documented body has this spelling; the documented code to verify the signature reads `country_code`.
    countryCode: country_code,
    country_code,
    chaipaykey: merchant.portone_key,
    status,
    success_url: details.success_url,
    cancel_url: details.failure_url,
    merchant_order_ref: link.merchant_uid,
    is_billing_shipping_same: Boolean(buyer?.billing) && same,
    merchant_name: details.seller.name ?? '',
    merchant_logo: details.seller.logo_url ?? '',
    merchant_back_url: details.back_url ?? '',
    merchant_shipping_charges: majorOfPart('shipping'),
    merchant_promo_code: partOf('discount')?.code ?? '',
    merchant_promo_discount: majorOfPart('discount'),
    user_agent: '',
    ip_address: '',
    expiry_hours: Math.round((link.expires_at - link.created_at) / hourMs),
    created_at: new Date(link.created_at).toISOString(),
    source: details.source ?? '',
    description: details.description ?? '',
    mobile_redirect_url: '',
    show_shipping_details: details.show_shipping_details,
    show_back_button: details.back_url !== null,
    is_checkout_embed: details.embed,
    notify_by_email: details.notify.email,
    notify_by_phone: details.notify.phone,
    show_items: false,
    merchant_key: merchant.portone_key,
    merchant_email_address: '',
    customer_name: buyer?.customer?.name ?? '',
    customer_email_address: buyer?.customer?.email ?? '',
    customer_phone_number: buyer?.customer?.phone ?? '',
    payment_page_ref: '',
    unit_amount: 0,
    stock_quantity: 0,
    signature_hash: await sign(merchant.portone_secret, signed),
    show_saved_cards: false,
    portone_key: merchant.portone_key,
    user_configured_field1: '',
    user_configured_field2: '',
    user_configured_field3: '',
    user_configured_field4: '',
    user_configured_field5: '',
  })
}
