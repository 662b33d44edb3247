// Pure: checks a valid request against the merchant's settings and the rules of i'mport's gateways.

import type { Merchant } from '../../config/merchants.ts'
import { checkGatewayRules } from '../../domain/gateways/gateway-rules.ts'
import type { LinkContent } from '../../domain/links/link.ts'
import { checkLinkRef } from '../../domain/links/link-ref.ts'
import { codeOf, type PortoneFieldError } from '../../http/response/portone-errors.ts'
import type { MappedMethods } from './chosen-methods.ts'
import { windowBuyer } from './parties.ts'
import type { PortoneLinkFields } from './request.ts'

export function checkPlace(
  { environment, is_checkout_embed, custom_link_ref, merchant_order_id = '' }: Partial<PortoneLinkFields>,
  merchant: Merchant,
  problems: PortoneFieldError[],
): void {
  const own = merchant.sandbox ? 'sandbox' : 'live'
  if (environment !== undefined && environment !== own)
    problems.push({
      path: 'environment',
      message: `environment must be ${own}: this merchant's payments are ${own === 'live' ? 'real' : 'tests'} here`,
      code: '4034',
    })
  if (is_checkout_embed && !merchant.embed_origins?.length)
    problems.push({
      path: 'is_checkout_embed',
      message:
        'is_checkout_embed needs embed_origins in the merchant’s settings: no page may show the checkout',
      code: '4001',
    })
  const ref = custom_link_ref === undefined ? undefined : checkLinkRef(custom_link_ref, merchant_order_id)
  if (ref?.ok === false)
    problems.push({ path: 'custom_link_ref', message: `custom_link_ref ${ref.why}`, code: '4083' })
}

/** i'mport's field names to those of upstream's request. */
const portoneFieldNames: Record<string, string> = {
  merchant_uid: 'merchant_order_id',
  name: 'description',
  buyer_name: 'customer_details.name',
  buyer_email: 'customer_details.email_address',
}

export function checkGateways(
  content: Omit<LinkContent, 'buyer'>,
  people: Parameters<typeof windowBuyer>[0],
  { methods, paths }: MappedMethods,
  problems: PortoneFieldError[],
): void {
  const { name, email } = windowBuyer(people)
  const fields = {
    merchant_uid: content.merchant_uid,
    name: content.name,
    amount: content.amount,
    currency: content.currency,
    ...(name !== null && { buyer_name: name }),
    ...(email !== null && { buyer_email: email }),
  }
  const located = methods.map((method, at) => ({ ...method, path: paths[at] ?? 'chosen_payment_methods' }))
  for (const { path, message } of checkGatewayRules(fields, located)) {
    const field = portoneFieldNames[path] ?? path.replace(/\.(pg|pay_method)$/, '')
    problems.push({
      path: field,
      message: message.replace(path, field),
      code: codeOf(field),
    })
  }
}
