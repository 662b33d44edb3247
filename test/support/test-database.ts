// A database for a test: of the kind that the run is about (`STORE`), so that one suite holds for every one.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '../../src/edge/hosts/node/database/sqlite/sqlite.ts'
import type { Database } from '../../src/edge/platform/ports/database.ts'
import { openTestD1 } from './d1.ts'
import { openTestPostgres } from './test-postgres.ts'

export interface TestDatabase extends Database {
  close(): void
}

/** What of a database only one kind has; the tests of it run for that kind alone. */
export const store = process.env.STORE ?? 'sqlite'

/** @param place the same name opens the same database; without one it is the caller's alone */
export function openTestDatabase(place?: string): TestDatabase {
  if (store === 'postgres') return openTestPostgres(place)
  if (store === 'd1') return openTestD1(place)
  return openSqlite(place === undefined ? ':memory:' : join(placesFolder(), `${place}.db`))
}

let folder: string | undefined

function placesFolder(): string {
  if (folder) return folder
  const made = mkdtempSync(join(tmpdir(), 'dari-places-'))
  process.once('exit', () => rmSync(made, { recursive: true, force: true }))
  folder = made
  return made
}
