import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { confirmApproval } from '../../features/links/confirm-approval.ts'
import { warnRateLimited } from '../../http/middleware/warn.ts'
import { findById } from '../../http/request/page-request.ts'
import { readBody } from '../../http/request/read-body.ts'
import { json, pageError } from '../../http/response/page-response.ts'

export const confirmSchema = z.object({
  imp_uid: z.string().optional(),
  merchant_uid: z.string(),
  amount: z.union([z.number(), z.string()]),
})

/**
 * `POST /links/{id}/confirm`: i'mport's "confirm process", called just before a payment is approved; anything but 200
 * stops it. Only refusals count for the rate limit.
 */
export async function handleConfirm(
  context: AppContext,
  request: Request,
  id: string,
  address: string,
): Promise<Response> {
  const link = await findById(context, id)
  if (!link) return pageError({ reason: 'not_found' })
  const body = await readBody(request, 'json or form')
  if (!body.ok) return pageError({ reason: 'bad_request', message: body.message }, body.status)
  const parsed = confirmSchema.safeParse(body.value)
  if (!parsed.success)
    return pageError({ reason: 'bad_request', message: 'merchant_uid and amount are required' })
  const confirmed = confirmApproval(link, parsed.data, context.now())
  if (confirmed.ok) return json({})
  const { reason } = confirmed
  const wait = await context.rateLimiter.take('confirm', `${link.id} ${address}`)
  if (wait > 0) {
    context.metrics.limited('confirm')
    // The gateway shows the reason to the customer, so a rate-limited call repeats it.
    return refuse(429, reason, { 'retry-after': String(wait) })
  }
  await warnRateLimited(context, `confirm ${link.id}`, { event: 'confirm.refused', link: link.id, reason })
  return refuse(409, reason)
}

const refuse = (status: 409 | 429, reason: string, headers: Record<string, string> = {}) =>
  Response.json({ reason }, { status, headers: { 'cache-control': 'no-store', ...headers } })
