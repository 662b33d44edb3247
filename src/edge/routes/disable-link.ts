import type { Room } from '../deps.ts'
import { authenticate } from '../doors/authenticate.ts'
import { refuse } from '../doors/merchant-answers.ts'
import { findOwn } from '../doors/merchant-link.ts'
import { endLink } from '../end-link.ts'

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
