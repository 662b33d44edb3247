// i'mport's calls about billing keys ("Billing key REST API", and the `subscribe` paths of its OpenAPI).
// Whoever holds a card here holds it for the length of one call.
import type { z } from 'zod'
import { type BillingKey, billingKeySchema } from './billing-key.ts'
import type { Call } from './http.ts'
import { type Payment, paymentSchema } from './payment.ts'
import type { IamportResult } from './result.ts'

/** As the wire wants it: `dddd-dddd-dddd-dddd`, `YYYY-MM`. */
export interface WireCard {
  card_number: string
  expiry: string
  birth: string
  pwd_2digit: string
}

export interface CardCalls<Account> {
  getKey(account: Account, customerUid: string): Promise<IamportResult<BillingKey>>
  /** What was there under the name is replaced without a word. */
  issueKey(account: Account, customerUid: string, wish: WireCard & object): Promise<IamportResult<BillingKey>>
  /** Registers and charges in one. A refusal by the card company is a payment that failed. */
  payOnce(account: Account, wish: WireCard & object): Promise<IamportResult<Payment>>
  deleteKey(account: Account, customerUid: string): Promise<IamportResult<BillingKey>>
}

type Ask<Account> = <Value>(
  account: Account,
  wish: Call,
  schema: z.ZodType<Value>,
) => Promise<IamportResult<Value>>

/** A card company may take its time, and the customer waits for nothing else. */
const cardPatienceMs = 15_000

export function cardCalls<Account>(ask: Ask<Account>): CardCalls<Account> {
  const pathOf = (customerUid: string) => `/subscribe/customers/${encodeURIComponent(customerUid)}`
  const ofKey = async (
    account: Account,
    uid: string,
    wish: Omit<Call, 'path'>,
  ): Promise<IamportResult<BillingKey>> => {
    const answer = await ask(account, { ...wish, path: pathOf(uid), inWords: true }, billingKeySchema)
    return answer.ok && answer.value.customer_uid !== uid ? { ok: false, reason: 'unreachable' } : answer
  }
  return {
    getKey: (account, uid) => ofKey(account, uid, { method: 'GET' }),
    deleteKey: (account, uid) => ofKey(account, uid, { method: 'DELETE' }),
    issueKey: (account, uid, body) =>
      ofKey(account, uid, { method: 'POST', body, patienceMs: cardPatienceMs }),
    payOnce: (account, body) =>
      ask(
        account,
        { method: 'POST', path: '/subscribe/payments/onetime', body, patienceMs: cardPatienceMs },
        paymentSchema,
      ),
  }
}
