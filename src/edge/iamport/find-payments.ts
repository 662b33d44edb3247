// Every attempt at an order, however many: one that was paid may stand behind any number that were not.
import { z } from 'zod'
import type { LogEntry } from '../log.ts'
import type { Answer } from './answer.ts'
import { unreadableIn } from './call.ts'
import { impUidPattern, type Payment, paymentSchema } from './payment.ts'

/** The most that i'mport gives at once (PagedPaymentAnnotation of its OpenAPI). */
const perPage = 1000
/** No order has so many attempts; an answer that never ends must not keep anybody. */
const maxPages = 20

/** `partial`: there are attempts that could not be read, and money may be in them. */
export type FoundPayments = Answer<Payment[]> | { ok: true; value: Payment[]; partial: true }

type Ask = <Value>(path: string, schema: z.ZodType<Value>) => Promise<Answer<Value>>

const count = z.number().nullish().catch(null)
const pageSchema = z
  .object({ total: count, next: count, list: z.array(z.unknown()).nullish() })
  .nullish()
  .transform((page) => ({ total: page?.total ?? 0, next: page?.next, list: page?.list ?? [] }))

/** Of an attempt that cannot be read, what can. */
const remainsSchema = z.object({
  imp_uid: z.string().regex(impUidPattern).optional().catch(undefined),
  status: z.unknown(),
})

/** What no money moved in, whatever else is wrong with it. */
const moneyless: unknown[] = ['ready', 'failed']

export async function findPayments(
  ask: Ask,
  merchantUid: string,
  warn: (entry: LogEntry) => void,
): Promise<FoundPayments> {
  const path = `/payments/findAll/${encodeURIComponent(merchantUid)}`
  // By id: what is begun meanwhile moves the others on to the next page.
  const found = new Map<string, Payment>()
  let isWhole = true
  let seen = 0

  /** @returns whether it was not on an earlier page */
  function take(given: unknown): boolean {
    const payment = paymentSchema.safeParse(given)
    if (payment.success) {
      const isNew = !found.has(payment.data.imp_uid)
      found.set(payment.data.imp_uid, payment.data)
      return isNew
    }
    const remains = remainsSchema.safeParse(given).data
    const fields = unreadableIn(payment.error)
    warn({ event: 'iamport.unreadable_payment', imp_uid: remains?.imp_uid, fields })
    if (!moneyless.includes(remains?.status)) isWhole = false
    return true
  }

  for (let page = 1; ; page++) {
    const answer = await ask(`${path}?limit=${perPage}&page=${page}&sorting=-started`, pageSchema)
    if (!answer.ok && page === 1) return answer.reason === 'not_found' ? { ok: true, value: [] } : answer
    const { total, next, list } = answer.ok ? answer.value : { total: undefined, next: 0, list: [] }
    const fresh = list.map(take).filter(Boolean).length
    seen += list.length
    const isLast = answer.ok && (typeof next === 'number' ? next <= page : (total ?? 0) <= seen)
    if (isLast && (page === 1 || fresh > 0)) break
    if (!isLast && fresh > 0 && page < maxPages) continue
    // What was read is worth settling all the same.
    warn({ event: 'iamport.payments_unread', read: seen, total })
    isWhole = false
    break
  }
  const value = [...found.values()]
  return isWhole ? { ok: true, value } : { ok: true, value, partial: true }
}
