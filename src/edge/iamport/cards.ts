// i'mport's billing key API (`/subscribe` paths of its OpenAPI). Card data is held for the length of one call only.
import type { z } from 'zod'
import { type BillingKey, billingKeySchema } from './billing-key.ts'
import type { Call } from './http.ts'
import { type Payment, paymentSchema } from './payment.ts'
import type { IamportResult } from './result.ts'

/** In i'mport's format: `dddd-dddd-dddd-dddd`, `YYYY-MM`. */
export interface WireCard {
  card_number: string
  expiry: string
  birth: string
  pwd_2digit: string
}

export interface CardCalls<Account> {
  getKey(account: Account, customerUid: string): Promise<IamportResult<BillingKey>>
  /** Replaces any existing key of that name. */
  issueKey(
    account: Account,
    customerUid: string,
    request: WireCard & object,
  ): Promise<IamportResult<BillingKey>>
  /** Registers and charges in one call. A decline by the card company is a payment with status `failed`. */
  payOnce(account: Account, request: WireCard & object): Promise<IamportResult<Payment>>
  deleteKey(account: Account, customerUid: string): Promise<IamportResult<BillingKey>>
}

type Send<Account> = <Value>(
  account: Account,
  request: Call,
  schema: z.ZodType<Value>,
) => Promise<IamportResult<Value>>

/** Longer than for other calls, because card companies may answer slowly. */
const cardTimeoutMs = 15_000

export function cardCalls<Account>(send: Send<Account>): CardCalls<Account> {
  const pathOf = (customerUid: string) => `/subscribe/customers/${encodeURIComponent(customerUid)}`
  const sendForKey = async (
    account: Account,
    uid: string,
    request: Omit<Call, 'path'>,
  ): Promise<IamportResult<BillingKey>> => {
    const answer = await send(
      account,
      { ...request, path: pathOf(uid), requiresEnvelope: true },
      billingKeySchema,
    )
    return answer.ok && answer.value.customer_uid !== uid ? { ok: false, reason: 'unreachable' } : answer
  }
  return {
    getKey: (account, uid) => sendForKey(account, uid, { method: 'GET' }),
    deleteKey: (account, uid) => sendForKey(account, uid, { method: 'DELETE' }),
    issueKey: (account, uid, body) =>
      sendForKey(account, uid, { method: 'POST', body, timeoutMs: cardTimeoutMs }),
    payOnce: (account, body) =>
      send(
        account,
        { method: 'POST', path: '/subscribe/payments/onetime', body, timeoutMs: cardTimeoutMs },
        paymentSchema,
      ),
  }
}
