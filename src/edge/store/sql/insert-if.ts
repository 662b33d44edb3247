import { type CompiledQuery, type Insertable, type RawBuilder, sql } from 'kysely'
import { queries, type Tables } from './tables.ts'

/**
 * Inserts the row if `source` (`from … where …`) finds its one row: a follow-up of a move is written
 * only when the move happened. A row that is there already stays, unless `onConflict` says otherwise.
 */
export function insertIf<Table extends keyof Tables>(
  table: Table,
  row: {
    [Column in keyof Insertable<Tables[Table]>]: Insertable<Tables[Table]>[Column] | RawBuilder<unknown>
  },
  source: RawBuilder<unknown>,
  onConflict: RawBuilder<unknown> = sql`on conflict do nothing`,
): CompiledQuery {
  const columns = columnsOf(Object.keys(row))
  return sql`insert into ${sql.table(table)} (${columns}) select ${sql.join(Object.values(row))} ${source} ${onConflict}`.compile(
    queries,
  )
}

/** As one piece of text: names from this room alone, and compiling them one by one takes longer than the insert. */
function columnsOf(names: string[]): RawBuilder<unknown> {
  return sql.raw(names.map((name) => `"${name}"`).join(', '))
}

/** The source that stands only while the link's last write was this one. */
export function ifAtMove(linkId: string, moveId: string): RawBuilder<unknown> {
  return sql`from links where id = ${linkId} and move_id = ${moveId}`
}
