import { describe, expect, test } from 'vitest'
import { clientAddress, routingPrefixOf, type TrustProxy } from '../../../src/edge/config/client-address.ts'

const one: TrustProxy = { header: 'x-forwarded-for', hops: 1 }

describe('the client address is', () => {
  test.each<[string, string | undefined, Record<string, string>, TrustProxy | null, string]>([
    ['the socket’s address without a proxy', '203.0.113.9', {}, null, '203.0.113.9'],
    [
      'the socket’s address if a header comes without a trusted proxy',
      '203.0.113.9',
      { 'x-forwarded-for': '1.1.1.1' },
      null,
      '203.0.113.9',
    ],
    [
      'the last address in the header of a trusted proxy',
      '10.0.0.1',
      { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' },
      one,
      '203.0.113.9',
    ],
    [
      'the second-to-last address behind two proxies',
      '10.0.0.1',
      { 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.0.0.2' },
      { ...one, hops: 2 },
      '203.0.113.9',
    ],
    [
      'the last address if only one of two proxies was passed',
      '198.51.100.7',
      { 'x-forwarded-for': '6.6.6.6' },
      { ...one, hops: 2 },
      '198.51.100.7',
    ],
    ['the proxy’s address if the header is missing', '10.0.0.1', {}, one, '10.0.0.1'],
    [
      'the proxy’s address if the header is invalid',
      '10.0.0.1',
      { 'x-forwarded-for': 'me' },
      one,
      '10.0.0.1',
    ],
    [
      'the address in Cloudflare’s header',
      '10.0.0.1',
      { 'cf-connecting-ip': '203.0.113.9' },
      { header: 'cf-connecting-ip', hops: 1 },
      '203.0.113.9',
    ],
    [
      'read from the header without its port',
      '10.0.0.1',
      { 'x-forwarded-for': '203.0.113.9:4711' },
      one,
      '203.0.113.9',
    ],
    [
      'an IPv6 address from the header without its port',
      '10.0.0.1',
      { 'x-forwarded-for': '[2001:db8:1:2:3::4]:4711' },
      one,
      '2001:db8:1:2::/64',
    ],
    ['an IPv4 address for an IPv4-mapped IPv6 address', '::ffff:203.0.113.9', {}, null, '203.0.113.9'],
    ['the /64 of an IPv6 address', '2001:db8:1:2:aaaa:bbbb:cccc:dddd', {}, null, '2001:db8:1:2::/64'],
    ['read without its zone', 'fe80::1%eth0', {}, null, 'fe80::/64'],
    ['unknown if the host gives none', undefined, {}, null, 'unknown'],
  ])('%s', (_, peer, headers, trust, address) => {
    expect(clientAddress(peer, new Headers(headers), trust)).toBe(address)
  })
})

test.each([
  ['2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:db8::/64', '2001:db8::/48'],
  ['203.0.113.9', undefined],
  ['unknown', undefined],
])('the /48 of %s is %s', (address, site) => {
  expect(routingPrefixOf(address)).toBe(site)
})
