// Where the customer goes on to: the merchant's own address, chosen by what i'mport said, with upstream's
// signed parameters ("Redirection Parameters", "Redirection Response").

import type { Language } from '../../../contract/language.ts'
import type { Attempt } from '../../../contract/links/checkout.ts'
import type { LinkStatus } from '../../../contract/links/link-view.ts'
import { majorOf } from '../../../contract/money/money.ts'
import type { Link } from '../../domain/links/link.ts'
import type { PortoneLink } from '../../domain/links/portone-link.ts'
import { sign } from '../webhooks/portone-signature.ts'

/** What the asker has just had settled. */
export interface LastAttempt {
  outcome: Attempt['outcome']
  /** As the page named it. */
  imp_uid: string | undefined
  /** The tab that asks. */
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

/** Nothing where the customer stays: the link is open and no attempt failed, or it has ended unpaid. */
function chooseOnward(
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

interface Asker {
  /** Undefined: they only look. */
  tried: LastAttempt | undefined
  /** Of the page that they see, where it is known. */
  language: Language | undefined
}

/**
 * @param global with its buyer where the asker may know them
 * @param secret the merchant's; without one nothing can be signed, and the customer stays
 */
export async function redirectUrl(
  link: Link,
  global: PortoneLink,
  status: LinkStatus,
  { tried, language }: Asker,
  secret: string | undefined,
): Promise<string | undefined> {
  const onward = chooseOnward(global, status, tried)
  if (!onward?.url || !secret) return undefined
  const { result } = onward
  const signed = {
    order_ref: link.id,
    // To Dari, i'mport is the channel that the money comes through.
    channel_order_ref: (status === 'open' ? tried?.imp_uid : link.payment?.imp_uid) ?? '',
    merchant_order_ref: link.merchant_uid,
    status: result.status,
  }
  const url = new URL(onward.url)
  const parameters = {
    amount: String(majorOf(link.amount, link.currency)),
    currency: link.currency,
    ...signed,
    link_order_ref: link.merchant_uid,
    message: result.message,
    status_code: result.code,
    status_reason: result.reason,
    signature_hash: await sign(secret, signed),
    ...aboutLink(link, global),
    lang: language,
    ...aboutBuyer(global),
  }
  const added = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) added.set(name, value)
  // Added, never set, and by hand: what the merchant's own address says stays as they wrote it.
  url.search = `${url.search}${url.search ? '&' : ''}${added}`
  return url.href
}

function aboutLink({ payment, methods }: Link, { details }: PortoneLink) {
  const key = payment?.method_key ?? ''
  const chosen = details.chosen[key]
  const label = methods.find((method) => method.key === key)?.label
  return {
    channel_key: chosen?.payment_channel,
    // Upstream's own samples have the key in both.
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
 * Only what the merchant sent, while it is kept, and to the tab that was given the window's parameters, which say
 * the same: whoever else opens a URL, or asks what became of it, learns nothing of a person.
 */
function aboutBuyer({ buyer }: PortoneLink) {
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
