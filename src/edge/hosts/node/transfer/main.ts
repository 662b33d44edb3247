// `npm run db:transfer`: moves a system from one database to another.
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { fileOf, isPostgres } from '../database/database-url.ts'
import { unlockPostgres } from '../database/postgres/read-only-lock.ts'
import { unlockSqlite } from '../database/sqlite/read-only-lock.ts'
import { printUsage, usageError } from '../usage.ts'
import { connect, readPostgres, writePostgres } from './postgres-side.ts'
import { type Side, TransferRefused, Unanswered } from './side.ts'
import { readSqlite, writeSqlite } from './sqlite-side.ts'
import { type TableComparison, transferDatabase } from './transfer.ts'

const help = `Moves everything from one database to another that is empty, and compares what arrived.

  npm run db:transfer -- --from file:data/dari.db --to postgres://user:password@host:5432/dari --seal
  npm run db:transfer -- --unseal file:data/dari.db

  --from, --to   file:… or postgres://…, as in DATABASE_URL
  --seal         the database that is left takes no write any more, also of processes that still run on it
  --unseal       takes that back: only if nothing was written to the other one

Dari may run meanwhile: whoever writes is told to come again. Exit codes: 0 moved, 1 not moved, 2 wrong use.
`

/** @returns the exit code */
export async function transferCommand(args: string[]): Promise<number> {
  const wish = read(args)
  if (typeof wish === 'string') return printUsage(wish, help)
  try {
    if ('unseal' in wish) await unseal(wish.unseal)
    else await moveAll(wish)
    return 0
  } catch (error) {
    const done =
      'unseal' in wish ? 'Not unsealed' : error instanceof Unanswered ? 'Moved or not' : 'Not moved'
    const why = isKnown(error) ? error.message : error instanceof Error ? error.stack : error
    process.stderr.write(`${done}: ${why}\n`)
    return 1
  }
}

/** Refusals, and what databases and systems say of themselves, which has a code; a bug is told whole. */
const isKnown = (error: unknown): error is Error =>
  error instanceof TransferRefused || (error instanceof Error && 'code' in error)

interface Move {
  from: string
  to: string
  seal: boolean
}

/** @returns what is wrong with it; nothing where help was asked for */
function read(args: string[]): Move | { unseal: string } | string {
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

const leave = async (url: string) => (isPostgres(url) ? readPostgres(url) : readSqlite(fileOf(url) ?? ''))
const fill = async (url: string) => (isPostgres(url) ? writePostgres(url) : writeSqlite(fileOf(url) ?? ''))

async function moveAll({ from, to, seal }: Move): Promise<void> {
  const open: Side[] = []
  try {
    const source = await leave(from)
    open.push(source)
    const target = await fill(to)
    open.push(target)
    await transferDatabase(source, target, { seal, progress: sayProgress(), compared: print })
  } finally {
    for (const side of open) await side.close().catch(() => {})
  }
  process.stdout.write(
    seal
      ? `Moved and sealed: start Dari with DATABASE_URL set to the new one.\n`
      : 'Copied. Nothing was sealed.\n',
  )
}

async function unseal(url: string): Promise<void> {
  let wasSealed: boolean
  if (isPostgres(url)) {
    const { client } = await connect(url)
    wasSealed = await unlockPostgres(client).finally(() => client.end())
  } else {
    const path = fileOf(url) ?? ''
    if (!existsSync(path)) throw new TransferRefused(`there is no file ${path}`)
    const database = new DatabaseSync(path, { timeout: 5_000 })
    wasSealed = unlockSqlite(database)
    database.close()
  }
  process.stdout.write(wasSealed ? 'Unsealed: it takes writes again.\n' : 'It was not sealed.\n')
}

const everyMs = 2_000

function sayProgress() {
  let said = Date.now()
  return (table: string, rows: number) => {
    if (Date.now() - said < everyMs) return
    said = Date.now()
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
