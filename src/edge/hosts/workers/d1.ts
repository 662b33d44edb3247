import type { CompiledQuery } from 'kysely'
import { type Database, DatabaseUnavailable } from '../../platform/ports/database.ts'

/** A D1 database as workerd binds it, as much of it as is used. */
export interface D1 {
  prepare(sql: string): D1Statement
  batch(statements: D1Statement[]): Promise<D1Answer[]>
}

export interface D1Statement {
  bind(...values: unknown[]): D1Statement
  all(): Promise<D1Answer>
}

export interface D1Answer {
  results: unknown[]
  meta: { changes: number; rows_read?: number; rows_written?: number }
}

/** A batch of D1 is a transaction; one database runs one after the other, in one place, and so does every read. */
export function openD1(d1: D1): Database {
  const made = ({ sql, parameters }: CompiledQuery) => d1.prepare(sql).bind(...parameters)
  return {
    async all<Row>(query: CompiledQuery<Row>) {
      const { results } = await answered(made(query).all())
      return results as Row[]
    },
    async batch(queries) {
      if (queries.length === 0) return []
      const answers = await answered(d1.batch(queries.map(made)))
      return answers.map(({ meta }) => meta.changes)
    },
  }
}

/**
 * D1 tells its errors apart by their text alone. These are of reach and of load, as its documents list them
 * (d1/observability/debug-d1); what is wrong with a statement is none of them.
 */
const away =
  /connection lost|overloaded|object to be reset|was reset|DB reset|transient issue|client disconnected|exceeded timeout|Too many API requests/i

async function answered<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    throw away.test(text) ? new DatabaseUnavailable(text, { cause: error }) : error
  }
}
