import { describe, expect, test } from 'vitest'
import { checkPaidGateway, findPaidMethod, providerOf } from '../../../src/edge/domain/gateways/gateway.ts'
import { cleanGatewayMessage } from '../../../src/edge/domain/gateways/gateway-message.ts'
import { compareMoney, minorOf, refundableAmount } from '../../../src/edge/domain/payments/compare-money.ts'
import { isUndecided, paymentsToSettle } from '../../../src/edge/features/settlement/worth-settling.ts'
import { nextAttemptAt } from '../../../src/edge/platform/concurrency/backoff.ts'
import { aLink, aPayment } from '../support/builders.ts'
import { start } from '../support/start.ts'

test.each([
  ['html5_inicis', 'html5_inicis'],
  ['kakaopay.TC0ONETIME', 'kakaopay'],
  ['brandnew.MID', 'brandnew'],
  ['INIpayTest', undefined],
  ['', undefined],
])('the gateway in "%s" is %s', (pg, provider) => {
  expect(providerOf(pg)).toBe(provider)
})

describe('checkPaidGateway compares a payment with', () => {
  const listing = (...pgs: string[]) =>
    pgs.map((pg, at) => ({ key: `m${at + 1}`, label: pg, pay_method: 'card', pg }))
  const came = (pg_provider: string | null, pg_id: string | null) => ({
    pg_provider,
    pg_id,
    pay_method: 'card',
  })
  test.each([
    ['a listed gateway', listing('html5_inicis'), came('html5_inicis', 'MID1'), 'listed'],
    [
      'a listed gateway and its merchant id',
      listing('html5_inicis.MID1'),
      came('html5_inicis', 'MID1'),
      'listed',
    ],
    [
      'a listed gateway with another merchant id',
      listing('html5_inicis.MID2'),
      came('html5_inicis', 'MID1'),
      'unlisted',
    ],
    [
      'a bare merchant id, as in upstream’s reference',
      listing('INIpayTest'),
      came('html5_inicis', 'INIpayTest'),
      'listed',
    ],
    ['another gateway', listing('kakaopay'), came('html5_inicis', 'MID1'), 'unlisted'],
    ['a gateway that i’mport does not report', listing('kakaopay'), came(null, null), 'unknown'],
    [
      'a method with only a channel key',
      [{ key: 'm1', label: 'x', pay_method: 'card', channelKey: 'k' }],
      came('nice_v2', 'M'),
      'unknown',
    ],
    [
      'a method that uses the store’s first channel',
      [{ key: 'm1', label: 'x', pay_method: 'card' }],
      came('kcp', 'M'),
      'unknown',
    ],
  ] as const)('%s', (_, methods, payment, wanted) => {
    expect(checkPaidGateway([...methods], payment)).toBe(wanted)
  })
  test('a wallet that reports a card: it is still the wallet', () => {
    const methods = listing('html5_inicis', 'kakaopay')
    expect(findPaidMethod(methods, { ...came('kakaopay', 'TC0'), pay_method: 'point' }, undefined)?.key).toBe(
      'm2',
    )
  })
  test('two identical methods: the last opened one is taken', () => {
    const methods = listing('html5_inicis', 'html5_inicis')
    expect(findPaidMethod(methods, came('html5_inicis', 'M'), 'm2')?.key).toBe('m2')
  })
  test('an unlisted gateway: it has no method', () => {
    expect(findPaidMethod(listing('kakaopay'), came('danal', 'M'), 'm1')).toBeUndefined()
  })
})

test('amounts are compared exactly', () => {
  const dollars = aLink({ amount: 1010, currency: 'USD' })
  expect(compareMoney(dollars, { amount: 10.1, currency: 'USD' })).toBe('same')
  expect(compareMoney(dollars, { amount: 10.1000001, currency: 'USD' })).toBe('amount')
  expect(compareMoney(dollars, { amount: 1010, currency: 'KRW' })).toBe('currency')
  expect(minorOf(99.9, 'VND')).toBe(99)
  expect(minorOf(12.505, 'USD')).toBe(1250)
  expect(minorOf(999_999_999.29, 'USD')).toBe(99_999_999_929)
  expect(minorOf(12.5, 'XBT')).toBe(12)
})

