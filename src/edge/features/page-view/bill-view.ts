// Pure: the page's view of a link (contract/link-view.ts). An allow-list: other fields never leave the edge.
import { languages } from '../../../contract/language.ts'
import type { Bill, LinkView, Method, Receipt } from '../../../contract/links/link-view.ts'
import type { Merchant } from '../../config/merchants.ts'
import type { Link, LinkMethod } from '../../domain/links/link.ts'
import { billStatusOf } from '../../domain/links/link-status.ts'

export interface ViewContext {
  merchant: Merchant | undefined
  sdkUrl: string
  /** Another visitor may have a payment window open. */
  busy: boolean
  /** Only for ended links: a granted checkout has an unknown outcome. */
  unsettled: boolean
  /** The visitor has the URL of another link of the order, and may not be the payer. */
  isOther: boolean
  now: number
}

/**
 * The URL at which the SDK fetches the merchant's channels: upstream's or the sandbox's; unknown for
 * other SDK hosts.
 */
function channelsUrl(sdkUrl: string, userCode: string): string | undefined {
  const { origin, hostname, pathname } = new URL(sdkUrl, 'http://sandbox')
  const path = `users/pg/${userCode}`
  if (origin === 'http://sandbox') return new URL(`../service/${path}`, origin + pathname).pathname
  return hostname.endsWith('.iamport.kr') ? `https://service.iamport.kr/${path}` : undefined
}

const iso = (at: number) => new Date(at).toISOString()

export function linkView(link: Link, context: ViewContext): LinkView {
  const bill = billOf(link, context)
  const status = billStatusOf(link, context.now)
  const { payment } = link
  const unsettled = context.unsettled ? { unsettled: true as const } : {}
  switch (status) {
    case 'open': {
      const { user_code, tier } = link
      const { sdkUrl } = context
      const channels_url = channelsUrl(sdkUrl, user_code)
      const sdk = { url: sdkUrl, user_code, ...(channels_url && { channels_url }), ...(tier ? { tier } : {}) }
      const busy = context.busy ? { busy: true } : {}
      const elsewhere = link.paid_elsewhere ? { paid_elsewhere: true as const } : {}
      const methods = link.methods.map(publicMethod)
      return { ...bill, status, methods, direct: link.direct, sdk, ...busy, ...elsewhere }
    }
    case 'awaiting_deposit': {
      const { bank = '', account = '', holder = null, due_at = null } = payment?.deposit ?? {}
      return {
        ...bill,
        status,
        deposit: { bank, account, holder, due_at: due_at === null ? null : iso(due_at) },
      }
    }
    case 'paid':
      return { ...bill, status, receipt: receiptOf(link, context) }
    case 'refunded':
      return { ...bill, status, refunded_at: iso(link.ended_at ?? context.now) }
    case 'disabled':
      return { ...bill, status, ...unsettled, ended_at: iso(link.ended_at ?? context.now) }
    case 'expired':
      return { ...bill, status, ...unsettled }
  }
}

/** Payment details only for the payer: another link's URL shows only that and when the order was paid. */
export function receiptOf({ methods, payment, created_at }: Link, { isOther }: ViewContext): Receipt {
  const paid_at = iso(payment?.paid_at ?? created_at)
  const returned = payment?.returned ?? 0
  if (isOther) return { paid_at, method: null, pay_method: null, receipt_url: null, returned }
  const method = methods.find(({ key }) => key === payment?.method_key)
  return {
    paid_at,
    method: method?.label ?? null,
    pay_method: payment?.pay_method ?? method?.pay_method ?? null,
    receipt_url: payment?.receipt_url ?? null,
    returned,
  }
}

export function billOf(link: Link, { merchant, now }: ViewContext): Bill {
  return {
    id: link.id,
    title: link.title,
    name: link.name,
    merchant_uid: link.merchant_uid,
    amount: link.amount,
    currency: link.currency,
    ...(link.tax_free === null ? {} : { tax_free: link.tax_free }),
    merchant: {
      ...(merchant?.name ? { name: merchant.name } : {}),
      ...(merchant?.contact ? { contact: merchant.contact } : {}),
    },
    display_language: link.display_language,
    languages,
    expires_at: iso(link.expires_at),
    now: iso(now),
  }
}

function publicMethod({ key, label, pay_method, provider }: LinkMethod): Method {
  return { key, label, pay_method, ...(provider ? { provider } : {}) }
}
