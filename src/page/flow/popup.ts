// Gateways that the SDK opens with window.open, which needs a click.

const always = ['eximbay', 'paypal', 'chai', 'naverco', 'naverpay']
const onDesktop = ['payco', 'settle', 'smartro', 'tosspay', 'kcp_quick', 'daou', 'shinhan']

/** True for an unknown gateway (known by channel key only). */
export function needsPress(provider: string | undefined, isMobile: boolean): boolean {
  if (provider === undefined || always.includes(provider)) return true
  return !isMobile && onDesktop.includes(provider)
}
