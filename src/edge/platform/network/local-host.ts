// Pure: recognises this computer and private networks by name or address, without DNS.
import ipaddr from 'ipaddr.js'

const privateRanges = ['private', 'uniqueLocal', 'linkLocal']

/** @param address of a socket; may be an IPv4-mapped IPv6 address or carry a zone */
export function isLoopbackAddress(address: string | undefined): boolean {
  return rangeOf(address ?? '') === 'loopback'
}

/** @param host of a URL, brackets included */
export function isLoopbackHost(host: string): boolean {
  return /(^|\.)localhost\.?$/i.test(host) || rangeOf(host) === 'loopback'
}

/** Loopback, a private network's address, or a `.local` name (RFC 6762). */
export function isLocalHost(host: string): boolean {
  return isLoopbackHost(host) || /\.local\.?$/i.test(host) || privateRanges.includes(rangeOf(host) ?? '')
}

function rangeOf(host: string): string | undefined {
  const address = host.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  return ipaddr.isValid(address) ? ipaddr.process(address).range() : undefined
}
