// Where the customer is sent after an attempt: the merchant's URL for the outcome, with upstream's signed parameters
// ("Redirection Parameters", "Redirection Response").

import type { Language } from '../../../contract/language.ts'
import type { Attempt } from '../../../contract/links/checkout.ts'
import type { LinkStatus } from '../../../contract/links/link-view.ts'
import { majorOf } from '../../../contract/money/money.ts'
import type { Link } from '../../domain/links/link.ts'
import type { PortoneLink } from '../../domain/links/portone-link.ts'
import { sign } from '../webhooks/portone-signature.ts'

/** The attempt that the visitor just settled. */
export interface LastAttempt {
  outcome: Attempt['outcome']
  /** As sent by the page. */
  imp_uid: string | undefined
  /** The visitor's tab. */
  visitor: string | undefined
}

type Result = { status: string; code: string; reason: string; message: string }

const results = {
  paid: { status: 'Success', code: '2000', reason: 'SUCCESS', message: 'Payment successful' },
  awaiting: { status: 'Pending', code: '1000', reason: 'PENDING', message: 'Payment is awaited' },
  declined: {
    status: 'Failed',
    code: '8001',
    reason: 'PAYMENT_AUTHORIZATION_ERROR',
    message: 'Payment was declined',
  },
  cancelled: {
    status: 'Failed',
    code: '4071',
    reason: 'INVALID_TRANSACTION_ORDER_CANCELLED_ERROR',
    message: 'Payment was cancelled by the customer',
  },
} as const satisfies Record<string, Result>

/** Undefined if the customer stays: the link is open without a failed attempt, or ended unpaid. */
function chooseRedirect(
  { details }: PortoneLink,
  status: LinkStatus,
  tried: LastAttempt | undefined,
): { url: string | null; result: Result } | undefined {
  if (status === 'paid') return { url: details.success_url, result: results.paid }
  if (status === 'awaiting_deposit') return { url: details.pending_url, result: results.awaiting }
  const outcome = status === 'open' ? tried?.outcome : undefined
  if (outcome !== 'declined' && outcome !== 'cancelled') return undefined
  return { url: details.failure_url, result: results[outcome] }
}

interface Viewer {
  /** Undefined: no attempt was settled. */
  tried: LastAttempt | undefined
  /** Language of the visitor's page, if known. */
  language: Language | undefined
}

/**
 * @param global with its buyer only if the visitor may see them
 * @param secret the merchant's; nothing can be signed without it, so the customer stays
 */
export async function redirectUrl(
  link: Link,
  global: PortoneLink,
  status: LinkStatus,
  { tried, language }: Viewer,
  secret: string | undefined,
): Promise<string | undefined> {
  const redirect = chooseRedirect(global, status, tried)
  if (!redirect?.url || !secret) return undefined
  const { result } = redirect
  const signed = {
    order_ref: link.id,
    // For Dari, i'mport is the payment channel.
    channel_order_ref: (status === 'open' ? tried?.imp_uid : link.payment?.imp_uid) ?? '',
    merchant_order_ref: link.merchant_uid,
    status: result.status,
  }
  const url = new URL(redirect.url)
  const parameters = {
    amount: String(majorOf(link.amount, link.currency)),
    currency: link.currency,
    ...signed,
    link_order_ref: link.merchant_uid,
    message: result.message,
    status_code: result.code,
    status_reason: result.reason,
    signature_hash: await sign(secret, signed),
    ...linkParameters(link, global),
    lang: language,
    ...buyerParameters(global),
  }
  const added = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) added.set(name, value)
  // Appended as text, so that the merchant's own URL stays exactly as it was sent.
  url.search = `${url.search}${url.search ? '&' : ''}${added}`
  return url.href
}

function linkParameters({ payment, methods }: Link, { details }: PortoneLink) {
  const key = payment?.method_key ?? ''
  const chosen = details.chosen[key]
  const label = methods.find((method) => method.key === key)?.label
  return {
    channel_key: chosen?.payment_channel,
    // Upstream's samples have the key in both fields.
    channel_name: chosen?.payment_channel,
    method_key: chosen?.payment_method,
    method_name: typeof label === 'object' ? label.en : label,
    description: details.description ?? undefined,
    merchant_brand_name: details.seller.name ?? undefined,
    merchant_logo: details.seller.logo_url ?? undefined,
    payment_source: details.source ?? undefined,
  }
}

/**
 * Only the merchant's own data, until it is erased, and only for the tab that was granted the checkout, whose
 * parameters contain the same data.
 */
function buyerParameters({ buyer }: PortoneLink) {
  const person = buyer?.billing ?? {}
  const { address = {} } = person
  return {
    buyer_name: person.name ?? buyer?.customer?.name,
    buyer_email: person.email ?? buyer?.customer?.email,
    buyer_phone: person.phone ?? buyer?.customer?.phone,
    buyer_address1: address.line_1,
    buyer_address2: address.line_2,
    buyer_city: address.city,
    buyer_country: address.country_code,
  }
}
