// Read-only lock of a database whose data was transferred: triggers reject writes, including those of processes that
// already have the file open.
import type { DatabaseSync } from 'node:sqlite'
import { readOnlyMessage } from '../read-only-message.ts'

const operations = ['INSERT', 'UPDATE', 'DELETE'] as const

/** Call within a transaction. */
export function lockSqlite(database: DatabaseSync, movedTo: string): void {
  const names = tablesOf(database)
  database.exec('CREATE TABLE seal (moved_to TEXT NOT NULL, at INTEGER NOT NULL) STRICT')
  database.prepare('INSERT INTO seal VALUES (?, ?)').run(movedTo, Date.now())
  for (const table of names)
    for (const operation of operations)
      database.exec(`CREATE TRIGGER seal_${operation}_${table} BEFORE ${operation} ON ${table}
        BEGIN SELECT RAISE(ABORT, 'its data has moved to another database'); END`)
}

/** @returns whether it was locked */
export function unlockSqlite(database: DatabaseSync): boolean {
  if (!readSqliteLock(database)) return false
  database.exec('BEGIN IMMEDIATE')
  for (const table of tablesOf(database))
    for (const operation of operations) database.exec(`DROP TRIGGER IF EXISTS seal_${operation}_${table}`)
  database.exec('DROP TABLE seal; COMMIT')
  return true
}

/** @returns where the data was transferred to, as a sentence without its subject; undefined if not locked */
export function readSqliteLock(database: DatabaseSync): string | undefined {
  const found = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'seal'").get()
  if (!found) return undefined
  const lock = database.prepare('SELECT moved_to, at FROM seal').get()
  return readOnlyMessage(String(lock?.moved_to), Number(lock?.at))
}

function tablesOf(database: DatabaseSync): string[] {
  const tables = database.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'seal'",
  )
  return tables.all().map(({ name }) => String(name))
}
