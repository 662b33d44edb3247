import { describe, expect, test } from 'vitest'
import { clientAddress, routingPrefixOf, type TrustProxy } from '../../../src/edge/config/client-address.ts'

const one: TrustProxy = { header: 'x-forwarded-for', hops: 1 }

describe('who asks', () => {
  test.each<[string, string | undefined, Record<string, string>, TrustProxy | null, string]>([
    ['the socket', '203.0.113.9', {}, null, '203.0.113.9'],
    [
      'a header that nobody vouches for counts nothing',
      '203.0.113.9',
      { 'x-forwarded-for': '1.1.1.1' },
      null,
      '203.0.113.9',
    ],
    ['what our proxy saw', '10.0.0.1', { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' }, one, '203.0.113.9'],
    [
      'what the first of two proxies saw',
      '10.0.0.1',
      { 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.0.0.2' },
      { ...one, hops: 2 },
      '203.0.113.9',
    ],
    [
      'past one of two proxies',
      '198.51.100.7',
      { 'x-forwarded-for': '6.6.6.6' },
      { ...one, hops: 2 },
      '198.51.100.7',
    ],
    ['no header though a proxy is there', '10.0.0.1', {}, one, '10.0.0.1'],
    ['nonsense in the header', '10.0.0.1', { 'x-forwarded-for': 'me' }, one, '10.0.0.1'],
    [
      'Cloudflare',
      '10.0.0.1',
      { 'cf-connecting-ip': '203.0.113.9' },
      { header: 'cf-connecting-ip', hops: 1 },
      '203.0.113.9',
    ],
    ['with a port', '10.0.0.1', { 'x-forwarded-for': '203.0.113.9:4711' }, one, '203.0.113.9'],
    [
      'IPv6 with a port',
      '10.0.0.1',
      { 'x-forwarded-for': '[2001:db8:1:2:3::4]:4711' },
      one,
      '2001:db8:1:2::/64',
    ],
    ['IPv4 that travels as IPv6', '::ffff:203.0.113.9', {}, null, '203.0.113.9'],
    ['a home on IPv6 is one visitor', '2001:db8:1:2:aaaa:bbbb:cccc:dddd', {}, null, '2001:db8:1:2::/64'],
    ['with a zone', 'fe80::1%eth0', {}, null, 'fe80::/64'],
    ['a host that does not say', undefined, {}, null, 'unknown'],
  ])('%s', (_, peer, headers, trust, address) => {
    expect(clientAddress(peer, new Headers(headers), trust)).toBe(address)
  })
})

test.each([
  ['2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:db8::/64', '2001:db8::/48'],
  ['203.0.113.9', undefined],
  ['unknown', undefined],
])('the site of %s is %s', (address, site) => {
  expect(routingPrefixOf(address)).toBe(site)
})
