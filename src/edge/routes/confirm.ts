import { z } from 'zod'
import type { Room } from '../deps.ts'
import { answer, fail } from '../doors/page-answers.ts'
import { findById } from '../doors/page-link.ts'
import { readBody } from '../doors/read-body.ts'
import { confirmApproval } from '../rules/confirm-approval.ts'

export const confirmSchema = z.object({
  imp_uid: z.string().optional(),
  merchant_uid: z.string(),
  amount: z.union([z.number(), z.string()]),
})

/** `POST /links/{id}/confirm`: i'mport asks just before it approves; only 200 lets it go on. */
export async function confirm(room: Room, request: Request, id: string): Promise<Response> {
  const link = await findById(room, id)
  if (!link) return fail({ reason: 'not_found' })
  const body = await readBody(request, 'json or form')
  if (!body.ok) return fail({ reason: 'bad_request', message: body.message }, body.status)
  const asked = confirmSchema.safeParse(body.value)
  if (!asked.success) return fail({ reason: 'bad_request', message: 'merchant_uid and amount are required' })
  const confirmed = confirmApproval(link, asked.data, room.now())
  if (confirmed.ok) return answer({})
  room.log.warn({ event: 'confirm.refused', link: link.id, reason: confirmed.reason })
  return Response.json(
    { reason: confirmed.reason },
    { status: 409, headers: { 'cache-control': 'no-store' } },
  )
}
