// Reads all payment attempts of an order, because a paid one may be older than many failed ones.
import { z } from 'zod'
import type { LogEntry } from '../platform/observability/logger.ts'
import { unreadableIn } from './http.ts'
import { impUidPattern, type Payment, paymentSchema } from './payment.ts'
import type { IamportResult } from './result.ts'

/** The documented maximum of `limit`. */
const pageSize = 1000
/** Guards against endless pagination; no real order has this many attempts. */
const maxPages = 20

/** `partial`: some attempts could not be read, and may include a paid one. */
export type FoundPayments = IamportResult<Payment[]> | { ok: true; value: Payment[]; partial: true }

type Send = <Value>(path: string, schema: z.ZodType<Value>) => Promise<IamportResult<Value>>

const count = z.number().nullish().catch(null)
const pageSchema = z
  .object({ total: count, next: count, list: z.array(z.unknown()).nullish() })
  .nullish()
  .transform((page) => ({ total: page?.total ?? 0, next: page?.next, list: page?.list ?? [] }))

/** The readable fields of an invalid payment. */
const fragmentSchema = z.object({
  imp_uid: z.string().regex(impUidPattern).optional().catch(undefined),
  status: z.unknown(),
})

/** In these statuses no money has moved, even if other fields are invalid. */
const unpaidStatuses: unknown[] = ['ready', 'failed']

export async function findPayments(
  send: Send,
  merchantUid: string,
  warn: (entry: LogEntry) => void,
): Promise<FoundPayments> {
  const path = `/payments/findAll/${encodeURIComponent(merchantUid)}`
  // Keyed by id, because new attempts shift entries to the next page.
  const found = new Map<string, Payment>()
  let isComplete = true
  let read = 0

  /** @returns false if an earlier page had the payment already */
  function add(entry: unknown): boolean {
    const payment = paymentSchema.safeParse(entry)
    if (payment.success) {
      const isNew = !found.has(payment.data.imp_uid)
      found.set(payment.data.imp_uid, payment.data)
      return isNew
    }
    const fragment = fragmentSchema.safeParse(entry).data
    const fields = unreadableIn(payment.error)
    warn({ event: 'iamport.unreadable_payment', imp_uid: fragment?.imp_uid, fields })
    if (!unpaidStatuses.includes(fragment?.status)) isComplete = false
    return true
  }

  for (let page = 1; ; page++) {
    const answer = await send(`${path}?limit=${pageSize}&page=${page}&sorting=-started`, pageSchema)
    if (!answer.ok && page === 1) return answer.reason === 'not_found' ? { ok: true, value: [] } : answer
    const { total, next, list } = answer.ok ? answer.value : { total: undefined, next: 0, list: [] }
    const added = list.map(add).filter(Boolean).length
    read += list.length
    const isLast = answer.ok && (typeof next === 'number' ? next <= page : (total ?? 0) <= read)
    if (isLast && (page === 1 || added > 0)) break
    if (!isLast && added > 0 && page < maxPages) continue
    warn({ event: 'iamport.payments_incomplete', read, total })
    isComplete = false
    break
  }
  const value = [...found.values()]
  return isComplete ? { ok: true, value } : { ok: true, value, partial: true }
}
