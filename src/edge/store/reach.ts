import { sql } from 'kysely'
import type { Database } from './database.ts'
import { queries } from './tables.ts'

/** Rejects when the database does not answer. */
export async function reachDatabase(database: Database): Promise<void> {
  await database.all(sql`select 1`.compile(queries))
}
