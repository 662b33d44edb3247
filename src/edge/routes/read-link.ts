import type { Room } from '../deps.ts'
import { authenticate } from '../doors/authenticate.ts'
import { refuse } from '../doors/merchant-answers.ts'
import { findOwn } from '../doors/merchant-link.ts'
import { reportLink } from '../rules/report-link.ts'

/** `GET /api/supplements/v1/link/payment/{id}` */
export async function readLink(room: Room, request: Request, id: string): Promise<Response> {
  const auth = await authenticate(room, request, false)
  if (!auth.ok) return refuse(auth.refusal)
  const link = await findOwn(room, id, auth.caller)
  if (!link) return refuse({ status: 404, message: 'no such link' })
  const history = await room.store.readHistory([link.id])
  const report = reportLink(link, history, room.settings.publicUrl, room.now())
  return Response.json(report, { headers: { 'cache-control': 'no-store' } })
}
