// Amounts are integers in the currency's minor unit everywhere. They are converted only from and to decimal text,
// never with fractional arithmetic.

import type { Language } from '../language.ts'
import { type CurrencyCode, currencyOf } from './currency.ts'

/** Twelve digits: above any bill, and far below the limit of exact doubles. */
export const largestMinor = 999_999_999_999

export type AmountProblem = 'not_a_number' | 'too_precise' | 'negative' | 'too_large'

/**
 * Parses an amount in major units (`10000`, `"12.50"`). JSON numbers are read by their shortest decimal form, so
 * `10.1` is exactly 10.10.
 */
export function parseAmount(
  input: unknown,
  currency: CurrencyCode,
): { ok: true; minor: number } | { ok: false; problem: AmountProblem } {
  if (typeof input !== 'number' && typeof input !== 'string') return { ok: false, problem: 'not_a_number' }
  const match = /^(-?)(\d{1,20})(?:\.(\d{1,20}))?$/.exec(String(input).trim())
  if (!match) return { ok: false, problem: 'not_a_number' }
  const [, sign, whole = '', fraction = ''] = match
  const { exponent } = currencyOf(currency)
  const significant = fraction.replace(/0+$/, '')
  if (significant.length > exponent) return { ok: false, problem: 'too_precise' }
  const digits = (whole + significant.padEnd(exponent, '0')).replace(/^0+(?=\d)/, '')
  if (digits.length > String(largestMinor).length) return { ok: false, problem: 'too_large' }
  const minor = Number(digits)
  if (sign === '-' && minor !== 0) return { ok: false, problem: 'negative' }
  return { ok: true, minor }
}

/** `1250` USD is `"12.50"`; `10000` KRW is `"10000"`. */
export function decimalOf(minor: number, currency: CurrencyCode): string {
  const { exponent } = currencyOf(currency)
  if (exponent === 0) return String(minor)
  const digits = String(minor).padStart(exponent + 1, '0')
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/** JSON number in major units for upstream's API. Not for calculations. */
export function majorOf(minor: number, currency: CurrencyCode): number {
  return Number(decimalOf(minor, currency))
}

/** Formats for display: `10,000원` in Korean, `₩10,000` in English, `US$12.50` in both. */
export function formatMoney(minor: number, currency: CurrencyCode, language: Language): string {
  const { symbol, bareWhole } = currencyOf(currency)
  const [whole = '', exact] = decimalOf(minor, currency).split('.')
  const fraction = bareWhole && /^0+$/.test(exact ?? '') ? undefined : exact
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const digits = fraction === undefined ? grouped : `${grouped}.${fraction}`
  // Intl prints ₩10,000 in Korean, which is unusual on Korean bills.
  return currency === 'KRW' && language === 'ko' ? `${digits}원` : `${symbol}${digits}`
}
