// A database whose data lives elsewhere now: it can be read, and nobody writes to it, however long they have had it open.
import type { DatabaseSync } from 'node:sqlite'
import { readOnlyMessage } from '../read-only-message.ts'

const acts = ['INSERT', 'UPDATE', 'DELETE'] as const

/** Within a transaction. */
export function lockSqlite(database: DatabaseSync, movedTo: string): void {
  const names = tablesOf(database)
  database.exec('CREATE TABLE seal (moved_to TEXT NOT NULL, at INTEGER NOT NULL) STRICT')
  database.prepare('INSERT INTO seal VALUES (?, ?)').run(movedTo, Date.now())
  for (const table of names)
    for (const act of acts)
      database.exec(`CREATE TRIGGER seal_${act}_${table} BEFORE ${act} ON ${table}
        BEGIN SELECT RAISE(ABORT, 'its data has moved to another database'); END`)
}

/** For an operator who goes back. @returns whether it was sealed */
export function unlockSqlite(database: DatabaseSync): boolean {
  if (!readSqliteLock(database)) return false
  database.exec('BEGIN IMMEDIATE')
  for (const table of tablesOf(database))
    for (const act of acts) database.exec(`DROP TRIGGER IF EXISTS seal_${act}_${table}`)
  database.exec('DROP TABLE seal; COMMIT')
  return true
}

/** @returns where its data went, as a sentence without its subject */
export function readSqliteLock(database: DatabaseSync): string | undefined {
  const made = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'seal'").get()
  if (!made) return undefined
  const seal = database.prepare('SELECT moved_to, at FROM seal').get()
  return readOnlyMessage(String(seal?.moved_to), Number(seal?.at))
}

function tablesOf(database: DatabaseSync): string[] {
  const tables = database.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'seal'",
  )
  return tables.all().map(({ name }) => String(name))
}
