// File permissions of the database and its backups.
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSqlite } from '../../src/edge/hosts/node/database/sqlite/sqlite.ts'
import { databaseFiles, restrictPermissions } from '../../src/edge/hosts/node/files/private-files.ts'
import { merchantAt } from '../support/merchant.ts'
import { operate } from '../support/operate.ts'
import { useServers } from './servers.ts'

const start = useServers()

const folder = () => mkdtempSync(join(tmpdir(), 'dari-private-'))
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
const modes = (inside: string) =>
  Object.fromEntries(readdirSync(inside).map((name) => [name, mode(join(inside, name))]))

test('a new database, its -wal and -shm have mode 600, and new folders 700', () => {
  const outer = folder()
  chmodSync(outer, 0o755)
  const path = join(outer, 'shop', 'data', 'dari.db')
  const database = openSqlite(path)
  expect(modes(join(outer, 'shop', 'data'))).toEqual({
    'dari.db': '600',
    'dari.db-shm': '600',
    'dari.db-wal': '600',
  })
  expect([mode(outer), mode(join(outer, 'shop')), mode(join(outer, 'shop', 'data'))]).toEqual([
    '755',
    '700',
    '700',
  ])
  database.close()
})

test('a server restricts existing database files once, with a log line, and not their folder', async () => {
  const shared = folder()
  chmodSync(shared, 0o755)
  const path = join(shared, 'dari.db')
  openSqlite(path).close()
  chmodSync(path, 0o644)
  const env = { DATABASE_URL: `file:${path}`, LOG_LEVEL: 'info' }
  const first = await start(env)
  await merchantAt(first.url).create()
  expect(new Set(Object.values(modes(shared)))).toEqual(new Set(['600']))
  expect(mode(shared)).toBe('755')
  const lines = (output: string) =>
    output.split('\n').filter((line) => line.includes('database.permissions_restricted'))
  expect(lines(first.output())).toHaveLength(1)
  expect(JSON.parse(lines(first.output())[0] ?? '')).toMatchObject({ files: [path] })
  const second = await start(env)
  expect(lines(second.output())).toEqual([])
})

// Only root may give a file away.
test.skipIf(process.getuid?.() !== 0)('a file of another user is not changed', () => {
  const path = join(folder(), 'dari.db')
  openSqlite(path).close()
  chmodSync(path, 0o644)
  chownSync(path, 12_345, 12_345)
  expect(restrictPermissions(databaseFiles(path))).toEqual([])
  expect(mode(path)).toBe('644')
})

test('backups have mode 600, new backup folders 700, and existing folders keep theirs', async () => {
  const outer = folder()
  const from = join(outer, 'dari.db')
  openSqlite(from).close()
  const given = join(outer, 'given')
  mkdirSync(given)
  chmodSync(given, 0o755)
  for (const to of [join(outer, 'made', 'daily'), given]) {
    expect(await operate('backup', ['--from', `file:${from}`, '--to', to])).toMatchObject({ code: 0 })
    expect(Object.values(modes(to))).toEqual(['600'])
  }
  expect([mode(join(outer, 'made')), mode(join(outer, 'made', 'daily')), mode(given)]).toEqual([
    '700',
    '700',
    '755',
  ])
})
