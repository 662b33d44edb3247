// i'mport's REST API V1, the calls that Dari needs. Facts: shared reference "i'mport API overview".
import { z } from 'zod'
import type { Merchant } from '../config/merchants.ts'
import type { Logger } from '../platform/observability/logger.ts'
import { createAccessTokens } from './access-tokens.ts'
import { type CardCalls, cardCalls } from './cards.ts'
import { type FoundPayments, findPayments } from './find-payments.ts'
import { type Call, callWithRetry } from './http.ts'
import { type Payment, paymentSchema } from './payment.ts'
import type { IamportResult } from './result.ts'

/** On whose behalf a call is made: a sub-merchant is named by the `Tier` header. */
export interface Account {
  merchant: Merchant
  tier: string
}

/** Amounts are in major units, as on the wire. */
export interface Iamport extends CardCalls<Account> {
  /** Registers the amount of an order, so that i'mport's window refuses any other. */
  prepare(
    account: Account,
    order: { merchant_uid: string; amount: number; currency: string },
  ): Promise<IamportResult<void>>
  getPayment(account: Account, impUid: string): Promise<IamportResult<Payment>>
  /** Every attempt at the order, the latest first; none is an empty list. */
  findPayments(account: Account, merchantUid: string): Promise<FoundPayments>
  /** Gives back what is left of it. */
  cancel(account: Account, wish: CancelRequest): Promise<IamportResult<Payment>>
}

interface CancelRequest {
  imp_uid: string
  /** Redundant beside `imp_uid`; some servers require it. */
  merchant_uid: string
  /** What is left to give back. Without an amount i'mport gives back all; some servers require one. */
  amount: number
  /** The same: i'mport refuses when it thinks that another sum is left. */
  checksum: number
  reason: string
}

const preparedSchema = z.object({ amount: z.number().nullish(), currency: z.string().nullish() }).nullish()

export interface IamportDeps {
  apiUrl: string
  fetch: typeof fetch
  now: () => number
  /** Waits before a second try; by default some tenths of a second, never the same. */
  retryDelay?: () => Promise<void>
  isolatesRequests?: boolean
  /** Gets a line for each payment that cannot be read. */
  log?: Pick<Logger, 'warn'>
}

const someTenths = () => new Promise<void>((resolve) => setTimeout(resolve, 100 + 300 * Math.random()))

export function createIamport(given: IamportDeps): Iamport {
  const outside = { retryDelay: someTenths, ...given }
  const tokens = createAccessTokens(outside)

  const ask = async <Value>(
    { merchant, tier }: Account,
    wish: Call,
    schema: z.ZodType<Value>,
  ): Promise<IamportResult<Value>> => {
    let refused: string | undefined
    for (let attempt = 0; attempt < 2; attempt++) {
      const token = await tokens.get(merchant, refused)
      if (!token.ok) return token
      const headers = { authorization: token.value, ...(tier ? { tier } : {}) }
      const answer = await callWithRetry(outside, wish, headers, schema)
      if (answer.ok || answer.reason !== 'unauthorized') return answer
      refused = token.value
    }
    const message = 'a fresh access token was not accepted'
    return { ok: false, reason: 'refused', message, because: 'credentials' }
  }

  return {
    ...cardCalls(ask),
    async prepare(account, order) {
      const path = '/payments/prepare'
      const posted = await ask(account, { method: 'POST', path, body: order }, preparedSchema)
      if (posted.ok) return { ok: true, value: undefined }
      if (posted.reason === 'unreachable') return posted
      // An order is registered once; how i'mport words the second refusal is not documented, so look.
      const one = `${path}/${encodeURIComponent(order.merchant_uid)}`
      const found = await ask(account, { method: 'GET', path: one }, preparedSchema)
      if (!found.ok) return found.reason === 'unreachable' ? found : posted
      const same =
        found.value?.amount === order.amount && (found.value.currency ?? order.currency) === order.currency
      if (same) return { ok: true, value: undefined }
      const put = await ask(account, { method: 'PUT', path, body: order }, preparedSchema)
      return put.ok ? { ok: true, value: undefined } : put
    },
    async getPayment(account, impUid) {
      // Test-channel payments are hidden unless asked for (PortOne's notice for 2026-01-26).
      const query = account.merchant.sandbox ? '?include_sandbox=true' : ''
      const path = `/payments/${encodeURIComponent(impUid)}${query}`
      const answer = await ask(account, { method: 'GET', path }, paymentSchema)
      const isOther = answer.ok && answer.value.imp_uid !== impUid
      return isOther ? { ok: false, reason: 'unreachable' } : answer
    },
    findPayments: ({ merchant, tier }, merchantUid) =>
      findPayments(
        (path, schema) => ask({ merchant, tier }, { method: 'GET', path }, schema),
        merchantUid,
        (entry) => given.log?.warn({ ...entry, user_code: merchant.user_code }),
      ),
    cancel: (account, wish) =>
      ask(account, { method: 'POST', path: '/payments/cancel', body: wish }, paymentSchema),
  }
}
