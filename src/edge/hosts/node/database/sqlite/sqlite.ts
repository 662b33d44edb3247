import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { setImmediate } from 'node:timers'
import type { CompiledQuery } from 'kysely'
import type { Database } from '../../../../platform/ports/database.ts'
import { migrations, newerThan } from '../../../../store/migrations/migrations.ts'
import { createPrivateFile, createPrivateFolder } from '../../files/private-files.ts'
import { atomically, groupCommits } from './group-commits.ts'
import { createPurge } from './purge.ts'
import { readSqliteLock } from './read-only-lock.ts'
import { unavailableOr } from './unavailable.ts'

export interface SqliteDatabase extends Database {
  close(): void
}

/** Opens the file (or `:memory:`) and applies missing migrations. Writes are durable once they resolve. */
export function openSqlite(path: string): SqliteDatabase {
  if (path !== ':memory:') {
    createPrivateFolder(dirname(path))
    createPrivateFile(path)
  }
  const database = new DatabaseSync(path)
  // synchronous = FULL: answered requests survive a power cut, not only a crash of the process.
  // secure_delete overwrites erased data with zeros; temp_store avoids copies of it in temporary files.
  database.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
  `)
  const locked = readSqliteLock(database)
  if (locked) {
    database.close()
    throw new Error(`it ${locked}`)
  }
  migrate(database)
  const statements = new Map<string, StatementSync>()
  const prepare = prepareOnce(database, statements)
  const version = createVersion(database)
  const run = (query: CompiledQuery) =>
    Number(prepare(query.sql).run(...(query.parameters as SQLInputValue[])).changes)
  const group = groupCommits(database, (queries) => {
    version.wrote()
    return queries.map(run)
  })
  return {
    async all<Row>(query: CompiledQuery<Row>) {
      try {
        return prepare(query.sql).all(...(query.parameters as SQLInputValue[])) as Row[]
      } catch (error) {
        throw unavailableOr(error)
      }
    },
    batch: group.batch,
    version: version.read,
    purge: createPurge(database),
    close() {
      group.commit()
      statements.clear()
      database.close()
    },
  }
}

/** Above the number of the store's statements; each length of a list is another text. */
const maxStatements = 500

/** Caches prepared statements, because preparing costs more than running. */
function prepareOnce(
  database: DatabaseSync,
  statements: Map<string, StatementSync>,
): (sql: string) => StatementSync {
  return (sql) => {
    const known = statements.get(sql)
    if (known) return known
    if (statements.size >= maxStatements) statements.clear()
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
}

/** Counts this process's writes, and reads those of others by `PRAGMA data_version`, once per turn of the event loop. */
function createVersion(database: DatabaseSync) {
  const others = database.prepare('PRAGMA data_version')
  let version = 0
  let lastDataVersion: unknown
  let isFresh = false

  /** If the query fails, the new object differs from every earlier value. */
  function readDataVersion(): unknown {
    try {
      return others.get()?.data_version
    } catch {
      return {}
    }
  }

  return {
    wrote(): void {
      version++
    },
    read(): number {
      if (isFresh) return version
      isFresh = true
      setImmediate(() => {
        isFresh = false
      })
      const dataVersion = readDataVersion()
      if (dataVersion !== lastDataVersion) version++
      lastDataVersion = dataVersion
      return version
    },
  }
}

function migrate(database: DatabaseSync): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT',
  )
  const applied = database.prepare('SELECT name FROM migrations').all() as { name: string }[]
  const newer = newerThan(
    applied.map(({ name }) => name),
    migrations,
  )
  if (newer) throw new Error(newer)
  // Checked within the transaction, so that processes that start concurrently apply each migration once.
  for (const { name, sql } of migrations)
    atomically(database, () => {
      if (database.prepare('SELECT 1 FROM migrations WHERE name = ?').get(name)) return
      database.exec(sql)
      database.prepare('INSERT INTO migrations VALUES (?, ?)').run(name, Date.now())
    })
}
