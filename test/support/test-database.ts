// A test database of the kind that `STORE` names, so that one suite runs on every kind.
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

/** The kind of database, for tests that apply to one kind only. */
export const store = process.env.STORE ?? 'sqlite'

/** @param place the same name opens the same database; without it the database is private */
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
