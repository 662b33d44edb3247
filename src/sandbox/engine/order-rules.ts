import { billingKeyModeOf } from './billing-gateways.ts'
import { parseDepositDeadline } from './deposit-deadline.ts'
import type { Order } from './order.ts'

const requiresDeadline = new Set(['nice_v2', 'smartro_v2', 'welcome', 'galaxia'])
const requiresDigital = new Set(['nice_v2', 'smartro_v2', 'welcome', 'daou'])
const zeroDecimalCurrencies = new Set(['KRW', 'JPY', 'TWD', 'HUF'])

/** Error message for the first of the gateway's rules that the order violates, or null. */
export function findOrderError(provider: string, order: Order): string | null {
  const { amount, currency, pay_method } = order
  if (!(amount > 0 || (amount === 0 && order.customer_uid))) return '결제 금액이 올바르지 않아요.'
  const billingKeyMode = order.customer_uid ? billingKeyModeOf(provider, pay_method) : null
  if (billingKeyMode === 'none') return '빌링키를 발급하지 않는 채널이에요.'
  if (billingKeyMode === 'charges' && amount === 0) return '이 채널은 결제와 함께만 빌링키를 발급해요.'
  if (zeroDecimalCurrencies.has(currency) && !Number.isInteger(amount))
    return `${currency} 금액에는 소수를 쓸 수 없어요.`
  if (provider === 'paypal_v2' && currency === 'KRW') return '페이팔은 KRW 결제를 지원하지 않아요.'
  if (provider === 'smartro_v2' && !/^[0-9A-Za-z]+$/.test(order.merchant_uid))
    return 'merchant_uid에는 영문과 숫자만 쓸 수 있어요.'
  if (provider === 'tosspayments' && !order.buyer_name) return 'buyer_name이 필요해요.'
  if (provider === 'naverpay' && !order.naverProducts?.length) return 'naverProducts가 필요해요.'
  if (pay_method === 'phone' && requiresDigital.has(provider) && typeof order.digital !== 'boolean')
    return '휴대폰 결제에는 digital이 필요해요.'
  return pay_method === 'vbank' ? findDeadlineError(provider, order) : null
}

function findDeadlineError(provider: string, { vbank_due, biz_num }: Order): string | null {
  if (provider === 'danal_tpay' && !/^\d{10}$/.test(biz_num ?? ''))
    return '가상계좌에는 biz_num(10자리)이 필요해요.'
  if (!vbank_due) return requiresDeadline.has(provider) ? '가상계좌에는 vbank_due가 필요해요.' : null
  if (provider === 'smartro_v2' && !/^\d{8}$/.test(vbank_due)) return 'vbank_due는 YYYYMMDD 형식이어야 해요.'
  return parseDepositDeadline(vbank_due) === null ? 'vbank_due 형식이 올바르지 않아요.' : null
}
