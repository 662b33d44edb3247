import { describe, expect, test } from 'vitest'
import { defaultDepositDeadline, parseDepositDeadline } from '../../src/sandbox/engine/deposit-deadline.ts'
import { type Order, parseOrder } from '../../src/sandbox/engine/order.ts'
import { findOrderError } from '../../src/sandbox/engine/order-rules.ts'
import { decideWindowMode, deviceOf } from '../../src/sandbox/engine/window-modes.ts'
import { formatAmount } from '../../src/sandbox/window/format-amount.ts'
import { buildReturnUrl } from '../../src/sandbox/window/return-url.ts'

const orderOf = (fields: object, provider = 'html5_inicis'): Order => {
  const parsed = parseOrder({ merchant_uid: 'order1', amount: 1_000, ...fields }, provider)
  if (!parsed.ok) throw new Error(parsed.field)
  return parsed.order
}

describe('the window mode', () => {
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
  ] as const)('of %s on %s with %o is %s', (provider, device, hints, windowMode) => {
    expect(decideWindowMode(provider, device, hints)).toBe(windowMode)
  })

  test('treats an iPad that requests desktop sites as a desktop', () => {
    expect(deviceOf('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15')).toBe('pc')
    expect(deviceOf('Mozilla/5.0 (Linux; Android 15)')).toBe('mobile')
  })
})

describe('order validation', () => {
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
  ])('of %s rejects %o', (provider, fields) => {
    expect(findOrderError(provider, orderOf(fields, provider))).toEqual(expect.any(String))
  })

  test('accepts a valid order', () => {
    expect(findOrderError('html5_inicis', orderOf({ pay_method: 'vbank' }))).toBeNull()
    expect(findOrderError('paypal_v2', orderOf({ amount: 10.5 }, 'paypal_v2'))).toBeNull()
  })

  test('names the invalid field', () => {
    expect(parseOrder({ merchant_uid: 'x'.repeat(41), amount: 1 }, 'kcp')).toEqual({
      ok: false,
      field: 'merchant_uid',
    })
    expect(
      parseOrder({ merchant_uid: 'x', amount: 1, m_redirect_url: 'javascript:alert(1)' }, 'kcp').ok,
    ).toBe(false)
  })
})

test('a deposit deadline is parsed as Korean time in all four formats', () => {
  const end = Date.parse('2026-11-22T14:59:59Z')
  expect(
    ['20261122', '2026-11-22', '20261122235959', '2026-11-22 23:59:59'].map(parseDepositDeadline),
  ).toEqual(Array(4).fill(end))
  expect([parseDepositDeadline('20261350'), parseDepositDeadline('soon')]).toEqual([null, null])
  expect(defaultDepositDeadline('mobilians', 0)).toBe(5 * 86_400_000)
})

test('a return URL keeps its fragment and has upstream’s encoding bugs', () => {
  expect(buildReturnUrl('https://a.kr/r#x', { a: '1' })).toBe('https://a.kr/r?a=1#x')
  expect(buildReturnUrl('https://a.kr/r?x=1', { a: '한 & 두' })).toBe(
    'https://a.kr/r?x=1&a=%ED%95%9C%20&%20%EB%91%90',
  )
  expect(buildReturnUrl('https://a.kr/r?x=1&y=2', { a: '1' })).toBe('https://a.kr/r?x=1&y=2a=1')
})

test('amounts are formatted for the customer’s language', () => {
  expect(formatAmount(10_000, 'KRW', 'ko')).toBe('10,000원')
  expect(formatAmount(10_000, 'KRW', 'en')).toBe('₩10,000')
  expect(formatAmount(20.5, 'USD', 'en')).toBe('US$20.50')
})
