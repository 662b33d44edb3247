// A database that fails for some of what is asked, as a bug or a damaged row would.
import type { CompiledQuery } from 'kysely'
import { DatabaseAway } from '../../src/edge/store/database.ts'
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts'

export function openBreakingDatabase() {
  const database = openTestDatabase()
  const state = { breaks: (_: readonly CompiledQuery[]): boolean => false, away: false }
  const check = (queries: readonly CompiledQuery[]) => {
    if (state.away) throw new DatabaseAway('nobody answers')
    if (state.breaks(queries)) throw new Error('a row that nobody can read')
  }
  const breaking: TestDatabase = {
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
  return { database: breaking, state }
}

/** Does a query of it name one of these values? */
export const names = (queries: readonly CompiledQuery[], values: readonly unknown[]): boolean =>
  queries.some(({ parameters }) => parameters.some((value) => values.includes(value)))
