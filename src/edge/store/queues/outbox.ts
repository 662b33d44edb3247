import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { NewEvent } from '../../domain/events/event.ts'
import { insertIf } from '../sql/insert-if.ts'
import { type HistoryRow, queries } from '../sql/tables.ts'

type Entry = Omit<HistoryRow, 'seq' | 'from_status' | 'to_status'> & {
  from_status: string | null | RawBuilder<string>
  to_status: string | RawBuilder<string>
}

/**
 * Inserts a history entry if `source` finds its row, and the entry's events. Events are inserted only beside an entry
 * made by this batch and derive their ids from it, so each change is announced once.
 */
export function recordWithEvents(
  entry: Entry,
  source: RawBuilder<unknown>,
  events: readonly NewEvent[],
): CompiledQuery[] {
  const { id, link_id, at } = entry
  const inserts = events.map(({ created_at, type, url, body, lane, receiver }) => {
    const event = sql`insert into events (id, link_id, user_code, tier, type, lane, receiver, url, body, created_at, since, due_at,
      attempts) select ${eventId(id, type)}, ${link_id}, user_code, tier, ${type}, ${lane}, ${receiver}, ${url}, ${body},
      ${created_at}, ${created_at}, ${created_at}, 0 from links where id = ${link_id}
      and exists (select 1 from history where id = ${id} and at = ${at})
      on conflict do nothing`
    return event.compile(queries)
  })
  return [insertIf('history', entry, source), ...inserts]
}

/** An entry may have one event for each of two addresses; their ids differ and are stable. */
function eventId(entryId: string, type: NewEvent['type']): string {
  return type === 'notice' ? `evt_${entryId}:notice` : `evt_${entryId}`
}
