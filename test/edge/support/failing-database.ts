// A database that fails for chosen queries, as with a bug or a damaged row.
import type { CompiledQuery } from 'kysely'
import { DatabaseUnavailable } from '../../../src/edge/platform/ports/database.ts'
import { openTestDatabase, type TestDatabase } from '../../support/test-database.ts'

export function openFailingDatabase() {
  const database = openTestDatabase()
  const state = { fails: (_: readonly CompiledQuery[]): boolean => false, isUnavailable: false }
  const check = (queries: readonly CompiledQuery[]) => {
    if (state.isUnavailable) throw new DatabaseUnavailable('no answer')
    if (state.fails(queries)) throw new Error('unreadable row')
  }
  const failing: TestDatabase = {
    ...database,
    async all(query) {
      check([query])
      return database.all(query)
    },
    async batch(queries, about) {
      check(queries)
      return database.batch(queries, about)
    },
  }
  return { database: failing, state }
}

/** Whether a query has one of these values as a parameter. */
export const mentions = (queries: readonly CompiledQuery[], values: readonly unknown[]): boolean =>
  queries.some(({ parameters }) => parameters.some((value) => values.includes(value)))
