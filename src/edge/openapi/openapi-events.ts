import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { eventSchema } from '../domain/events/event-body.ts'
import { eventReportSchema } from '../domain/events/report-event.ts'
import { merchantErrorSchema } from '../http/response/merchant-response.ts'
import { eventsAnswerSchema, eventsQuerySchema } from '../routes/merchant/list-events.ts'

const json = (schema: z.ZodType) => ({ 'application/json': { schema } })
const ok = (description: string, schema: z.ZodType) => ({ '200': { description, content: json(schema) } })
const refusals = (meanings: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(meanings).map(([code, description]) => [
      code,
      { description, content: json(merchantErrorSchema) },
    ]),
  )
const unknownCaller = { '401': 'Missing or invalid access token' }
const header = z.object({ Tier: z.string().length(3).optional().meta({ description: 'Sub-merchant' }) })

export const eventPaths: ZodOpenApiPathsObject = {
  '/api/supplements/v1/link/events': {
    get: {
      summary: 'List events, newest first',
      tags: ['merchant'],
      requestParams: { header, query: eventsQuerySchema },
      responses: {
        ...ok('A page of events', eventsAnswerSchema),
        ...refusals({ '400': 'Wrong fields, all listed', ...unknownCaller }),
      },
    },
  },
  '/api/supplements/v1/link/events/{id}/redeliver': {
    post: {
      summary: 'Deliver an event again, under the same id',
      tags: ['merchant'],
      requestParams: { header, path: z.object({ id: z.string() }) },
      responses: {
        ...ok('The event, pending', eventReportSchema),
        ...refusals({ ...unknownCaller, '404': 'No such event of this merchant' }),
      },
    },
  },
}

/** Sent to the merchant's `events_url`. */
export const eventWebhooks: ZodOpenApiPathsObject = {
  event: {
    post: {
      summary: 'Something happened to a link',
      description:
        'Signed as Standard Webhooks (in a sandbox only with SANDBOX_EVENTS_SECRET). Delivered at least once, events of one order in sequence. 2xx: delivered; 410: abandoned; anything else is retried for a day.',
      tags: ['merchant'],
      security: [],
      requestParams: {
        header: z.object({
          'webhook-id': z.string(),
          'webhook-timestamp': z.string(),
          'webhook-signature': z.string(),
        }),
      },
      requestBody: { required: true, content: json(eventSchema) },
      responses: { '200': { description: 'Any 2xx' } },
    },
  },
}
