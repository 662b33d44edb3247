export type Device = 'pc' | 'mobile'
/** Where the payment window opens: in an iframe over the page, in a popup, or in place of the page. */
export type WindowMode = 'iframe' | 'popup' | 'top'

/** Gateways that upstream serves through its checkout service; their callbacks have no `success`. */
const checkoutServiceProviders = new Set([
  'tosspayments',
  'smartro_v2',
  'nice_v2',
  'paypal_v2',
  'ksnet',
  'welcome',
])

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

/** Toss Payments issues billing keys through the classic flow. */
export const usesCheckoutService = (
  provider: string,
  { customer_uid }: Pick<WindowModeHints, 'customer_uid'>,
): boolean => checkoutServiceProviders.has(provider) && !(provider === 'tosspayments' && customer_uid)

/** As upstream, by user agent only: an iPad that requests desktop sites counts as a desktop. */
export function deviceOf(userAgent: string): Device {
  return /iPhone|iPad|iPod|Android|Mobile/i.test(userAgent) ? 'mobile' : 'pc'
}

export interface WindowModeHints {
  pay_method?: string | null | undefined
  popup?: unknown
  customer_uid?: string | null | undefined
  naverPopupMode?: unknown
  naverV2?: unknown
}

export function decideWindowMode(provider: string, device: Device, hints: WindowModeHints): WindowMode {
  // Its script opens a popup on every device.
  if (provider === 'settle_acc') return 'popup'
  if (provider === 'eximbay' && hints.popup !== false) return 'popup'
  if (popupOnRequest.has(provider) && hints.popup === true) return 'popup'
  if (provider === 'naverpay' && hints.naverPopupMode === true && !hints.naverV2) return 'popup'
  if (device === 'pc' && popupOnDesktop.has(provider)) return 'popup'
  // Classic PayPal redirects on desktop as well.
  if (provider === 'paypal') return 'top'
  if (device === 'pc') return 'iframe'
  if (frameOnMobile.has(provider)) return 'iframe'
  if (provider === 'html5_inicis' && hints.customer_uid) return 'iframe'
  if (provider === 'mobilians' && hints.pay_method === 'phone') return 'iframe'
  return 'top'
}

const scriptProviders = new Set(['mobilians', 'kicc', 'uplus', 'smilepay', 'settle_acc', 'payple'])

/** Whether the window is opened by the gateway's script, which the SDK adds to the merchant's page. */
export function opensByScript(
  provider: string,
  device: Device,
  { popup, naverV2 }: WindowModeHints,
): boolean {
  if (provider === 'kcp_quick') return device === 'mobile'
  if (provider === 'chai') return popup !== true
  if (provider === 'naverpay') return Boolean(naverV2)
  return scriptProviders.has(provider)
}
