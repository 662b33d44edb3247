import type { Room } from '../../context.ts'
import { reportEvent } from '../../domain/events/report-event.ts'
import { deliverSoon } from '../../features/webhooks/deliver-in-background.ts'
import { authenticate, type Caller } from '../../http/request/authenticate.ts'
import { refuse } from '../../http/response/merchant-response.ts'
import type { EventRow } from '../../store/sql/tables.ts'

/** `POST /api/supplements/v1/link/events/{id}/redeliver`: told anew from now on, under the same id. */
export async function redeliverEvent(room: Room, request: Request, id: string): Promise<Response> {
  const auth = await authenticate(room, request, false)
  if (!auth.ok) return refuse(auth.refusal)
  if (!(await findOwnEvent(room, id, auth.caller))) return refuse({ status: 404, message: 'no such event' })
  await room.store.redeliverEvent(id, room.now())
  const event = await findOwnEvent(room, id, auth.caller)
  if (!event) return refuse({ status: 404, message: 'no such event' })
  deliverSoon(room)
  return Response.json(reportEvent(event), { headers: { 'cache-control': 'no-store' } })
}

async function findOwnEvent(
  room: Room,
  id: string,
  { merchant, tier }: Caller,
): Promise<EventRow | undefined> {
  const event = await room.store.findEvent(id)
  const own = event && event.user_code === merchant?.user_code && (tier === undefined || tier === event.tier)
  return own ? event : undefined
}
