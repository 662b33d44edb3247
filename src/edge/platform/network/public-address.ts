// Pure: may a request of ours go to this address? Only to what the whole internet can reach: the merchant
// names the URL, and the edge stands in a network that strangers must not see into through it.
import ipaddr from 'ipaddr.js'

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')
/** Reserved for documentation by RFC 9637; the library does not list it yet. */
const documentation = ipaddr.IPv6.parseCIDR('3fff::/20')

/** Blocks inside the public space that carry an IPv4 address, or lead to one's own network. */
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
 * @param address in the form that a URL's host or the system's resolver gives, brackets included
 * @returns what kind of address it is that no request may go to; nothing where it may
 */
export function rejectPrivateAddress(address: string): string | undefined {
  const text = address.replace(/^\[|\]$/g, '')
  if (!ipaddr.isValid(text)) return 'not an address'
  const ip = ipaddr.parse(text)
  const range = ip.range()
  if (range !== 'unicast') return notPublic[range] ?? 'reserved'
  if (ip.kind() === 'ipv4') return undefined
  // Old forms that embed IPv4 (`::127.0.0.1`), site-local, local NAT64: all of it lies outside.
  if (!ip.match(globalUnicast) || ip.match(documentation)) return 'reserved'
  return undefined
}

/** Is the host of a URL an address by itself, with nothing to look up? */
export function isAddress(host: string): boolean {
  return ipaddr.isValid(host.replace(/^\[|\]$/g, ''))
}
