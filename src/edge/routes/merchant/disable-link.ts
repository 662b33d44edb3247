import type { Room } from '../../context.ts'
import { endLink } from '../../features/links/disable-link.ts'
import { authenticate } from '../../http/request/authenticate.ts'
import { findOwn } from '../../http/request/find-merchant-link.ts'
import { refuse } from '../../http/response/merchant-response.ts'

/** `PUT /api/supplements/v1/link/payment/{id}`: calm about a link that has ended unpaid already. */
export async function disableLink(room: Room, request: Request, id: string): Promise<Response> {
  const auth = await authenticate(room, request, true)
  if (!auth.ok) return refuse(auth.refusal)
  const ended = await endLink(room, () => findOwn(room, id, auth.caller))
  switch (ended) {
    case 'ended':
      return Response.json({}, { headers: { 'cache-control': 'no-store' } })
    case 'no such link':
      return refuse({ status: 404, message: 'no such link' })
    case 'paid':
    case 'refunded':
    case 'registered':
      return refuse({ status: 409, message: `the link is ${ended} and can no longer be disabled` })
    case 'busy':
      return refuse({ status: 409, message: 'the link is changing at this moment: try again' })
  }
}
