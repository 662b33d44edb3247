import { deliverSoon } from '../deliver-soon.ts'
import type { Room } from '../deps.ts'
import { authenticate } from '../doors/authenticate.ts'
import { refuse } from '../doors/merchant-answers.ts'
import { findOwn } from '../doors/merchant-link.ts'
import { makeRandomId } from '../random-id.ts'
import { paymentNewsOf } from '../rules/describe-event.ts'
import { ageLink, statusOf } from '../rules/link-status.ts'
import { tellMerchant } from '../tell.ts'

/** `PUT /api/supplements/v1/link/payment/{id}`: calm about a link that has ended unpaid already. */
export async function disableLink(room: Room, request: Request, id: string): Promise<Response> {
  const auth = await authenticate(room, request, true)
  if (!auth.ok) return refuse(auth.refusal)
  for (let race = 0; race < 8; race++) {
    const link = await findOwn(room, id, auth.caller)
    if (!link) return refuse({ status: 404, message: 'no such link' })
    const now = room.now()
    const status = statusOf(link, now)
    if (status === 'paid' || status === 'refunded')
      return refuse({ status: 409, message: `the link is ${status} and can no longer be disabled` })
    if (status === 'disabled' || status === 'expired') return done()
    const end = { link, at: now, why: 'merchant' }
    const news = { status: 'disabled', payment: paymentNewsOf(ageLink(link, now)) } as const
    const events = tellMerchant(room, { type: 'link.disabled', ...news, ...end })
    const move = { ...end, to: 'disabled', payment: null, events } as const
    if (!(await room.store.moveLink(move, makeRandomId(room.random)))) continue
    deliverSoon(room)
    room.log.info({ event: 'link.moved', link: id, from: status, to: 'disabled', why: 'merchant' })
    return done()
  }
  return refuse({ status: 409, message: 'the link is changing at this moment: try again' })
}

function done(): Response {
  return Response.json({}, { headers: { 'cache-control': 'no-store' } })
}
