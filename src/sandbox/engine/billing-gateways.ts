// What a gateway does with `customer_uid` in its window (upstream's table of gateways, "pg" codes).

/** Issues a key and charges nothing, whatever amount its window shows. */
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

/** Issues a key with a payment, and not without one. */
const charging = new Set(['danal_tpay', 'danal', 'mobilians', 'kakaopay', 'settle_acc', 'paymentwall'])

export type KeyManner = 'key only' | 'charges' | 'none'

export function keyMannerOf(provider: string, payMethod: string): KeyManner {
  // Welcome issues keys for cards without a charge, and for phones with one.
  if (provider === 'welcome') return payMethod === 'phone' ? 'charges' : 'key only'
  if (keyOnly.has(provider)) return 'key only'
  return charging.has(provider) ? 'charges' : 'none'
}
