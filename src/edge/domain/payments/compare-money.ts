// Pure: is this payment of exactly the link's money?
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

/** In major units, as `minorOf` had it: of a currency outside the table the whole part is all that is known. */
export const wholeOf = (minor: number, currency: string): number =>
  isCurrencyCode(currency) ? majorOf(minor, currency) : minor

/**
 * An amount of i'mport in the minor unit, without what is smaller than that. In a currency outside the table
 * nothing is known of its minor unit: the whole part stands as it came, for the record and for telling the customer.
 */
export function minorOf(amount: number, currency: string): number {
  const exponent = isCurrencyCode(currency) ? currencyOf(currency).exponent : 0
  // Stryker disable next-line StringLiteral: a text always has a first part, so its default is never used.
  const [whole = '', fraction = ''] = decimalText(amount).split('.')
  return Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'))
}

/**
 * The amount that i'mport can still refund, in major units. Computed from the numbers on the wire, because i'mport
 * compares it with its own, even if those are no valid amount of the currency (10000.5 won).
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
