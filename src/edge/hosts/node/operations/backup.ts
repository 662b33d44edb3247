// `npm run backup`: copies a snapshot of the SQLite file while the edge keeps writing.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { fileOf } from '../database/database-url.ts'
import { createPrivateFile, createPrivateFolder, databaseFiles } from '../files/private-files.ts'
import { printUsage, usageError } from '../usage.ts'

const help = `Copies the SQLite database while Dari runs, and checks the copy.

  npm run backup -- --to /backups
  npm run backup -- --from file:data/dari.db --to /backups/dari.db

  --from   the database; by default DATABASE_URL or file:data/dari.db
  --to     a folder, for a file named by the time, or a new file that ends in .db

Back up PostgreSQL with pg_dump. Exit codes: 0 done, 1 not done, 2 wrong use.
`

/** @returns the exit code */
export async function backupCommand(args: string[]): Promise<number> {
  const options = parseOptions(args)
  if (typeof options === 'string') return printUsage(options, help)
  const { from, to } = options
  const part = `${to}.part`
  try {
    if (!existsSync(from)) throw new Error(`there is no file ${from}`)
    if (existsSync(to)) throw new Error(`${to} is there already`)
    createPrivateFolder(dirname(to))
    const counts = copy(from, part)
    renameSync(part, to)
    process.stdout.write(`${to}: whole, with ${counts}\n`)
    return 0
  } catch (error) {
    process.stderr.write(`No backup: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  } finally {
    for (const path of databaseFiles(part)) rmSync(path, { force: true })
  }
}

/** @returns a problem as text; empty if help was requested */
function parseOptions(args: string[]): { from: string; to: string } | string {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({ args, options: { from: text, to: text, help: { type: 'boolean' } } })
    if (values.help) return ''
    const url = values.from ?? process.env.DATABASE_URL ?? 'file:data/dari.db'
    const from = fileOf(url)
    if (!from) return 'only SQLite files (file:…) are copied; use pg_dump for PostgreSQL'
    if (!values.to) return '--to is required'
    // A missing path is a folder unless it ends in .db: as a file it would make the second backup fail.
    const isFolder =
      !values.to.endsWith('.db') || statSync(values.to, { throwIfNoEntry: false })?.isDirectory()
    const name = `dari-${new Date().toISOString().replaceAll(':', '-')}.db`
    return { from, to: isFolder ? join(values.to, name) : values.to }
  } catch (error) {
    return usageError(error)
  }
}

/** VACUUM INTO copies one snapshot, without erased data in unused space of the file. */
function copy(from: string, part: string): string {
  rmSync(part, { force: true })
  createPrivateFile(part)
  const source = new DatabaseSync(from, { timeout: 5_000 })
  try {
    source.prepare('VACUUM INTO ?').run(part)
  } finally {
    source.close()
  }
  const counts = check(part)
  const file = openSync(part, 'r+')
  fsyncSync(file)
  closeSync(file)
  return counts
}

/** Throws if the copy is damaged. @returns row counts as text */
function check(part: string): string {
  const copied = new DatabaseSync(part)
  try {
    // Without a -wal, so that the backup is a single file.
    copied.exec('PRAGMA journal_mode = DELETE')
    const found = copied.prepare('PRAGMA integrity_check').all()
    const [first] = found
    if (found.length !== 1 || first?.integrity_check !== 'ok')
      throw new Error(`the copy is not whole (${String(first?.integrity_check)})`)
    const orphans = copied.prepare('PRAGMA foreign_key_check').all()
    if (orphans.length > 0) throw new Error('the copy is not whole (rows that name what is not there)')
    const count = (table: string) => Number(copied.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n)
    return ['links', 'payments', 'history', 'events'].map((table) => `${count(table)} ${table}`).join(', ')
  } finally {
    copied.close()
  }
}
