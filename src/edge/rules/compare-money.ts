// Pure: is this payment of exactly the link's money?
import { isCurrencyCode } from '../../contract/currency.ts'
import { majorOf, parseAmount } from '../../contract/money.ts'
import type { Payment } from '../iamport/payment.ts'
import type { Link } from '../link.ts'

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
 * An amount of i'mport in the minor unit. In a currency outside the table nothing is known of its
 * minor unit: the whole part stands as it came, for the record and for telling the customer.
 */
export function minorOf(amount: number, currency: string): number {
  const parsed = isCurrencyCode(currency) ? parseAmount(amount, currency) : undefined
  return parsed?.ok ? parsed.minor : Math.max(0, Math.trunc(amount))
}
