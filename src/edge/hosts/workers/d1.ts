import type { CompiledQuery } from 'kysely'
import { type Database, DatabaseUnavailable } from '../../platform/ports/database.ts'

/** The part of workerd's D1 binding that is used here. */
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

/**
 * `Database` on D1, which runs all queries of a database one after the other in one place; a batch is a transaction.
 * Lock keys are therefore not needed.
 */
export function openD1(d1: D1): Database {
  const prepare = ({ sql, parameters }: CompiledQuery) => d1.prepare(sql).bind(...parameters)
  return {
    async all<Row>(query: CompiledQuery<Row>) {
      const { results } = await orUnavailable(prepare(query).all())
      return results as Row[]
    },
    async batch(queries) {
      if (queries.length === 0) return []
      const answers = await orUnavailable(d1.batch(queries.map(prepare)))
      return answers.map(({ meta }) => meta.changes)
    },
  }
}

/**
 * D1's errors have no codes. These texts mean connection or load problems, as listed at
 * https://developers.cloudflare.com/d1/observability/debug-d1/; errors in a statement do not match.
 */
const unavailable =
  /connection lost|overloaded|object to be reset|was reset|DB reset|transient issue|client disconnected|exceeded timeout|Too many API requests/i

async function orUnavailable<Answer>(pending: Promise<Answer>): Promise<Answer> {
  try {
    return await pending
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    throw unavailable.test(text) ? new DatabaseUnavailable(text, { cause: error }) : error
  }
}
