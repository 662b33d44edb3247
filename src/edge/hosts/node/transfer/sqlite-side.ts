import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { migrations } from '../../../store/migrations/migrations.ts'
import { lockSqlite, readSqliteLock, unlockSqlite } from '../database/sqlite/read-only-lock.ts'
import { openSqlite } from '../database/sqlite/sqlite.ts'
import { isBusy } from '../database/sqlite/unavailable.ts'
import { portions } from './portions.ts'
import { type Row, type Side, TransferRefused } from './side.ts'
import { keys, quoted, tableNames } from './tables.ts'

/** How long to wait for writes in flight. */
const timeoutMs = 30_000

/** Opens a source. Other processes can read it; their writes wait. */
export function readSqlite(path: string): Side {
  if (!existsSync(path)) throw new TransferRefused(`there is no file ${path}`)
  const database = openLocked(path)
  const locked = readSqliteLock(database)
  if (locked) throw refuse(database, `${path} ${locked}`)
  const applied = database.prepare('SELECT name FROM migrations ORDER BY name').all()
  if (applied.map(({ name }) => name).join() !== migrations.map(({ name }) => name).join())
    throw refuse(database, `${path} is not up to date: start this version of Dari on it once`)
  return sideOf(path, database)
}

/** Opens a target: creates the file if missing and requires all tables to be empty. */
export function writeSqlite(path: string): Side {
  try {
    openSqlite(path).close()
  } catch (error) {
    throw new TransferRefused(
      `${path} cannot be opened (${error instanceof Error ? error.message : String(error)})`,
    )
  }
  const database = openLocked(path)
  const full = tableNames.find((table) => database.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get())
  if (full) throw refuse(database, `${path} is not empty (${full}): a move fills an empty database only`)
  return sideOf(path, database)
}

function openLocked(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: timeoutMs })
  try {
    database.exec(
      'PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON',
    )
    // Only a read fails if the file is not a database.
    database.prepare('SELECT count(*) FROM migrations').get()
    return database
  } catch (error) {
    const why = isBusy(error)
      ? 'another process holds it'
      : error instanceof Error
        ? error.message
        : String(error)
    throw refuse(database, `${path} cannot be read (${why})`)
  }
}

function refuse(database: DatabaseSync, problem: string): TransferRefused {
  database.close()
  return new TransferRefused(problem)
}

function sideOf(path: string, database: DatabaseSync): Side {
  return {
    name: `file:${path}`,
    async columns(table) {
      const found = database.prepare('SELECT name FROM pragma_table_info(?)').all(table)
      return found.map(({ name }) => String(name))
    },
    async *read(table, columns) {
      const asText = columns.map((column) => `CAST("${column}" AS TEXT)`).join(', ')
      const rows = database.prepare(`SELECT ${asText} FROM ${table} ORDER BY ${quoted(keys[table])}`)
      rows.setReturnArrays(true)
      yield* portions(rows.iterate() as unknown as Iterable<Row>)
    },
    async write(table, columns, rows) {
      const places = columns.map(() => '?').join(', ')
      const insert = database.prepare(`INSERT INTO ${table} (${quoted(columns)}) VALUES (${places})`)
      for (const row of rows) insert.run(...row)
    },
    async lastNumber(table) {
      const found = database
        .prepare('SELECT CAST(seq AS TEXT) AS seq FROM sqlite_sequence WHERE name = ?')
        .get(table)
      return BigInt(String(found?.seq ?? 0))
    },
    async numberAfter(table, last) {
      database.prepare('DELETE FROM sqlite_sequence WHERE name = ?').run(table)
      database.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(table, last)
    },
    async lock(movedTo) {
      lockSqlite(database, movedTo)
    },
    async unlock() {
      unlockSqlite(database)
    },
    async commit() {
      database.exec('COMMIT')
    },
    async close() {
      database.close()
    },
  }
}
