import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { settle } from '../../features/settlement/settle.ts'
import { deliverInBackground } from '../../features/webhooks/deliver-in-background.ts'
import { findById } from '../../http/request/page-request.ts'
import { readBody } from '../../http/request/read-body.ts'
import { json, pageError } from '../../http/response/page-response.ts'
import { impUidPattern } from '../../iamport/payment.ts'

/** Loose, because i'mport may add fields. Notices are unsigned, so only `imp_uid` is used, to query i'mport. */
export const noticeSchema = z.object({
  imp_uid: z.string().regex(impUidPattern, { error: "imp_uid must be an id of i'mport" }),
  merchant_uid: z.string().optional(),
  status: z.string().optional(),
})

/** `POST /links/{id}/notice`: i'mport's webhook, as JSON or form by the setting in its console. */
export async function handleNotice(context: AppContext, request: Request, id: string): Promise<Response> {
  const link = await findById(context, id)
  if (!link) return pageError({ reason: 'not_found' })
  const body = await readBody(request, 'json or form')
  if (!body.ok) return pageError({ reason: 'bad_request', message: body.message }, body.status)
  const parsed = noticeSchema.safeParse(body.value)
  if (!parsed.success) return pageError({ reason: 'bad_request', message: 'imp_uid is required' })
  const settlement = await settle(context, link, parsed.data.imp_uid)
  context.metrics.settled('notice', settlement.ok ? settlement.attempt.outcome : settlement.reason)
  deliverInBackground(context)
  // i'mport retries notices answered with 5xx.
  return settlement.ok ? json({}) : pageError({ reason: settlement.reason })
}
