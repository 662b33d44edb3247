import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { NewEvent } from '../../domain/events/event.ts'
import { insertIf } from '../sql/insert-if.ts'
import { type HistoryRow, queries } from '../sql/tables.ts'

type Entry = Omit<HistoryRow, 'seq' | 'from_status' | 'to_status'> & {
  from_status: string | null | RawBuilder<string>
  to_status: string | RawBuilder<string>
}

/**
 * A history entry, written if `source` finds its row, and the events that tell of it: they follow the
 * entry that this very write made, so whatever happens once is told once, under the entry's id.
 */
export function recordWithEvents(
  entry: Entry,
  source: RawBuilder<unknown>,
  events: readonly NewEvent[],
): CompiledQuery[] {
  const { id, link_id, at } = entry
  const told = events.map(({ created_at, type, url, body, lane, receiver }) => {
    const event = sql`insert into events (id, link_id, user_code, tier, type, lane, receiver, url, body, created_at, since, due_at,
      attempts) select ${eventId(id, type)}, ${link_id}, user_code, tier, ${type}, ${lane}, ${receiver}, ${url}, ${body},
      ${created_at}, ${created_at}, ${created_at}, 0 from links where id = ${link_id}
      and exists (select 1 from history where id = ${id} and at = ${at})
      on conflict do nothing`
    return event.compile(queries)
  })
  return [insertIf('history', entry, source), ...told]
}

/** Two addresses are told of one entry: each under an id of its own, the same at every attempt. */
function eventId(entryId: string, type: NewEvent['type']): string {
  return type === 'notice' ? `evt_${entryId}:notice` : `evt_${entryId}`
}
