import type { Room } from '../deps.ts'
import { authenticate } from '../doors/authenticate.ts'
import { reportLinks } from '../doors/link-reports.ts'
import { refuse } from '../doors/merchant-answers.ts'
import { findOwn } from '../doors/merchant-link.ts'

/** `GET /api/supplements/v1/link/payment/{id}` */
export async function readLink(room: Room, request: Request, id: string): Promise<Response> {
  const auth = await authenticate(room, request, false)
  if (!auth.ok) return refuse(auth.refusal)
  const link = await findOwn(room, id, auth.caller)
  if (!link) return refuse({ status: 404, message: 'no such link' })
  const [report] = await reportLinks(room, [link])
  return Response.json(report, { headers: { 'cache-control': 'no-store' } })
}
