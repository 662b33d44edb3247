import { type CompiledQuery, type Insertable, type RawBuilder, sql } from 'kysely'
import { queries, type Tables } from './tables.ts'

/**
 * Inserts the row if `source` (`from … where …`) finds a row, for example only if a link's transition was applied.
 * Existing rows stay unless `onConflict` says otherwise.
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

/** Raw text, because compiling each name takes longer than the insert. Safe: all names are constants of the store. */
function columnsOf(names: string[]): RawBuilder<unknown> {
  return sql.raw(names.map((name) => `"${name}"`).join(', '))
}

/** Source that finds a row only if this was the link's last write. */
export function ifAtMove(linkId: string, moveId: string): RawBuilder<unknown> {
  return sql`from links where id = ${linkId} and move_id = ${moveId}`
}
