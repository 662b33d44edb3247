import { sql } from 'kysely'
import type { Database } from '../../src/edge/platform/ports/database.ts'
import { queries } from '../../src/edge/store/sql/tables.ts'
import { store } from './test-database.ts'

const [named, order] =
  store === 'postgres'
    ? ['select tablename as name from pg_tables where schemaname = current_schema() order by name', '1, 2']
    : [`select name from sqlite_master where type = 'table' and name not like '_cf%' order by name`, 'rowid']

/** Rows of these tables (default: all) as text: equal if nothing was written in between. */
export async function dumpOf(database: Database, tables?: string[]): Promise<string> {
  const all = <Row>(text: string) => database.all<Row>(sql.raw<Row>(text).compile(queries))
  const names = tables ?? (await all<{ name: string }>(named)).map(({ name }) => name)
  const rows = []
  for (const name of names) rows.push([name, await all(`select * from "${name}" order by ${order}`)])
  return JSON.stringify(rows)
}
