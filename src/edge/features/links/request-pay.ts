// Pure: the parameters of IMP.request_pay for one method of a link.
import type { Language } from '../../../contract/language.ts'
import type { RequestPayParams } from '../../../contract/links/request-pay.ts'
import { majorOf } from '../../../contract/money/money.ts'
import { takesBuyerNameStandIn } from '../../domain/gateways/gateway-rules.ts'
import type { Link, LinkMethod } from '../../domain/links/link.ts'
import { withOriginMark } from '../../domain/payments/payment-origin.ts'

const dayMs = 24 * 60 * 60 * 1000
/** KG Inicis' default, and the longest that any gateway documents. */
const maxDepositMs = 30 * dayMs
const koreaOffsetMs = 9 * 60 * 60 * 1000

export interface Addresses {
  /** Without a query, because the SDK appends its own incorrectly. */
  returnUrl: string
  noticeUrl: string
  /** Only for stores for which PortOne enabled the confirm process. */
  confirmUrl: string | undefined
}

export function requestPayParams(
  link: Link,
  method: LinkMethod,
  language: Language,
  addresses: Addresses,
  /** Id of the checkout permission; the payment carries it in `custom_data`. */
  permissionId: string,
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
    // Several gateways fail if it is missing.
    buyer_tel: buyer.tel ?? '',
    ...(buyerName ? { buyer_name: buyerName } : {}),
    ...(buyer.email ? { buyer_email: buyer.email } : {}),
    ...(buyer.addr ? { buyer_addr: buyer.addr } : {}),
    ...(buyer.postcode ? { buyer_postcode: buyer.postcode } : {}),
    custom_data: withOriginMark(link.custom_data, permissionId),
    m_redirect_url: addresses.returnUrl,
    notice_url: addresses.noticeUrl,
    ...(addresses.confirmUrl ? { confirm_url: addresses.confirmUrl } : {}),
    ...(method.pay_method === 'vbank' ? { vbank_due: vbankDue(link.expires_at, now) } : {}),
    // Mandatory for phone bills; the link API has no field for it, and most orders are physical goods.
    ...(method.pay_method === 'phone' ? { digital: false } : {}),
  }
}

const buyerNameStandIn = (language: NonNullable<Link['language']>) =>
  language === 'ko' ? '구매자' : 'Customer'

/** `YYYYMMDD` in Korean time, the format that all gateways accept: the link's last day, at most 30 days ahead. */
export function vbankDue(expiresAt: number, now: number): string {
  const day = new Date(Math.min(expiresAt, now + maxDepositMs) + koreaOffsetMs)
  return day.toISOString().slice(0, 10).replaceAll('-', '')
}
