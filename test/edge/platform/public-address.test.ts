import { describe, expect, test } from 'vitest'
import { isAddress, rejectPrivateAddress } from '../../../src/edge/platform/network/public-address.ts'

describe('a request may be sent to', () => {
  test.each(['8.8.8.8', '52.78.100.19', '1.1.1.1', '2606:4700:4700::1111', '[2a00:1450:4001::1]'])(
    '%s',
    (address) => {
      expect(rejectPrivateAddress(address)).toBeUndefined()
    },
  )
})

describe('a request may not be sent to', () => {
  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.1', 'private'],
    ['169.254.169.254', 'link-local'],
    ['100.64.0.1', 'private'],
    ['100.127.255.255', 'private'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['192.0.0.1', 'reserved'],
    ['192.0.2.1', 'reserved'],
    ['198.18.0.1', 'reserved'],
    ['203.0.113.9', 'reserved'],
    ['240.0.0.1', 'reserved'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['[::1]', 'loopback'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
    ['fc00::1', 'private'],
    ['fd12:3456:789a::1', 'private'],
    ['fec0::1', 'reserved'],
    ['ff02::1', 'multicast'],
    ['::ffff:127.0.0.1', 'reserved'],
    ['::ffff:8.8.8.8', 'reserved'],
    ['::ffff:7f00:1', 'reserved'],
    ['::127.0.0.1', 'reserved'],
    ['::ffff:0:127.0.0.1', 'reserved'],
    ['64:ff9b::7f00:1', 'reserved'],
    ['64:ff9b:1::7f00:1', 'reserved'],
    ['2002:7f00:1::', 'reserved'],
    ['2001:0:7f00:1::', 'reserved'],
    ['2001:db8::1', 'reserved'],
    ['3fff::1', 'reserved'],
    ['100::1', 'reserved'],
    ['shop.example', 'not an address'],
    ['', 'not an address'],
  ])('%s', (address, kind) => {
    expect(rejectPrivateAddress(address)).toBe(kind)
  })
})

test.each([
  ['http://2130706433/', true],
  ['http://0x7f.1/', true],
  ['http://0177.0.0.1/', true],
  ['http://[::ffff:7f00:1]/', true],
  ['http://127.1/', true],
  ['http://１２７.０.０.１/', true],
  ['http://127.0.0.1.nip.io/', false],
])('%s is recognized as an IP address however it is written: %s', (url, known) => {
  const { hostname } = new URL(url)
  expect(isAddress(hostname)).toBe(known)
  if (known) expect(rejectPrivateAddress(hostname)).toBeDefined()
})
