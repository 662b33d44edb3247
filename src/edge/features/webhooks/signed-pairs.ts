import type { CurrencyCode } from '../../../contract/money/currency.ts'
import { majorOf } from '../../../contract/money/money.ts'

interface SignedFields {
  /** In minor units. */
  amount: number
  currency: CurrencyCode
  merchant_order_id: string
  success_url: string
  failure_url: string
}

/** The pairs that a request's `signature_hash` signs; the amount in major units without trailing zeros. */
export function signedPairs(
  { amount, currency, merchant_order_id, success_url, failure_url }: SignedFields,
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
