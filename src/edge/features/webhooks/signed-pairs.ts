import type { CurrencyCode } from '../../../contract/money/currency.ts'
import { majorOf } from '../../../contract/money/money.ts'

interface Signed {
  /** In the minor unit. */
  amount: number
  currency: CurrencyCode
  merchant_order_id: string
  success_url: string
  failure_url: string
}

/** What a request's `signature_hash` is made over; the amount as upstream writes it, without trailing zeros. */
export function signedPairs(
  { amount, currency, merchant_order_id, success_url, failure_url }: Signed,
  client_key: string,
): Record<string, string> {
  return {
    amount: String(majorOf(amount, currency)),
    client_key,
    currency,
    failure_url,
    merchant_order_id,
    success_url,
  }
}
