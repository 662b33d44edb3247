import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { CompiledQuery } from 'kysely'
import type { Database } from '../../store/database.ts'
import { migrations } from '../../store/migrations.ts'

export interface SqliteDatabase extends Database {
  close(): void
}

/** Opens the file (`:memory:` for none), brings its tables up to date, and keeps what it acknowledges. */
export function openSqlite(path: string): SqliteDatabase {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const database = new DatabaseSync(path)
  // FULL: an answered request survives a power cut, not only a crash of the process.
  database.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
  `)
  migrate(database)
  const run = (query: CompiledQuery) =>
    Number(database.prepare(query.sql).run(...(query.parameters as SQLInputValue[])).changes)
  return {
    async all<Row>(query: CompiledQuery<Row>) {
      return database.prepare(query.sql).all(...(query.parameters as SQLInputValue[])) as Row[]
    },
    async batch(queries) {
      return atomically(database, () => queries.map(run))
    },
    close: () => database.close(),
  }
}

function migrate(database: DatabaseSync): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT',
  )
  // The check is inside, so that two processes that start at once apply it once.
  for (const { name, sql } of migrations)
    atomically(database, () => {
      if (database.prepare('SELECT 1 FROM migrations WHERE name = ?').get(name)) return
      database.exec(sql)
      database.prepare('INSERT INTO migrations VALUES (?, ?)').run(name, Date.now())
    })
}

function atomically<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
