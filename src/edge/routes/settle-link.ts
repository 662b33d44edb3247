import { z } from 'zod'
import { deliverSoon } from '../deliver-soon.ts'
import type { Room } from '../deps.ts'
import { dropEmpty } from '../doors/drop-empty.ts'
import { answer, fail } from '../doors/page-answers.ts'
import { findById, viewFor } from '../doors/page-link.ts'
import { problemOf } from '../doors/problem.ts'
import { readBody } from '../doors/read-body.ts'
import { visitorSchema } from '../doors/visitor.ts'
import { impUidPattern } from '../iamport/payment.ts'
import { settle } from '../settle.ts'

export const settleSchema = z.object({
  imp_uid: z.string().regex(impUidPattern, { error: "imp_uid must be an id of i'mport" }).optional(),
  visitor: visitorSchema,
})

/** `POST /links/{id}/settle`: what became of the customer's attempt, as i'mport tells it. */
export async function settleLink(room: Room, request: Request, path: string): Promise<Response> {
  const link = await findById(room, path)
  if (!link) return fail({ reason: 'not_found' })
  const { id } = link
  const body = await readBody(request, 'json')
  if (!body.ok) return fail({ reason: 'bad_request', message: body.message }, body.status)
  const asked = settleSchema.safeParse(dropEmpty(body.value))
  if (!asked.success)
    return fail({ reason: 'bad_request', message: 'wrong fields', errors: asked.error.issues.map(problemOf) })

  const { imp_uid, visitor } = asked.data
  const settlement = await settle(room, link, imp_uid)
  room.meter.settled('page', settlement.ok ? settlement.attempt.outcome : settlement.reason)
  deliverSoon(room)
  if (!settlement.ok) return fail({ reason: settlement.reason })
  const { outcome } = settlement.attempt
  if (imp_uid && (outcome === 'declined' || outcome === 'cancelled'))
    await room.store.endCheckouts(id, visitor, room.now())
  const settled = (await room.store.findLink(id)) ?? link
  const tried = outcome === 'registered' ? undefined : { outcome, imp_uid, visitor }
  const view = await viewFor(room, settled, undefined, tried)
  return answer({ ...view, attempt: settlement.attempt })
}
