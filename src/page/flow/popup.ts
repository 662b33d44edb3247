// Which gateways the SDK opens with window.open: those need a press, so a direct link waits for one.

const always = ['eximbay', 'paypal', 'chai', 'naverco', 'naverpay']
const onDesktop = ['payco', 'settle', 'smartro', 'tosspay', 'kcp_quick', 'daou', 'shinhan']

/** A gateway that is known only by its channel key may be one of them. */
export function needsPress(provider: string | undefined, isMobile: boolean): boolean {
  if (provider === undefined || always.includes(provider)) return true
  return !isMobile && onDesktop.includes(provider)
}
