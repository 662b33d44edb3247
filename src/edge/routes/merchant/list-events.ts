import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { eventReportSchema, eventStatuses, reportEvent } from '../../domain/events/report-event.ts'
import { fieldErrorOf } from '../../domain/field-error.ts'
import { authenticate } from '../../http/request/authenticate.ts'
import { dropEmpty } from '../../http/request/drop-empty.ts'
import { fieldErrors, merchantError } from '../../http/response/merchant-response.ts'
import { limitSchema } from './list-links.ts'

export const eventsQuerySchema = z.object({
  link: z.string().max(40).optional().meta({ description: 'Id of a link' }),
  status: z.enum(eventStatuses, { error: `status must be one of ${eventStatuses.join(', ')}` }).optional(),
  limit: limitSchema,
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, { error: 'cursor must be the next_cursor of an answer' })
    .transform(Number)
    .optional(),
})

export const eventsAnswerSchema = z.object({
  items: z.array(eventReportSchema),
  next_cursor: z.string().nullable(),
})

/** `GET /api/supplements/v1/link/events`: newest first. */
export async function handleListEvents(context: AppContext, request: Request): Promise<Response> {
  const auth = await authenticate(context, request, false)
  if (!auth.ok) return merchantError(auth.refusal)
  const { merchant, tier } = auth.caller
  if (!merchant) throw new Error('a list is never open')
  const parsed = eventsQuerySchema.safeParse(dropEmpty(Object.fromEntries(new URL(request.url).searchParams)))
  if (!parsed.success) return fieldErrors(parsed.error.issues.map(fieldErrorOf))
  const { link: link_id, status, cursor: before, limit = 20 } = parsed.data
  const { user_code } = merchant
  const found = await context.store.listEvents({ user_code, tier, link_id, status, before, limit: limit + 1 })
  const events = found.slice(0, limit)
  const last = found.length > limit ? events.at(-1) : undefined
  return Response.json(
    { items: events.map(reportEvent), next_cursor: last ? String(last.seq) : null },
    { headers: { 'cache-control': 'no-store' } },
  )
}
