import { z } from 'zod'
import { deliverSoon } from '../deliver-soon.ts'
import type { Room } from '../deps.ts'
import { fail, noContent } from '../doors/page-answers.ts'
import { findById } from '../doors/page-link.ts'
import { problemOf } from '../doors/problem.ts'
import { readBody } from '../doors/read-body.ts'
import { warnSparingly } from '../doors/warn.ts'
import { statusOf } from '../rules/link-status.ts'
import { describeWindowFailure, findFailureCode, windowFailureCodes } from '../rules/window-failure.ts'
import { tellMerchant } from '../tell.ts'

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
  const body = await readBody(request, 'json')
  if (!body.ok) return fail({ reason: 'bad_request', message: body.message }, body.status)
  const report = windowFailedSchema.safeParse(body.value)
  if (!report.success)
    return fail({
      reason: 'bad_request',
      message: 'wrong fields',
      errors: report.error.issues.map(problemOf),
    })
  const method = link.methods.find(({ key }) => key === report.data.method)
  if (!method) {
    const errors = [{ path: 'method', message: 'method is none of this link' }]
    return fail({ reason: 'bad_request', message: 'unknown method', errors })
  }
  const at = room.now()
  const status = statusOf(link, at)
  if (status !== 'open') return noContent()

  const code = findFailureCode(report.data.code)
  room.meter.windowFailed(code ?? 'other')
  await warnSparingly(room, `window_failed ${link.id}`, {
    event: 'window.failed',
    link: link.id,
    code: report.data.code,
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
