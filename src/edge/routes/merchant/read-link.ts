import type { Room } from '../../context.ts'
import { reportLinks } from '../../features/links/report-links.ts'
import { authenticate } from '../../http/request/authenticate.ts'
import { findOwn } from '../../http/request/find-merchant-link.ts'
import { refuse } from '../../http/response/merchant-response.ts'

/** `GET /api/supplements/v1/link/payment/{id}` */
export async function readLink(room: Room, request: Request, id: string): Promise<Response> {
  const auth = await authenticate(room, request, false)
  if (!auth.ok) return refuse(auth.refusal)
  const link = await findOwn(room, id, auth.caller)
  if (!link) return refuse({ status: 404, message: 'no such link' })
  const [report] = await reportLinks(room, [link])
  return Response.json(report, { headers: { 'cache-control': 'no-store' } })
}
