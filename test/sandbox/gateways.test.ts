import { describe, expect, test } from 'vitest'
import { ordinaryDue, readDue } from '../../src/sandbox/engine/deposit-deadline.ts'
import { type Order, readOrder } from '../../src/sandbox/engine/order.ts'
import { findDemand } from '../../src/sandbox/engine/order-rules.ts'
import { decideWay, deviceOf } from '../../src/sandbox/engine/window-modes.ts'
import { writeAmount } from '../../src/sandbox/window/format-amount.ts'
import { returnAddress } from '../../src/sandbox/window/return-url.ts'

const orderOf = (given: object, provider = 'html5_inicis'): Order => {
  const read = readOrder({ merchant_uid: 'order1', amount: 1_000, ...given }, provider)
  if (!read.ok) throw new Error(read.field)
  return read.order
}

describe('where a window opens', () => {
  test.each([
    ['html5_inicis', 'pc', {}, 'iframe'],
    ['html5_inicis', 'mobile', {}, 'top'],
    ['html5_inicis', 'mobile', { customer_uid: 'c' }, 'iframe'],
    ['payco', 'pc', {}, 'popup'],
    ['payco', 'mobile', {}, 'iframe'],
    ['eximbay', 'mobile', {}, 'popup'],
    ['eximbay', 'mobile', { popup: false }, 'iframe'],
    ['naverpay', 'pc', { naverPopupMode: true }, 'popup'],
    ['naverpay', 'pc', { naverPopupMode: true, naverV2: true }, 'iframe'],
    ['paypal', 'pc', {}, 'top'],
    ['mobilians', 'mobile', { pay_method: 'phone' }, 'iframe'],
    ['tosspayments', 'mobile', {}, 'top'],
    ['paypal_v2', 'mobile', {}, 'iframe'],
  ] as const)('%s on %s with %o: %s', (provider, device, hints, way) => {
    expect(decideWay(provider, device, hints)).toBe(way)
  })

  test('an iPad that poses as a Mac is a desktop', () => {
    expect(deviceOf('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15')).toBe('pc')
    expect(deviceOf('Mozilla/5.0 (Linux; Android 15)')).toBe('mobile')
  })
})

describe('what gateways demand', () => {
  test.each([
    ['html5_inicis', { amount: 0 }],
    ['html5_inicis', { amount: 10.5 }],
    ['paypal_v2', { currency: 'KRW' }],
    ['smartro_v2', { merchant_uid: 'order-1' }],
    ['smartro_v2', { pay_method: 'vbank', vbank_due: '2026-11-22' }],
    ['nice_v2', { pay_method: 'vbank' }],
    ['nice_v2', { pay_method: 'phone' }],
    ['danal_tpay', { pay_method: 'vbank' }],
    ['naverpay', {}],
    ['tosspayments', {}],
  ])('%s does not take %o', (provider, given) => {
    expect(findDemand(provider, orderOf(given, provider))).toEqual(expect.any(String))
  })

  test('an ordinary order is fine', () => {
    expect(findDemand('html5_inicis', orderOf({ pay_method: 'vbank' }))).toBeNull()
    expect(findDemand('paypal_v2', orderOf({ amount: 10.5 }, 'paypal_v2'))).toBeNull()
  })

  test('what is no order is named', () => {
    expect(readOrder({ merchant_uid: 'x'.repeat(41), amount: 1 }, 'kcp')).toEqual({
      ok: false,
      field: 'merchant_uid',
    })
    expect(readOrder({ merchant_uid: 'x', amount: 1, m_redirect_url: 'javascript:alert(1)' }, 'kcp').ok).toBe(
      false,
    )
  })
})

test('a deadline is Korean time in any of its four spellings', () => {
  const end = Date.parse('2026-11-22T14:59:59Z')
  expect(['20261122', '2026-11-22', '20261122235959', '2026-11-22 23:59:59'].map(readDue)).toEqual(
    Array(4).fill(end),
  )
  expect([readDue('20261350'), readDue('soon')]).toEqual([null, null])
  expect(ordinaryDue('mobilians', 0)).toBe(5 * 86_400_000)
})

test('a return address keeps its fragment and breaks on an ampersand in a message', () => {
  expect(returnAddress('https://a.kr/r#x', { a: '1' })).toBe('https://a.kr/r?a=1#x')
  expect(returnAddress('https://a.kr/r?x=1', { a: '한 & 두' })).toBe(
    'https://a.kr/r?x=1&a=%ED%95%9C%20&%20%EB%91%90',
  )
  expect(returnAddress('https://a.kr/r?x=1&y=2', { a: '1' })).toBe('https://a.kr/r?x=1&y=2a=1')
})

test('amounts are written as the reader knows them', () => {
  expect(writeAmount(10_000, 'KRW', 'ko')).toBe('10,000원')
  expect(writeAmount(10_000, 'KRW', 'en')).toBe('₩10,000')
  expect(writeAmount(20.5, 'USD', 'en')).toBe('US$20.50')
})
