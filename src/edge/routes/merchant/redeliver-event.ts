import type { AppContext } from '../../context.ts'
import { reportEvent } from '../../domain/events/report-event.ts'
import { deliverInBackground } from '../../features/webhooks/deliver-in-background.ts'
import { authenticate, type Caller } from '../../http/request/authenticate.ts'
import { merchantError } from '../../http/response/merchant-response.ts'
import type { EventRow } from '../../store/sql/tables.ts'

/** `POST /api/supplements/v1/link/events/{id}/redeliver`: restarts the delivery under the same id. */
export async function handleRedeliverEvent(
  context: AppContext,
  request: Request,
  id: string,
): Promise<Response> {
  const auth = await authenticate(context, request, false)
  if (!auth.ok) return merchantError(auth.refusal)
  if (!(await findOwnEvent(context, id, auth.caller)))
    return merchantError({ status: 404, message: 'no such event' })
  await context.store.redeliverEvent(id, context.now())
  const event = await findOwnEvent(context, id, auth.caller)
  if (!event) return merchantError({ status: 404, message: 'no such event' })
  deliverInBackground(context)
  return Response.json(reportEvent(event), { headers: { 'cache-control': 'no-store' } })
}

async function findOwnEvent(
  context: AppContext,
  id: string,
  { merchant, tier }: Caller,
): Promise<EventRow | undefined> {
  const event = await context.store.findEvent(id)
  const own = event && event.user_code === merchant?.user_code && (tier === undefined || tier === event.tier)
  return own ? event : undefined
}