test.each([
  [10_000, 0, 10_000],
  [10_000.5, 0, 10_000.5],
  [10_000.5, 0.5, 10_000],
  [10.3, 0.1, 10.2],
  [999_999_999_999, 0.25, 999_999_999_998.75],
  [0.000_000_4, 0, 0.000_000_4],
  [10_000, 10_000, 0],
  [10_000, 12_000, 0],
])('of a payment of %d with %d cancelled, %d can still be refunded', (amount, cancel_amount, refundable) => {
  expect(refundableAmount({ amount, cancel_amount })).toBe(refundable)
})

describe('settling all attempts of an order', () => {
  const failed = (at: number) => aPayment({ imp_uid: `imp_${at}`, status: 'failed', paid_at: null })
  const many = Array.from({ length: 50 }, (_, at) => failed(at))
  test('includes every attempt with money, first approval first, and the latest twenty others', () => {
    const account = aPayment({ imp_uid: 'account', status: 'ready', paid_at: null, vbank_num: '1234' })
    const second = aPayment({ imp_uid: 'second', paid_at: start + 2 })
    const first = aPayment({ imp_uid: 'first', paid_at: start + 1 })
    const settled = paymentsToSettle([...many, second, account, first]).map(({ imp_uid }) => imp_uid)
    expect(settled.slice(0, 3)).toEqual(['first', 'second', 'account'])
    expect(settled.slice(3)).toEqual(many.slice(0, 20).map(({ imp_uid }) => imp_uid))
  })
  test('leaves the order undecided if an attempt is unsettled and may still be approved', () => {
    const undecided = aPayment({ imp_uid: 'undecided', status: 'ready', paid_at: null })
    for (const attempts of [many, [undecided, ...many]])
      expect(isUndecided(attempts, paymentsToSettle(attempts))).toBe(false)
    const behind = [...many, undecided]
    expect(isUndecided(behind, paymentsToSettle(behind))).toBe(true)
  })
})

test('a notice is retried with backoff for a day and then abandoned', () => {
  const pauses: number[] = []
  let at = start
  for (let attempts = 1; ; attempts++) {
    const next = nextAttemptAt(attempts, start, at, 0.5)
    if (next === null) break
    pauses.push(next - at)
    at = next
  }
  expect(pauses.slice(0, 3)).toEqual([5000, 15_000, 45_000])
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
  expect(at - start).toBeGreaterThan(20 * 3_600_000)
  expect(at - start).toBeLessThanOrEqual(24 * 3_600_000)
  expect(nextAttemptAt(1, start, start, 0)).not.toBe(nextAttemptAt(1, start, start, 1))
})

test.each([
  ['카드번호 4242-4242-4242-4242 거절', '카드번호 … 거절'],
  ['카드번호 4.2.4.2.4.2.4.2 거절', '카드번호 … 거절'],
  ['카드번호 4/2/4/2 (4) [2], 4|2 거절', '카드번호 … 거절'],
  ['카드번호 ４２４２４２４２ 거절', '카드번호 … 거절'],
  ['카드번호 4\u200b2\u200b4\u200b2 거절', '카드번호 … 거절'],
  ['카드번호 4\u31642\uffa04\u115f2 거절', '카드번호 … 거절'],
  ['카드번호 ④②④② 거절', '카드번호 … 거절'],
  ['카드번호 4️⃣2️⃣4️⃣2️⃣ 거절', '카드번호 …️⃣ 거절'],
  ['카드번호 4242**** 거절', '카드번호 … 거절'],
  ['한도초과 (51)', '한도초과 (51)'],
  ['3회 이상 오류, 24시간 뒤 다시', '3회 이상 오류, 24시간 뒤 다시'],
])('the gateway’s message "%s" is shown to the customer as "%s"', (message, said) => {
  expect(cleanGatewayMessage(message)).toBe(said)
})

test('a gateway message of almost only digits is not shown', () => {
  expect(cleanGatewayMessage('4.2.4.2.4.2.4.2')).toBeUndefined()
})

test('a long gateway message with many spaces is shown', () => {
  const gaps = `1${' \u200b'.repeat(20_000)}1${'\u3164'.repeat(20_000)}1`
  expect(cleanGatewayMessage(`거절 ${gaps.repeat(5)} ${gaps}`)).toBe('거절 …')
})
