// One in-memory SQLite for thousands of stories: the real migrations, emptied between stories, with cached
// statements. Opening a database per story would take most of the time.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { CompiledQuery } from 'kysely'
import type { Database } from '../../src/edge/platform/ports/database.ts'
import { migrations } from '../../src/edge/store/migrations/migrations.ts'

export interface Memory extends Database {
  rows: <Row>(table: string) => Row[]
  clear: () => void
  /** Number of rows written so far. */
  writes: () => number
  /** When the next query to i'mport and the next expiry are due. */
  nextDue: () => { reconcile: number | null; sweep: number | null }
  /** The payment is kept, rejected or foreign. */
  isDecided: (imp_uid: string) => boolean
  keptPayment: (imp_uid: string) => { returned: number; paid_at: number } | undefined
}

export function openMemory(): Memory {
  const sqlite = new DatabaseSync(':memory:')
  for (const { sql } of migrations) sqlite.exec(sql)
  const named = sqlite.prepare(
    `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`,
  )
  const tables = named.all().map(({ name }) => String(name))
  const known = new Map<string, StatementSync>()
  const prepare = (text: string) => {
    const statement = known.get(text) ?? sqlite.prepare(text)
    known.set(text, statement)
    return statement
  }
  const changes = sqlite.prepare('select total_changes() as count')
  const due = sqlite.prepare(`select (select min(at) from (select min(ask_at) as at from inquiries
    union all select min(try_at) from returns)) as reconcile, (select min(sweep_at) from links) as sweep`)
  const decided =
    sqlite.prepare(`select 1 from payments where imp_uid = :id and (kept = 1 or status = 'rejected')
    union all select 1 from foreign_payments where imp_uid = :id`)
  const kept = sqlite.prepare('select returned, paid_at from payments where imp_uid = ? and kept = 1')
  const parametersOf = ({ parameters }: CompiledQuery) => parameters as SQLInputValue[]
  return {
    rows: <Row>(table: string) => prepare(`select * from ${table} order by rowid`).all() as Row[],
    clear() {
      sqlite.exec('pragma foreign_keys = off')
      for (const table of tables) prepare(`delete from ${table}`).run()
      sqlite.exec('pragma foreign_keys = on')
    },
    writes: () => (changes.get() as { count: number }).count,
    nextDue: () => due.get() as ReturnType<Memory['nextDue']>,
    isDecided: (imp_uid) => decided.get({ id: imp_uid }) !== undefined,
    keptPayment: (imp_uid) => kept.get(imp_uid) as { returned: number; paid_at: number } | undefined,
    async all<Row>(query: CompiledQuery<Row>) {
      return prepare(query.sql).all(...parametersOf(query)) as Row[]
    },
    async batch(queries) {
      sqlite.exec('begin')
      try {
        const counts = queries.map((query) => Number(prepare(query.sql).run(...parametersOf(query)).changes))
        sqlite.exec('commit')
        return counts
      } catch (error) {
        if (sqlite.isTransaction) sqlite.exec('rollback')
        throw error
      }
    },
  }
}
