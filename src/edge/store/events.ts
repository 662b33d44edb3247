import type { Database } from './database.ts'
import { queries, type Tables } from './tables.ts'

export type EventRow = Tables['events']

export async function findDueEvents(database: Database, now: number, limit: number): Promise<EventRow[]> {
  const query = queries
    .selectFrom('events')
    .selectAll()
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
  return database.all<EventRow>(query.compile())
}

/**
 * Takes the event for one attempt. It comes due again at `until`, so that an attempt
 * whose process died is repeated.
 * @returns false when somebody else took it
 */
export async function claimEvent(database: Database, event: EventRow, until: number): Promise<boolean> {
  const query = queries
    .updateTable('events')
    .set({ due_at: until, attempts: event.attempts + 1 })
    .where('id', '=', event.id)
    .where('due_at', '=', event.due_at)
    .where('attempts', '=', event.attempts)
  return (await database.batch([query.compile()]))[0] === 1
}

/** Delivered, to be tried again at `due_at`, or (both null) given up. */
export async function closeAttempt(
  database: Database,
  id: string,
  outcome: { delivered_at: number | null; due_at: number | null },
): Promise<void> {
  await database.batch([queries.updateTable('events').set(outcome).where('id', '=', id).compile()])
}
