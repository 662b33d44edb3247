import { sql } from 'kysely'
import type { Database } from '../../platform/ports/database.ts'
import { queries } from '../sql/tables.ts'

/** Rejects when the database does not answer. */
export async function pingDatabase(database: Database): Promise<void> {
  await database.all(sql`select 1`.compile(queries))
}
