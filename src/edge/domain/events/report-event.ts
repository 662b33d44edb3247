// Pure: an event in the merchant API (`GET /api/supplements/v1/link/events`).
import { z } from 'zod'
import type { StoredEvent } from './event.ts'
import { eventTypes } from './event-body.ts'

const time = z.iso.datetime()

export const eventStatuses = ['pending', 'delivered', 'failed'] as const
export type EventStatus = (typeof eventStatuses)[number]

export const eventReportSchema = z
  .object({
    id: z.string().meta({ description: '`webhook-id`, the same for every attempt' }),
    type: z.enum(['notice', ...eventTypes]).meta({
      description:
        "notice: i'mport's own notice to the notice_url, or the PortOne API's webhook to the webhook_url",
    }),
    link_id: z.string(),
    destination: z.enum(['notice_url', 'events_url', 'webhook_url']),
    status: z.enum(eventStatuses).meta({ description: 'failed: abandoned after a day, or after HTTP 410' }),
    created_at: time,
    delivered_at: time.nullable(),
    next_attempt_at: time.nullable(),
    attempts: z.int().meta({ description: 'Since the event was created or redelivered' }),
    last_error: z.string().nullable(),
    body: z.unknown().meta({ description: 'The body sent' }),
  })
  .meta({ id: 'EventReport' })

export type EventReport = z.infer<typeof eventReportSchema>

export function reportEvent(row: StoredEvent): EventReport {
  const { id, type, link_id, attempts, last_error, due_at, delivered_at } = row
  const body = JSON.parse(row.body) as object
  return {
    id,
    type,
    link_id,
    destination: type !== 'notice' ? 'events_url' : 'link_ref' in body ? 'webhook_url' : 'notice_url',
    status: due_at !== null ? 'pending' : delivered_at !== null ? 'delivered' : 'failed',
    created_at: new Date(row.created_at).toISOString(),
    delivered_at: iso(delivered_at),
    next_attempt_at: iso(due_at),
    attempts,
    last_error,
    body,
  }
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
