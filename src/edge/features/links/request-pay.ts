// Pure: the parameters of IMP.request_pay for one method of a link.
import type { Language } from '../../../contract/language.ts'
import type { RequestPayParams } from '../../../contract/links/request-pay.ts'
import { majorOf } from '../../../contract/money/money.ts'
import { takesBuyerNameStandIn } from '../../domain/gateways/gateway-rules.ts'
import type { Link, LinkMethod } from '../../domain/links/link.ts'
import { withOriginMark } from '../../domain/payments/payment-origin.ts'

const dayMs = 24 * 60 * 60 * 1000
/** KG Inicis' own default, the longest that any gateway documents. */
const longestDepositMs = 30 * dayMs
const koreaOffsetMs = 9 * 60 * 60 * 1000

export interface Addresses {
  /** Where the gateway sends a phone back to: no query, because the SDK glues its own on badly. */
  returnUrl: string
  noticeUrl: string
  /** Only where PortOne enabled it for the store. */
  confirmUrl: string | undefined
}

export function requestPayParams(
  link: Link,
  method: LinkMethod,
  language: Language,
  addresses: Addresses,
  /** Id of the permission: what the window starts bears it. */
  mark: string,
  now: number,
): RequestPayParams {
  const { buyer } = link
  const windowLanguage = link.language ?? language
  const buyerName =
    buyer.name ?? (takesBuyerNameStandIn(method) ? buyerNameStandIn(windowLanguage) : undefined)
  return {
    ...(method.channelKey ? { channelKey: method.channelKey } : {}),
    ...(method.pg ? { pg: method.pg } : {}),
    pay_method: method.pay_method,
    merchant_uid: link.merchant_uid,
    name: link.name,
    amount: majorOf(link.amount, link.currency),
    currency: link.currency,
    ...(link.tax_free === null ? {} : { tax_free: majorOf(link.tax_free, link.currency) }),
    language: windowLanguage,
    ...(link.registration && { customer_uid: link.registration.customer_uid }),
    ...(link.registration?.customer_id && { customer_id: link.registration.customer_id }),
    // Several gateways break without the key, so it is always text.
    buyer_tel: buyer.tel ?? '',
    ...(buyerName ? { buyer_name: buyerName } : {}),
    ...(buyer.email ? { buyer_email: buyer.email } : {}),
    ...(buyer.addr ? { buyer_addr: buyer.addr } : {}),
    ...(buyer.postcode ? { buyer_postcode: buyer.postcode } : {}),
    custom_data: withOriginMark(link.custom_data, mark),
    m_redirect_url: addresses.returnUrl,
    notice_url: addresses.noticeUrl,
    ...(addresses.confirmUrl ? { confirm_url: addresses.confirmUrl } : {}),
    ...(method.pay_method === 'vbank' ? { vbank_due: vbankDue(link.expires_at, now) } : {}),
    // Mandatory for phone bills; the link API has no field for it, and goods are the usual case.
    ...(method.pay_method === 'phone' ? { digital: false } : {}),
  }
}

const buyerNameStandIn = (language: NonNullable<Link['language']>) =>
  language === 'ko' ? '구매자' : 'Customer'

/** `YYYYMMDD` in Korea, the one form that every gateway takes: the day the link ends, 30 days off at most. */
export function vbankDue(expiresAt: number, now: number): string {
  const day = new Date(Math.min(expiresAt, now + longestDepositMs) + koreaOffsetMs)
  return day.toISOString().slice(0, 10).replaceAll('-', '')
}
