// Pure: the page's view of a link (contract/link-view.ts). What is not named here never leaves the edge.
import { languages } from '../../../contract/language.ts'
import type { Bill, LinkView, Method, Receipt } from '../../../contract/links/link-view.ts'
import type { Merchant } from '../../config/merchants.ts'
import type { Link, LinkMethod } from '../../domain/links/link.ts'
import { billStatusOf } from '../../domain/links/link-status.ts'

export interface ViewContext {
  merchant: Merchant | undefined
  sdkUrl: string
  /** Somebody else may have a payment window open. */
  busy: boolean
  /** Of a link that takes no payment any more: it is not known how a permitted window ended. */
  unsettled: boolean
  /** Whoever asks has the address of another link of the order, and may be somebody else. */
  isOther: boolean
  now: number
}

/**
 * Where the SDK is going to ask for the merchant's channels: of upstream's service, or of the sandbox beside it. Of an
 * SDK from anywhere else it is not known.
 */
function channelsUrl(sdkUrl: string, userCode: string): string | undefined {
  const { origin, hostname, pathname } = new URL(sdkUrl, 'http://sandbox')
  const path = `users/pg/${userCode}`
  if (origin === 'http://sandbox') return new URL(`../service/${path}`, origin + pathname).pathname
  return hostname.endsWith('.iamport.kr') ? `https://service.iamport.kr/${path}` : undefined
}

const iso = (at: number) => new Date(at).toISOString()

export function linkView(link: Link, telling: ViewContext): LinkView {
  const bill = billOf(link, telling)
  const status = billStatusOf(link, telling.now)
  const { payment } = link
  const unsettled = telling.unsettled ? { unsettled: true as const } : {}
  switch (status) {
    case 'open': {
      const { user_code, tier } = link
      const { sdkUrl } = telling
      const channels_url = channelsUrl(sdkUrl, user_code)
      const sdk = { url: sdkUrl, user_code, ...(channels_url && { channels_url }), ...(tier ? { tier } : {}) }
      const busy = telling.busy ? { busy: true } : {}
      const elsewhere = link.paid_elsewhere ? { paid_elsewhere: true as const } : {}
      const methods = link.methods.map(shown)
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
      return { ...bill, status, receipt: receiptOf(link, telling) }
    case 'refunded':
      return { ...bill, status, refunded_at: iso(link.ended_at ?? telling.now) }
    case 'disabled':
      return { ...bill, status, ...unsettled, ended_at: iso(link.ended_at ?? telling.now) }
    case 'expired':
      return { ...bill, status, ...unsettled }
  }
}

/** How it was paid is for whoever paid: another link's address shows no more than that it was. */
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

function shown({ key, label, pay_method, provider }: LinkMethod): Method {
  return { key, label, pay_method, ...(provider ? { provider } : {}) }
}
