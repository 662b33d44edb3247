// Pure: the client address used as rate-limit key. Never stored or logged.
import ipaddr from 'ipaddr.js'

/** The trusted forwarding header, and the number of trusted proxies: counts its entries from the right. */
export interface TrustProxy {
  header: string
  hops: number
}

/**
 * @param peer the connection's remote address, if the host knows it
 * @param trust null ignores forwarding headers, which any client can send
 * @returns an IPv4 address, or the /64 of an IPv6 address (one household)
 */
export function clientAddress(peer: string | undefined, headers: Headers, trust: TrustProxy | null): string {
  const forwarded = trust && headers.get(trust.header)
  const entries = forwarded?.split(',') ?? []
  // Fewer entries than proxies: the request bypassed a proxy, so its header is not trusted.
  const client = trust ? entries.at(-trust.hops) : undefined
  return networkOf(client) ?? networkOf(peer) ?? 'unknown'
}

function networkOf(text: string | undefined): string | undefined {
  const bare = text
    ?.trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '')
  if (!bare || !ipaddr.isValid(bare)) return undefined
  // `process` unwraps IPv4-mapped IPv6 addresses.
  const address = ipaddr.process(bare)
  if (address.kind() === 'ipv4') return address.toString()
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toRFC5952String()}/64`
}

/** The /48 of an IPv6 client; undefined for IPv4. @param address as returned by `clientAddress` */
export function routingPrefixOf(address: string): string | undefined {
  if (!address.endsWith('/64')) return undefined
  return `${ipaddr.IPv6.networkAddressFromCIDR(address.replace(/64$/, '48')).toRFC5952String()}/48`
}
