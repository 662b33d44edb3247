import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createPurge } from '../../src/edge/hosts/node/database/sqlite/purge.ts'
import { chanceOf } from '../support/random.ts'

const dayMs = 86_400_000
const mark = 'MARKEDTEXT'

function openFile(rows: number) {
  const path = join(mkdtempSync(join(tmpdir(), 'dari-purge-')), 'dari.db')
  const open = () => {
    const database = new DatabaseSync(path, { timeout: 0 })
    database.exec('PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON')
    onTestFinished(() => database.close())
    return database
  }
  const database = open()
  database.exec('CREATE TABLE orders (id INTEGER PRIMARY KEY, buyer TEXT)')
  const { next } = chanceOf(7)
  const ids = Array.from({ length: rows }, (_, id) => id)
  const inAnyOrder = () => ids.map((id) => ({ id, at: next() })).sort((a, b) => a.at - b.at)
  const text = (most: number) => mark + 'x'.repeat(next() * most)
  const insert = database.prepare('INSERT INTO orders VALUES (?, ?)')
  const update = database.prepare('UPDATE orders SET buyer = ? WHERE id = ?')

  database.exec('BEGIN')
  for (const id of ids) insert.run(id, text(100))
  // Rows that outgrow a page push others to the next page, and copies of these stay behind.
  for (const { id } of inAnyOrder()) update.run(text(1500), id)
  for (const { id } of inAnyOrder()) update.run(text(300), id)
  database.exec('COMMIT; BEGIN')
  for (const id of ids) update.run(null, id)
  database.exec('COMMIT')

  const clock = { now: dayMs * 20_000 }
  return {
    path,
    open,
    database,
    clock,
    purge: createPurge(database, () => clock.now),
    holds: (file = path) => readFileSync(file).includes(mark),
  }
}

describe('purging rewrites the file', () => {
  test('so that unused space holds no erased data', () => {
    const { database, purge, holds, path } = openFile(3_000)
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    expect(holds()).toBe(true)
    purge()
    expect(holds()).toBe(false)
    expect(statSync(`${path}-wal`).size).toBe(0)
  })
  test('once a day at most', () => {
    const { database, purge, clock } = openFile(100)
    const pages = () => Number(database.prepare('PRAGMA page_count').get()?.page_count)
    const freed = () => Number(database.prepare('PRAGMA freelist_count').get()?.freelist_count)
    purge()
    database.exec('CREATE TABLE more (body TEXT); DROP TABLE more')
    expect(freed()).toBe(1)
    purge()
    expect(freed()).toBe(1)
    clock.now += dayMs
    purge()
    expect([freed(), pages()]).toEqual([0, 2])
  })
  test('only if it is small, because rewriting blocks all requests', () => {
    const { database, purge } = openFile(100)
    database.exec('CREATE TABLE more (body BLOB)')
    database.prepare('INSERT INTO more VALUES (zeroblob(?))').run(17 * 1024 * 1024)
    database.exec('CREATE TABLE other (body TEXT); DROP TABLE other')
    purge()
    expect(database.prepare('PRAGMA freelist_count').get()).toEqual({ freelist_count: 1 })
  })
})

test('purging does not wait for other processes, and the next call completes it', () => {
  const { purge, holds, path, open } = openFile(100)
  const other = open()
  other.exec('BEGIN IMMEDIATE')
  const began = performance.now()
  purge()
  other.exec('COMMIT; BEGIN')
  other.prepare('SELECT count(*) FROM orders').get()
  purge()
  // SQLite's own busy timeout would be five seconds each.
  expect(performance.now() - began).toBeLessThan(4_500)
  expect(holds(`${path}-wal`)).toBe(true)
  other.exec('COMMIT')
  purge()
  expect([holds(), holds(`${path}-wal`)]).toEqual([false, false])
})
