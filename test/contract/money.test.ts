import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencyCodes, currencyOf } from '../../src/contract/money/currency.ts'
import { decimalOf, formatMoney, largestMinor, majorOf, parseAmount } from '../../src/contract/money/money.ts'

const anyCurrency = fc.constantFrom(...currencyCodes)
const anyMinor = fc.integer({ min: 0, max: largestMinor })

test('every amount survives conversion to the wire and back, as text and as number', () => {
  fc.assert(
    fc.property(anyMinor, anyCurrency, (minor, currency) => {
      expect(parseAmount(decimalOf(minor, currency), currency)).toEqual({ ok: true, minor })
      expect(parseAmount(majorOf(minor, currency), currency)).toEqual({ ok: true, minor })
    }),
  )
})

test('parseAmount returns an exact amount or a problem for any input', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.double(), fc.anything()), anyCurrency, (typed, currency) => {
      const parsed = parseAmount(typed, currency)
      if (!parsed.ok) return
      expect(Number.isSafeInteger(parsed.minor) && parsed.minor >= 0 && parsed.minor <= largestMinor).toBe(
        true,
      )
      expect(Number(decimalOf(parsed.minor, currency))).toBe(Math.abs(Number(typed)))
    }),
  )
})

test.each([
  [10.1, 'USD', { ok: true, minor: 1010 }],
  ['12.50', 'USD', { ok: true, minor: 1250 }],
  ['12.500', 'USD', { ok: true, minor: 1250 }],
  [10_000, 'KRW', { ok: true, minor: 10_000 }],
  ['10000.0', 'KRW', { ok: true, minor: 10_000 }],
  [0.1 + 0.2, 'USD', { ok: false, problem: 'too_precise' }],
  [100.5, 'KRW', { ok: false, problem: 'too_precise' }],
  [-1, 'KRW', { ok: false, problem: 'negative' }],
  ['1e3', 'KRW', { ok: false, problem: 'not_a_number' }],
  ['1,000', 'KRW', { ok: false, problem: 'not_a_number' }],
  ['', 'KRW', { ok: false, problem: 'not_a_number' }],
  [Number.NaN, 'KRW', { ok: false, problem: 'not_a_number' }],
  [1e12, 'KRW', { ok: false, problem: 'too_large' }],
] as const)('parseAmount handles %s %s', (typed, currency, wanted) => {
  expect(parseAmount(typed, currency)).toEqual(wanted)
})

describe('formatMoney', () => {
  test.each([
    [10_000, 'KRW', 'ko', '10,000원'],
    [10_000, 'KRW', 'en', '₩10,000'],
    [1_234_567, 'KRW', 'ko', '1,234,567원'],
    [1250, 'USD', 'ko', 'US$12.50'],
    [5, 'USD', 'en', 'US$0.05'],
    [1000, 'JPY', 'en', 'JP¥1,000'],
    [100, 'HUF', 'en', 'HUF 1.00'],
    [250_000, 'THB', 'ko', '฿2,500.00'],
    [250_000, 'VND', 'ko', '₫250,000'],
    [15_000_000, 'IDR', 'en', 'Rp 150,000'],
    [15_000_050, 'IDR', 'en', 'Rp 150,000.50'],
    [9_990, 'MYR', 'en', 'RM 99.90'],
    [9_990, 'PHP', 'ko', '₱99.90'],
    [9_990, 'SGD', 'en', 'S$99.90'],
    [100_000, 'INR', 'en', '₹1,000.00'],
  ] as const)('formats %s %s in %s as %s', (minor, currency, language, wanted) => {
    expect(formatMoney(minor, currency, language)).toBe(wanted)
  })
  test('loses no digit of any amount', () => {
    fc.assert(
      fc.property(
        anyMinor,
        anyCurrency,
        fc.constantFrom('ko' as const, 'en' as const),
        (minor, currency, language) => {
          const { exponent, bareWhole } = currencyOf(currency)
          const written = formatMoney(minor, currency, language)
          const places = written.split('.')[1]?.length ?? 0
          // Only a zero fraction may be omitted.
          if (bareWhole && minor % 10 ** exponent === 0) expect(places).toBe(0)
          else expect(places).toBe(exponent)
          expect(Number(written.replace(/\D/g, '')) * 10 ** (exponent - places)).toBe(minor)
        },
      ),
    )
  })
})
