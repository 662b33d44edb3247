import { z } from 'zod'
import type { Room } from '../../context.ts'
import {
  describeWindowFailure,
  findFailureCode,
  windowFailureCodes,
} from '../../domain/gateways/window-failure.ts'
import { statusOf } from '../../domain/links/link-status.ts'
import { tellMerchant } from '../../features/webhooks/build-events.ts'
import { deliverSoon } from '../../features/webhooks/deliver-in-background.ts'
import { warnSparingly } from '../../http/middleware/warn.ts'
import { findById } from '../../http/request/page-request.ts'
import { readFields, refuseMethod } from '../../http/request/read-fields.ts'
import { fail, noContent } from '../../http/response/page-response.ts'

// Strict: the SDK's message may name the buyer, so no other field is accepted.
export const windowFailedSchema = z.strictObject({
  code: z
    .string({ error: 'code is required' })
    .regex(/^[\w-]{1,40}$/, { error: 'code must be 1 to 40 letters, digits, _ or -' })
    .meta({ description: `The SDK's error code. Told to the merchant: ${windowFailureCodes.join(', ')}` }),
  method: z.string({ error: 'method is required' }).meta({ example: 'm1' }),
})

/**
 * `POST /links/{id}/window-failed`: the SDK reported that the shop's set-up or its provider failed before a payment
 * window opened. Anybody can send this, so it moves nothing, and the merchant is told once per link and known code.
 */
export async function windowFailed(room: Room, request: Request, id: string): Promise<Response> {
  const link = await findById(room, id)
  if (!link) return fail({ reason: 'not_found' })
  const report = await readFields(request, windowFailedSchema)
  if (!report.ok) return report.refusal
  const method = link.methods.find(({ key }) => key === report.fields.method)
  if (!method) return refuseMethod()
  const at = room.now()
  const status = statusOf(link, at)
  if (status !== 'open') return noContent()

  const code = findFailureCode(report.fields.code)
  room.meter.windowFailed(code ?? 'other')
  await warnSparingly(room, `window_failed ${link.id}`, {
    event: 'window.failed',
    link: link.id,
    code: report.fields.code,
    pg_provider: method.provider ?? null,
    pay_method: method.pay_method,
    method: method.key,
  })
  if (!code) return noContent()
  const window = describeWindowFailure(code, method)
  const news = { type: 'link.window_failed', at, link, status, payment: null, why: code, window } as const
  await room.store.recordWindowFailure({ link_id: link.id, code, at }, await tellMerchant(room, news))
  deliverSoon(room)
  return noContent()
}
