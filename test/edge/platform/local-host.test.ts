import { expect, test } from 'vitest'
import {
  isLocalHost,
  isLoopbackAddress,
  isLoopbackHost,
} from '../../../src/edge/platform/network/local-host.ts'

test.each(['localhost', 'LOCALHOST', 'localhost.', 'shop.localhost', '127.0.0.1', '127.8.9.1', '[::1]'])(
  '%s is a loopback host',
  (host) => {
    expect([isLoopbackHost(host), isLocalHost(host)]).toEqual([true, true])
  },
)
test.each(['10.0.0.1', '172.16.0.1', '192.168.0.7', '169.254.1.1', '[fe80::1]', '[fd00::1]', 'mac.local'])(
  '%s is a host in a private network',
  (host) => {
    expect([isLoopbackHost(host), isLocalHost(host)]).toEqual([false, true])
  },
)
test.each([
  'pay.shop.kr',
  'localhost.shop.kr',
  'notlocalhost',
  '127.0.0.1.shop.kr',
  '8.8.8.8',
  '100.64.0.1',
  '0.0.0.0',
  '[2001:4860:4860::8888]',
  '',
])('%j is a public host', (host) => {
  expect([isLoopbackHost(host), isLocalHost(host)]).toEqual([false, false])
})
test.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['192.168.0.7', false],
  ['::ffff:192.168.0.7', false],
  ['fe80::1%eth0', false],
  ['', false],
  [undefined, false],
])('the peer address %s is loopback: %s', (address, expected) => {
  expect(isLoopbackAddress(address)).toBe(expected)
})
