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

/** Opens the file (`:memory:` for none), brings its tables up to date, and keeps what it acknowledges. */
export function openSqlite(path: string): SqliteDatabase {
  if (path !== ':memory:') {
    createPrivateFolder(dirname(path))
    createPrivateFile(path)
  }
  const database = new DatabaseSync(path)
  // FULL: an answered request survives a power cut, not only a crash of the process.
  // secure_delete overwrites erased data with zeros; temporary files would be copies of it.
  database.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
  `)
  const sealed = readSqliteLock(database)
  if (sealed) {
    database.close()
    throw new Error(`it ${sealed}`)
  }
  migrate(database)
  const prepared = new Map<string, StatementSync>()
  const prepare = prepareOnce(database, prepared)
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
      prepared.clear()
      database.close()
    },
  }
}

/** More texts than the store has; a list of ids makes one for each of its lengths. */
const mostStatements = 500

/** Preparing costs more than running: a text that was seen before keeps its statement. */
function prepareOnce(
  database: DatabaseSync,
  prepared: Map<string, StatementSync>,
): (sql: string) => StatementSync {
  return (sql) => {
    const known = prepared.get(sql)
    if (known) return known
    if (prepared.size >= mostStatements) prepared.clear()
    const statement = database.prepare(sql)
    prepared.set(sql, statement)
    return statement
  }
}

/** Own writes are counted, those of other processes asked for (`PRAGMA data_version`), once a turn of the loop. */
function createVersion(database: DatabaseSync) {
  const others = database.prepare('PRAGMA data_version')
  let version = 0
  let seen: unknown
  let isFresh = false

  /** Where it cannot be asked, nothing is taken for unchanged. */
  function ask(): unknown {
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
      const now = ask()
      if (now !== seen) version++
      seen = now
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
  // The check is inside, so that two processes that start at once apply it once.
  for (const { name, sql } of migrations)
    atomically(database, () => {
      if (database.prepare('SELECT 1 FROM migrations WHERE name = ?').get(name)) return
      database.exec(sql)
      database.prepare('INSERT INTO migrations VALUES (?, ?)').run(name, Date.now())
    })
}
