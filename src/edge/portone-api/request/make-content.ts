import type { Merchant } from '../../config/merchants.ts'
import type { LinkContent } from '../../domain/links/link.ts'
import type { MappedMethods } from './chosen-methods.ts'
import type { PortoneLinkFields } from './request.ts'

/** The link's content as for the merchant's API, without its buyer. */
export function makeContent(
  fields: Partial<PortoneLinkFields>,
  merchant: Merchant,
  { methods, amount, expires_at }: Pick<MappedMethods, 'methods'> & { amount: number; expires_at: number },
): Omit<LinkContent, 'buyer'> | undefined {
  const { merchant_order_id, currency, description, merchant_details } = fields
  if (!merchant_order_id || !currency || methods.length === 0) return undefined
  const own = typeof merchant.name === 'object' ? merchant.name.en : merchant.name
  return {
    user_code: merchant.user_code,
    tier: '',
    merchant_uid: merchant_order_id,
    title: shorten(merchant_details?.name ?? own ?? merchant_order_id, 80),
    name: shorten(description ?? merchant_order_id, 40),
    amount,
    currency,
    tax_free: null,
    language: null,
    display_language: null,
    custom_data: null,
    notice_url: null,
    methods,
    direct: false,
    expires_at,
  }
}

/** i'mport's `name` is limited; the page shows the full description. */
function shorten(text: string, max: number): string {
  const characters = [...text]
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`
}
