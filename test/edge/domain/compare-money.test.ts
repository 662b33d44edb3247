import { expect, test } from 'vitest'
import { majorAmountOf, minorOf } from '../../../src/edge/domain/payments/compare-money.ts'

test.each([
  [10, 'USD', 1000, 10],
  [10.1, 'USD', 1010, 10.1],
  [10_000, 'KRW', 10_000, 10_000],
  // A currency with an unknown minor unit.
  [10.9, 'XBT', 10, 10],
])('an amount of %d %s is stored as %d, and shown as %d', (amount, currency, minor, shown) => {
  expect(minorOf(amount, currency)).toBe(minor)
  expect(majorAmountOf(minor, currency)).toBe(shown)
})
