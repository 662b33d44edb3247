import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type CompiledQuery, sql } from 'kysely'
import { expect, test } from 'vitest'
import { openSqlite } from '../../../src/edge/hosts/node/database/sqlite/sqlite.ts'
import { queries } from '../../../src/edge/store/sql/tables.ts'

const open = () => {
  const database = openSqlite(':memory:')
  const ask = (text: string) => database.all<{ n: number }>(sql.raw<{ n: number }>(text).compile(queries))
  return { ...database, ask }
}
const write = (...texts: string[]): CompiledQuery[] => texts.map((text) => sql.raw(text).compile(queries))
const mark = (name: string) => `insert into migrations values ('${name}', 1)`

test('a failing write of a group commit rolls back alone', async () => {
  const { batch, ask } = open()
  const outcomes = await Promise.allSettled([
    batch(write(mark('a'))),
    batch(write(mark('half'), mark('a'))),
    batch(write(mark('b'), mark('c'))),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await ask(`select count(*) as n from migrations where name in ('a', 'b', 'c')`)).toEqual([{ n: 3 }])
  expect(await ask(`select count(*) as n from migrations where name = 'half'`)).toEqual([{ n: 0 }])
})

test('a write that violates a foreign key at commit fails alone', async () => {
  const { batch, ask } = open()
  await batch(write('create table child (of text references links (id) deferrable initially deferred)'))
  const outcomes = await Promise.allSettled([
    batch(write(mark('a'))),
    batch(write(`insert into child values ('nowhere')`, mark('half'))),
    batch(write(mark('b'))),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await ask(`select count(*) as n from migrations where name in ('a', 'b', 'half')`)).toEqual([
    { n: 2 },
  ])
})

test('writes requested before the file is closed are written', async () => {
  const { batch, close } = open()
  const written = batch(write(mark('a')))
  close()
  expect(await written).toEqual([1])
})

test('a write waits for another process’s write and then succeeds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dari-'))
  const path = join(folder, 'dari.db')
  const { batch, close } = openSqlite(path)
  const other = new DatabaseSync(path)
  other.exec('BEGIN IMMEDIATE')
  const written = Promise.all([batch(write(mark('a'))), batch(write(mark('b')))])
  setTimeout(() => other.exec('COMMIT'), 100)
  expect(await written).toEqual([[1], [1]])
  other.close()
  close()
  rmSync(folder, { recursive: true })
})
