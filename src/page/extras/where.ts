/**
 * The host that an address leads to, as it is shown before the customer goes there; null where it is no address
 * of the web. Names outside ASCII stay in their wire form: what looks like a shop's name is then the shop's.
 */
export function hostOf(address: string | undefined): string | null {
  try {
    const { protocol, host } = new URL(address ?? '')
    return protocol === 'https:' || protocol === 'http:' ? host : null
  } catch {
    return null
  }
}
