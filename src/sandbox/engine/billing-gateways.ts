// How a gateway treats `customer_uid` in its window, by upstream's provider codes.

/** Issues a key without a charge, even if its window shows an amount. */
const keyOnly = new Set([
  'html5_inicis',
  'kcp_billing',
  'tosspayments',
  'kicc',
  'smartro_v2',
  'naverpay',
  'payco',
  'tosspay_v2',
  'paypal_v2',
])

/** Issues a key only together with a payment. */
const charging = new Set(['danal_tpay', 'danal', 'mobilians', 'kakaopay', 'settle_acc', 'paymentwall'])

export type BillingKeyMode = 'key only' | 'charges' | 'none'

export function billingKeyModeOf(provider: string, payMethod: string): BillingKeyMode {
  // Welcome charges for phone keys only.
  if (provider === 'welcome') return payMethod === 'phone' ? 'charges' : 'key only'
  if (keyOnly.has(provider)) return 'key only'
  return charging.has(provider) ? 'charges' : 'none'
}
