// Pure: guards against server-side request forgery. Merchants name URLs that the edge requests; only public addresses
// are allowed, so that the operator's network stays unreachable.
import ipaddr from 'ipaddr.js'

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')
/** Reserved for documentation by RFC 9637; the library does not list it yet. */
const documentation = ipaddr.IPv6.parseCIDR('3fff::/20')

const notPublic: Record<string, string> = {
  private: 'private',
  uniqueLocal: 'private',
  carrierGradeNat: 'private',
  loopback: 'loopback',
  linkLocal: 'link-local',
  multicast: 'multicast',
  broadcast: 'broadcast',
  unspecified: 'unspecified',
}

/**
 * @param address a URL's host (brackets included) or a resolver's result
 * @returns the kind of the forbidden address, or undefined if it is public
 */
export function rejectPrivateAddress(address: string): string | undefined {
  const text = address.replace(/^\[|\]$/g, '')
  if (!ipaddr.isValid(text)) return 'not an address'
  const ip = ipaddr.parse(text)
  const range = ip.range()
  if (range !== 'unicast') return notPublic[range] ?? 'reserved'
  if (ip.kind() === 'ipv4') return undefined
  // Outside 2000::/3: embedded IPv4 (`::127.0.0.1`), site-local, local NAT64.
  if (!ip.match(globalUnicast) || ip.match(documentation)) return 'reserved'
  return undefined
}

/** True for an IP literal, which needs no DNS look-up. */
export function isAddress(host: string): boolean {
  return ipaddr.isValid(host.replace(/^\[|\]$/g, ''))
}
