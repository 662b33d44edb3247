// Client for i'mport's REST API V1.
import { z } from 'zod'
import type { Merchant } from '../config/merchants.ts'
import type { Logger } from '../platform/observability/logger.ts'
import { createAccessTokens } from './access-tokens.ts'
import { type CardCalls, cardCalls } from './cards.ts'
import { type FoundPayments, findPayments } from './find-payments.ts'
import { type Call, callWithRetry } from './http.ts'
import { type Payment, paymentSchema } from './payment.ts'
import type { IamportResult } from './result.ts'

/** The merchant, and optionally its sub-merchant (sent in the `Tier` header), for which a call is made. */
export interface Account {
  merchant: Merchant
  tier: string
}

/** Amounts are in major units, as on the wire. */
export interface Iamport extends CardCalls<Account> {
  /** Registers the amount of an order, so that the payment window refuses any other. */
  prepare(
    account: Account,
    order: { merchant_uid: string; amount: number; currency: string },
  ): Promise<IamportResult<void>>
  getPayment(account: Account, impUid: string): Promise<IamportResult<Payment>>
  /** All payment attempts of the order, latest first. */
  findPayments(account: Account, merchantUid: string): Promise<FoundPayments>
  /** Refunds the rest of a payment. */
  cancel(account: Account, request: CancelRequest): Promise<IamportResult<Payment>>
}

interface CancelRequest {
  imp_uid: string
  /** Redundant beside `imp_uid`; some servers require it. */
  merchant_uid: string
  /** The refundable rest. i'mport refunds all without it, but some servers require it. */
  amount: number
  /** Equal to `amount`; i'mport refuses the refund if it computes another rest, which prevents double refunds. */
  checksum: number
  reason: string
}

const preparedSchema = z.object({ amount: z.number().nullish(), currency: z.string().nullish() }).nullish()

export interface IamportDeps {
  apiUrl: string
  fetch: typeof fetch
  now: () => number
  /** Waits before a retry; by default 0.1 to 0.4 seconds at random. */
  retryDelay?: () => Promise<void>
  isolatesRequests?: boolean
  /** Receives a warning for each unreadable payment. */
  log?: Pick<Logger, 'warn'>
}

const shortRandomDelay = () => new Promise<void>((resolve) => setTimeout(resolve, 100 + 300 * Math.random()))

export function createIamport(options: IamportDeps): Iamport {
  const deps = { retryDelay: shortRandomDelay, ...options }
  const tokens = createAccessTokens(deps)

  const send = async <Value>(
    { merchant, tier }: Account,
    request: Call,
    schema: z.ZodType<Value>,
  ): Promise<IamportResult<Value>> => {
    let refused: string | undefined
    for (let attempt = 0; attempt < 2; attempt++) {
      const token = await tokens.get(merchant, refused)
      if (!token.ok) return token
      const headers = { authorization: token.value, ...(tier ? { tier } : {}) }
      const answer = await callWithRetry(deps, request, headers, schema)
      if (answer.ok || answer.reason !== 'unauthorized') return answer
      refused = token.value
    }
    const message = 'a fresh access token was not accepted'
    return { ok: false, reason: 'refused', message, because: 'credentials' }
  }

  return {
    ...cardCalls(send),
    async prepare(account, order) {
      const path = '/payments/prepare'
      const posted = await send(account, { method: 'POST', path, body: order }, preparedSchema)
      if (posted.ok) return { ok: true, value: undefined }
      if (posted.reason === 'unreachable') return posted
      // An order can be registered once. The error for a duplicate is undocumented, so compare what is registered.
      const orderPath = `${path}/${encodeURIComponent(order.merchant_uid)}`
      const found = await send(account, { method: 'GET', path: orderPath }, preparedSchema)
      if (!found.ok) return found.reason === 'unreachable' ? found : posted
      const isRegistered =
        found.value?.amount === order.amount && (found.value.currency ?? order.currency) === order.currency
      if (isRegistered) return { ok: true, value: undefined }
      const put = await send(account, { method: 'PUT', path, body: order }, preparedSchema)
      return put.ok ? { ok: true, value: undefined } : put
    },
    async getPayment(account, impUid) {
      // i'mport hides test-channel payments by default since 2026-01-26.
      const query = account.merchant.sandbox ? '?include_sandbox=true' : ''
      const path = `/payments/${encodeURIComponent(impUid)}${query}`
      const answer = await send(account, { method: 'GET', path }, paymentSchema)
      const isOther = answer.ok && answer.value.imp_uid !== impUid
      return isOther ? { ok: false, reason: 'unreachable' } : answer
    },
    findPayments: ({ merchant, tier }, merchantUid) =>
      findPayments(
        (path, schema) => send({ merchant, tier }, { method: 'GET', path }, schema),
        merchantUid,
        (entry) => options.log?.warn({ ...entry, user_code: merchant.user_code }),
      ),
    cancel: (account, request) =>
      send(account, { method: 'POST', path: '/payments/cancel', body: request }, paymentSchema),
  }
}
