import type { Database } from '../../platform/ports/database.ts'
import { queries } from '../sql/tables.ts'

/** Pending work. Times in unix milliseconds; null if nothing is pending. */
export interface Backlog {
  waitingEvents: number
  oldestEventAt: number | null
  /** Due messages to customers, and when the first of them became due. */
  waitingMessages: number
  oldestMessageAt: number | null
  /** Start of the oldest inquiry of a link that is still open. */
  oldestCheckoutAt: number | null
}

export async function readBacklog(database: Database, now: number): Promise<Backlog> {
  const events = queries
    .selectFrom('events')
    .select(({ fn }) => [fn.countAll<number>().as('waiting'), fn.min('created_at').as('oldest')])
    .where('due_at', 'is not', null)
  // Only links with something unfinished have an inquiry, so this stays small.
  const checkouts = queries
    .selectFrom('inquiries')
    .innerJoin('links', 'links.id', 'inquiries.link_id')
    .select(({ fn }) => fn.min('inquiries.since').as('oldest'))
    .where('links.status', '=', 'open')
    .where('inquiries.since', '<=', now)
  const messages = queries
    .selectFrom('messages')
    .select(({ fn }) => [fn.countAll<number>().as('waiting'), fn.min('since').as('oldest')])
    .where('due_at', 'is not', null)
    .where('since', '<=', now)
  const [waiting] = await database.all<{ waiting: number; oldest: number | null }>(events.compile())
  const [unsent] = await database.all<{ waiting: number; oldest: number | null }>(messages.compile())
  const [unfinished] = await database.all<{ oldest: number | null }>(checkouts.compile())
  return {
    waitingEvents: waiting?.waiting ?? 0,
    oldestEventAt: waiting?.oldest ?? null,
    waitingMessages: unsent?.waiting ?? 0,
    oldestMessageAt: unsent?.oldest ?? null,
    oldestCheckoutAt: unfinished?.oldest ?? null,
  }
}
