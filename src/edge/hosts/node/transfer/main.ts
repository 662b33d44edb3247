// `npm run db:transfer`: copies everything from one database to another.
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { fileOf, isPostgres } from '../database/database-url.ts'
import { unlockPostgres } from '../database/postgres/read-only-lock.ts'
import { unlockSqlite } from '../database/sqlite/read-only-lock.ts'
import { printUsage, usageError } from '../usage.ts'
import { connect, readPostgres, writePostgres } from './postgres-side.ts'
import { CommitUnknown, type Side, TransferRefused } from './side.ts'
import { readSqlite, writeSqlite } from './sqlite-side.ts'
import { type TableComparison, transferDatabase } from './transfer.ts'

const help = `Copies everything from one database into another, which must be empty, and compares the two.

  npm run db:transfer -- --from file:data/dari.db --to postgres://user:password@host:5432/dari --seal
  npm run db:transfer -- --unseal file:data/dari.db

  --from, --to   file:… or postgres://…, as in DATABASE_URL
  --seal         make the old database read-only, also for processes that still use it
  --unseal       undo that: only if nothing was written to the new database

Dari may keep running: writes get 503 meanwhile. Exit codes: 0 moved, 1 not moved, 2 wrong use.
`

/** @returns the exit code */
export async function transferCommand(args: string[]): Promise<number> {
  const options = parseOptions(args)
  if (typeof options === 'string') return printUsage(options, help)
  try {
    if ('unseal' in options) await unlock(options.unseal)
    else await transfer(options)
    return 0
  } catch (error) {
    const result =
      'unseal' in options ? 'Not unsealed' : error instanceof CommitUnknown ? 'Moved or not' : 'Not moved'
    const why = isExpected(error) ? error.message : error instanceof Error ? error.stack : error
    process.stderr.write(`${result}: ${why}\n`)
    return 1
  }
}

/** Refusals, and errors of the database or system, which have a code. Others are bugs, shown with their stack. */
const isExpected = (error: unknown): error is Error =>
  error instanceof TransferRefused || (error instanceof Error && 'code' in error)

interface TransferOptions {
  from: string
  to: string
  seal: boolean
}

/** @returns a problem as text; empty if help was requested */
function parseOptions(args: string[]): TransferOptions | { unseal: string } | string {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  try {
    const { values } = parseArgs({
      args,
      options: { from: text, to: text, unseal: text, seal: flag, help: flag },
    })
    const { from, to, unseal, seal, help } = values
    if (help) return ''
    for (const url of [from, to, unseal])
      if (url !== undefined && !isPostgres(url) && !fileOf(url))
        return 'a database is named by file:… or postgres://…'
    if (unseal !== undefined) return from || to || seal ? '--unseal goes alone' : { unseal }
    if (!from || !to) return '--from and --to are both required'
    if (from === to) return '--from and --to are the same'
    return { from, to, seal }
  } catch (error) {
    return usageError(error)
  }
}

const openSource = async (url: string) =>
  isPostgres(url) ? readPostgres(url) : readSqlite(fileOf(url) ?? '')
const openTarget = async (url: string) =>
  isPostgres(url) ? writePostgres(url) : writeSqlite(fileOf(url) ?? '')

async function transfer({ from, to, seal }: TransferOptions): Promise<void> {
  const open: Side[] = []
  try {
    const source = await openSource(from)
    open.push(source)
    const target = await openTarget(to)
    open.push(target)
    await transferDatabase(source, target, { lock: seal, progress: reportProgress(), compared: print })
  } finally {
    for (const side of open) await side.close().catch(() => {})
  }
  process.stdout.write(
    seal
      ? `Moved and sealed: start Dari with DATABASE_URL set to the new one.\n`
      : 'Copied. Nothing was sealed.\n',
  )
}

async function unlock(url: string): Promise<void> {
  let wasLocked: boolean
  if (isPostgres(url)) {
    const { client } = await connect(url)
    wasLocked = await unlockPostgres(client).finally(() => client.end())
  } else {
    const path = fileOf(url) ?? ''
    if (!existsSync(path)) throw new TransferRefused(`there is no file ${path}`)
    const database = new DatabaseSync(path, { timeout: 5_000 })
    wasLocked = unlockSqlite(database)
    database.close()
  }
  process.stdout.write(wasLocked ? 'Unsealed: it takes writes again.\n' : 'It was not sealed.\n')
}

const progressMs = 2_000

function reportProgress() {
  let reportedAt = Date.now()
  return (table: string, rows: number) => {
    if (Date.now() - reportedAt < progressMs) return
    reportedAt = Date.now()
    process.stderr.write(`${table}: ${rows} rows\n`)
  }
}

function print(tables: TableComparison[]): void {
  const line = (...cells: string[]) => {
    const [name = '', rows = '', ...rest] = cells
    process.stdout.write(`${name.padEnd(16)} ${rows.padStart(10)}  ${rest.join('  ')}\n`)
  }
  line('table', 'rows', 'SHA-256 of what left'.padEnd(64), 'and what arrived')
  for (const { table, left, arrived } of tables) {
    const same = left.hash === arrived.hash && left.rows === arrived.rows
    line(table, String(left.rows), left.hash, same ? 'the same' : `${arrived.rows} ${arrived.hash}`)
  }
}
