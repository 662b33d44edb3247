// Pure: who asks, as far as limits go. Nothing here is stored or logged.
import ipaddr from 'ipaddr.js'

/** Which forwarded header counts, and which of its entries from the right: how many proxies are ours. */
export interface TrustProxy {
  header: string
  hops: number
}

/**
 * An IPv4 address, or the /64 of an IPv6 one: a home has that many addresses, and is one visitor.
 * What a header says counts only where the operator says so; anybody can send one.
 * @param peer the other end of the connection, where the host knows it
 */
export function clientAddress(peer: string | undefined, headers: Headers, trust: TrustProxy | null): string {
  const said = trust && headers.get(trust.header)
  const entries = said?.split(',') ?? []
  // Fewer entries than proxies: this came past one of them.
  const named = trust ? entries.at(-trust.hops) : undefined
  return networkOf(named) ?? networkOf(peer) ?? 'unknown'
}

function networkOf(text: string | undefined): string | undefined {
  const bare = text
    ?.trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '')
  if (!bare || !ipaddr.isValid(bare)) return undefined
  // `process` gives an IPv4 address that travels as an IPv6 one its own form.
  const address = ipaddr.process(bare)
  if (address.kind() === 'ipv4') return address.toString()
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toRFC5952String()}/64`
}

/** The /48 around an IPv6 visitor; nothing of any other. @param address as `clientAddress` gives it */
export function routingPrefixOf(address: string): string | undefined {
  if (!address.endsWith('/64')) return undefined
  return `${ipaddr.IPv6.networkAddressFromCIDR(address.replace(/64$/, '48')).toRFC5952String()}/48`
}
