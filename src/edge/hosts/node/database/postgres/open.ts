import type { CompiledQuery } from 'kysely'
import type { Pool } from 'pg'
import type { Database } from '../../../../platform/ports/database.ts'
import { createBatches } from './batches.ts'
import { withConnection } from './connections.ts'
import { asUnavailable, isStale } from './failures.ts'
import { statementOf } from './statements.ts'

export interface PostgresDatabase extends Database {
  close(): Promise<void>
}

/**
 * `Database` on a pool. Has no `version`: with other processes writing, it would cost as much as reading a link's last
 * write.
 */
export function openPostgres(pool: Pool): PostgresDatabase {
  return {
    async all<Row>(query: CompiledQuery<Row>) {
      for (let stale = 0; ; stale++)
        try {
          const { rows } = await withConnection(pool, (client) => client.query(statementOf(query)))
          return rows as Row[]
        } catch (error) {
          if (!isStale(error) || stale > pool.options.max) throw asUnavailable(error)
        }
    },
    batch: createBatches(pool),
    close: () => pool.end(),
  }
}
