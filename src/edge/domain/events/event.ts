import type { EventType } from './event-body.ts'

/** An event, stored in the same batch as the change that it reports (transactional outbox). */
export interface NewEvent {
  created_at: number
  type: EventType | 'notice'
  /** For notices only; the URL of other events is looked up on delivery. */
  url: string | null
  body: string
  /** Ordering key: events of one lane are delivered in order. */
  lane: string
  receiver: string
}

/** A stored event with its delivery state. Times in unix milliseconds. */
export interface StoredEvent {
  id: string
  type: EventType | 'notice'
  link_id: string
  body: string
  created_at: number
  attempts: number
  last_error: string | null
  /** Next attempt; null: delivered or abandoned. */
  due_at: number | null
  delivered_at: number | null
}
