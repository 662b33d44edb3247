export type Device = 'pc' | 'mobile'
/** Where the payment window opens: over the page, beside it, or instead of it. */
export type Way = 'iframe' | 'popup' | 'top'

/** Gateways behind the newer path, which call back without `success`. */
const newer = new Set(['tosspayments', 'smartro_v2', 'nice_v2', 'paypal_v2', 'ksnet', 'welcome'])

const popupOnDesktop = new Set(['payco', 'settle', 'smartro', 'tosspay', 'kcp_quick', 'daou', 'shinhan'])
const popupOnRequest = new Set(['naverco', 'paypal', 'chai'])
const frameOnMobile = new Set([
  'danal',
  'danal_tpay',
  'smilepay',
  'payco',
  'bluewalnut',
  'eximbay',
  'toss_brandpay',
  'paypal_v2',
])

/** A billing key of Toss Payments is still issued on the classic path. */
export const isNewer = (provider: string, { customer_uid }: Pick<WayHints, 'customer_uid'>): boolean =>
  newer.has(provider) && !(provider === 'tosspayments' && customer_uid)

/** Upstream looks at the user agent alone, so an iPad that poses as a Mac counts as one. */
export function deviceOf(userAgent: string): Device {
  return /iPhone|iPad|iPod|Android|Mobile/i.test(userAgent) ? 'mobile' : 'pc'
}

export interface WayHints {
  pay_method?: string | null | undefined
  popup?: unknown
  customer_uid?: string | null | undefined
  naverPopupMode?: unknown
  naverV2?: unknown
}

export function decideWay(provider: string, device: Device, hints: WayHints): Way {
  // Its script opens a window of its own, on any device.
  if (provider === 'settle_acc') return 'popup'
  if (provider === 'eximbay' && hints.popup !== false) return 'popup'
  if (popupOnRequest.has(provider) && hints.popup === true) return 'popup'
  if (provider === 'naverpay' && hints.naverPopupMode === true && !hints.naverV2) return 'popup'
  if (device === 'pc' && popupOnDesktop.has(provider)) return 'popup'
  // The old PayPal leaves the page on desktop as well.
  if (provider === 'paypal') return 'top'
  if (device === 'pc') return 'iframe'
  if (frameOnMobile.has(provider)) return 'iframe'
  if (provider === 'html5_inicis' && hints.customer_uid) return 'iframe'
  if (provider === 'mobilians' && hints.pay_method === 'phone') return 'iframe'
  return 'top'
}

const withScript = new Set(['mobilians', 'kicc', 'uplus', 'smilepay', 'settle_acc', 'payple'])

/** Gateways whose window is opened by a script of their own, which the SDK adds to the merchant's page. */
export function hasOwnScript(provider: string, device: Device, { popup, naverV2 }: WayHints): boolean {
  if (provider === 'kcp_quick') return device === 'mobile'
  if (provider === 'chai') return popup !== true
  if (provider === 'naverpay') return Boolean(naverV2)
  return withScript.has(provider)
}
