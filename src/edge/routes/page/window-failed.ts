import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { findFailureCode, windowFailureCodes, windowFailureOf } from '../../domain/gateways/window-failure.ts'
import { statusOf } from '../../domain/links/link-status.ts'
import { buildEvents } from '../../features/webhooks/build-events.ts'
import { deliverInBackground } from '../../features/webhooks/deliver-in-background.ts'
import { warnRateLimited } from '../../http/middleware/warn.ts'
import { findById } from '../../http/request/page-request.ts'
import { readFields, unknownMethod } from '../../http/request/read-fields.ts'
import { noContent, pageError } from '../../http/response/page-response.ts'

// Strict: the SDK's message may name the buyer, so no other field is accepted.
export const windowFailedSchema = z.strictObject({
  code: z
    .string({ error: 'code is required' })
    .regex(/^[\w-]{1,40}$/, { error: 'code must be 1 to 40 letters, digits, _ or -' })
    .meta({
      description: `The SDK's error code. Reported to the merchant: ${windowFailureCodes.join(', ')}`,
    }),
  method: z.string({ error: 'method is required' }).meta({ example: 'm1' }),
})

/**
 * `POST /links/{id}/window-failed`: the SDK reports that the shop's set-up or its provider failed before a payment
 * window opened. Unauthenticated, so it changes no status; the merchant gets one event per link and known code.
 */
export async function handleWindowFailed(
  context: AppContext,
  request: Request,
  id: string,
): Promise<Response> {
  const link = await findById(context, id)
  if (!link) return pageError({ reason: 'not_found' })
  const report = await readFields(request, windowFailedSchema)
  if (!report.ok) return report.refusal
  const method = link.methods.find(({ key }) => key === report.fields.method)
  if (!method) return unknownMethod()
  const at = context.now()
  const status = statusOf(link, at)
  if (status !== 'open') return noContent()

  const code = findFailureCode(report.fields.code)
  context.metrics.windowFailed(code ?? 'other')
  await warnRateLimited(context, `window_failed ${link.id}`, {
    event: 'window.failed',
    link: link.id,
    code: report.fields.code,
    pg_provider: method.provider ?? null,
    pay_method: method.pay_method,
    method: method.key,
  })
  if (!code) return noContent()
  const window = windowFailureOf(code, method)
  const eventData = {
    type: 'link.window_failed',
    at,
    link,
    status,
    payment: null,
    why: code,
    window,
  } as const
  await context.store.recordWindowFailure(
    { link_id: link.id, code, at },
    await buildEvents(context, eventData),
  )
  deliverInBackground(context)
  return noContent()
}
