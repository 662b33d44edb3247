// Pure: compares and converts amounts of money.
import { currencyOf, isCurrencyCode } from '../../../contract/money/currency.ts'
import { majorOf, parseAmount } from '../../../contract/money/money.ts'
import type { Payment } from '../../iamport/payment.ts'
import type { Link } from '../links/link.ts'

export function compareMoney(
  link: Pick<Link, 'amount' | 'currency'>,
  payment: Pick<Payment, 'amount' | 'currency'>,
): 'same' | 'amount' | 'currency' {
  if (payment.currency !== link.currency) return 'currency'
  const amount = parseAmount(payment.amount, link.currency)
  return amount.ok && amount.minor === link.amount ? 'same' : 'amount'
}

/** Inverse of `minorOf`: major units. An unknown currency has only the whole part. */
export const majorAmountOf = (minor: number, currency: string): number =>
  isCurrencyCode(currency) ? majorOf(minor, currency) : minor

/**
 * Converts i'mport's amount to the minor unit, truncating smaller fractions. For an unknown currency, whose exponent is
 * not known, returns the whole part of the amount, for records and display.
 */
export function minorOf(amount: number, currency: string): number {
  const exponent = isCurrencyCode(currency) ? currencyOf(currency).exponent : 0
  // Stryker disable next-line StringLiteral: a text always has a first part, so its default is never used.
  const [whole = '', fraction = ''] = decimalText(amount).split('.')
  return Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'))
}

/**
 * The amount left to refund, in major units. Computed from i'mport's numbers even if invalid in the currency (10000.5
 * won), because i'mport compares the result with its own.
 */
export function refundableAmount({
  amount,
  cancel_amount,
}: Pick<Payment, 'amount' | 'cancel_amount'>): number {
  // In integers: 10.3 - 0.1 is not 10.2 in floating point.
  const texts = [decimalText(amount), decimalText(cancel_amount)]
  const places = Math.max(...texts.map((text) => text.split('.')[1]?.length ?? 0))
  const [paid = 0n, cancelled = 0n] = texts.map((text) => {
    // Stryker disable next-line StringLiteral: a text always has a first part, so its default is never used.
    const [whole = '', fraction = ''] = text.split('.')
    return BigInt(whole + fraction.padEnd(places, '0'))
  })
  // Stryker disable next-line EqualityOperator: of equal amounts nothing is left either way.
  return paid > cancelled ? Number(`${paid - cancelled}e-${places}`) : 0
}

/** The shortest decimal form, as on the wire. */
function decimalText(amount: number): string {
  const text = String(Math.max(0, amount))
  // Numbers below a millionth are printed with an exponent.
  return text.includes('e') ? amount.toFixed(20) : text
}
