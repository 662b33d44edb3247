import { sql } from 'kysely'
import type { Database } from '../../src/edge/store/database.ts'
import { queries } from '../../src/edge/store/tables.ts'

/** Every row of these tables, of all where none are named, as text: equal when nothing was written between. */
export async function dumpOf(database: Database, tables?: string[]): Promise<string> {
  const all = <Row>(text: string) => database.all<Row>(sql.raw<Row>(text).compile(queries))
  const named = await all<{ name: string }>(
    `select name from sqlite_master where type = 'table' order by name`,
  )
  const rows = []
  for (const name of tables ?? named.map((table) => table.name))
    rows.push([name, await all(`select * from "${name}" order by rowid`)])
  return JSON.stringify(rows)
}
