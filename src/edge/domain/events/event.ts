import type { EventType } from './event-body.ts'

/** An event as the store writes it beside the change. */
export interface NewEvent {
  created_at: number
  type: EventType | 'notice'
  /** Of a notice; the merchant's address is looked up when the event is sent. */
  url: string | null
  body: string
  lane: string
  receiver: string
}

/** An event as it is kept, with how its delivery goes. Times in unix milliseconds. */
export interface StoredEvent {
  id: string
  type: EventType | 'notice'
  link_id: string
  body: string
  created_at: number
  attempts: number
  last_error: string | null
  /** Null: delivered, or given up. */
  due_at: number | null
  delivered_at: number | null
}
