import { type CurrencyCode, currencyOf, isCurrencyCode } from '../../../contract/money/currency.ts'
import { type AmountProblem, decimalOf, largestMinor, parseAmount } from '../../../contract/money/money.ts'
import type { FieldError } from '../../domain/field-error.ts'
import type { LinkFields } from './link-fields.ts'

/** Amount and tax-free part in the minor unit; wrong ones are added to `problems`. */
export function readAmounts(
  { amount, tax_free, currency }: Pick<Partial<LinkFields>, 'amount' | 'tax_free' | 'currency'>,
  problems: FieldError[],
  allowsZero = false,
): { amount?: number; tax_free?: number } {
  const read: { amount?: number; tax_free?: number } = {}
  for (const [path, given] of Object.entries({ amount, tax_free }) as ['amount' | 'tax_free', unknown][]) {
    if (given === undefined) continue
    // With a wrong currency, still checks the format; `too_precise` needs the currency.
    const parsed = parseAmount(given, currency ?? 'USD')
    if (parsed.ok) read[path] = parsed.minor
    else if (isCurrencyCode(currency) || parsed.problem !== 'too_precise')
      problems.push({ path, message: `${path} ${amountErrorMessage(parsed.problem, currency ?? 'USD')}` })
  }
  if (read.amount === 0 && !allowsZero)
    problems.push({ path: 'amount', message: 'amount must be more than 0' })
  if (read.tax_free !== undefined && read.amount !== undefined && read.tax_free > read.amount)
    problems.push({ path: 'tax_free', message: 'tax_free must be at most the amount' })
  return read
}

export function amountErrorMessage(problem: AmountProblem, currency: CurrencyCode): string {
  switch (problem) {
    case 'not_a_number':
      return 'must be a number'
    case 'negative':
      return 'must not be negative'
    case 'too_large':
      return `must be at most ${decimalOf(largestMinor, currency)} in ${currency}`
    case 'too_precise': {
      const { exponent } = currencyOf(currency)
      return exponent === 0
        ? `must be a whole number in ${currency}`
        : `must have at most ${exponent} decimals in ${currency}`
    }
  }
}
