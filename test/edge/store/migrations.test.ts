// A file of an older version is migrated with its data.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { openSqlite } from '../../../src/edge/hosts/node/database/sqlite/sqlite.ts'
import { queries } from '../../../src/edge/store/sql/tables.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const first = readFileSync(
  join(import.meta.dirname, '../../../src/edge/store/migrations/001-links.sql'),
  'utf8',
)
const hour = 3_600_000

function anOlderFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dari-'))
  folders.push(folder)
  const path = join(folder, 'dari.db')
  const now = Date.now()
  const database = new DatabaseSync(path)
  database.exec(`${first}
    CREATE TABLE migrations (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT;
    INSERT INTO migrations VALUES ('001-links', 1);
    BEGIN;`)
  const link = (id: string, status: string, expires: number, imp_uid: string | null = null) =>
    database
      .prepare(
        `INSERT INTO links (id, user_code, tier, merchant_uid, content_hash, status, move_id, title, name, amount,
          currency, notice_url, methods, direct, created_at, expires_at, imp_uid) VALUES (?, 'imp1', '', ?, 'h', ?, ?,
          't', 'n', 1000, 'KRW', 'https://shop.example/n', '[{}]', 0, ?, ?, ?)`,
      )
      .run(id.padEnd(18, '0'), `order-${id}`, status, id, now - 9 * hour, now + expires, imp_uid)
  const payment = (imp_uid: string, id: string, status: string, why: string | null, due: number | null) =>
    database
      .prepare(
        `INSERT INTO payments (imp_uid, link_id, status, kept, why, amount, currency, returned, gateway, late, due_at,
          seen_at) VALUES (?, ?, ?, 0, ?, 1000, 'KRW', 0, 'listed', 0, ?, ?)`,
      )
      .run(imp_uid, id.padEnd(18, '0'), status, why, due, now)
  link('a', 'open', hour)
  link('b', 'open', -hour)
  link('c', 'awaiting_deposit', hour, 'imp_c')
  payment('imp_c', 'c', 'ready', null, now + 2 * hour)
  payment('imp_r', 'a', 'rejected', 'amount', null)
  const id = 'a'.padEnd(18, '0')
  database.exec(`INSERT INTO checkouts VALUES ('ch', '${id}', 'm1', ${now - 1000}, ${now + 1000});
    INSERT INTO events VALUES ('evt_1', '${id}', 'https://shop.example/n', '{}', 5, 7, 1, NULL);
    INSERT INTO events VALUES ('evt_2', '${id}', 'https://shop.example/n', '{}', 6, NULL, 1, 9);
    COMMIT;`)
  database.close()
  return path
}

test('events, links, windows and refunds of an older version’s file are processed after the migration', async () => {
  const database = openSqlite(anOlderFile())
  const rows = (text: string) => database.all(sql.raw(text).compile(queries))
  expect(await rows('select id, type, url, due_at, delivered_at, since from events order by seq')).toEqual([
    { id: 'evt_1', type: 'notice', url: 'https://shop.example/n', due_at: 7, delivered_at: null, since: 5 },
    { id: 'evt_2', type: 'notice', url: 'https://shop.example/n', due_at: null, delivered_at: 9, since: 6 },
  ])
  // The same ordering key that the edge writes.
  expect(await rows('select distinct lane from events')).toEqual([
    { lane: JSON.stringify(['imp1', '', 'order-a', 'https://shop.example/n']) },
  ])
  expect(
    await rows('select substr(id, 1, 1) as id, sweep_at - expires_at as after from links order by id'),
  ).toEqual([
    { id: 'a', after: 0 },
    { id: 'b', after: null },
    { id: 'c', after: 2 * hour },
  ])
  expect(await rows('select substr(link_id, 1, 1) as id from inquiries order by id')).toEqual([
    { id: 'a' },
    { id: 'c' },
  ])
  expect(await rows('select imp_uid from returns')).toEqual([{ imp_uid: 'imp_r' }])
  // The order of pending events continues after it.
  const types = ['link.card_registered', 'link.card_failed'].map(
    (
      type,
      at,
    ) => `insert into events select null, 'new-' || ${at}, link_id, user_code, tier, '${type}', lane, receiver,
      null, body, created_at, since, due_at, claimed_until, attempts, delivered_at, last_error from events limit 1`,
  )
  await database.batch(types.map((text) => sql.raw(text).compile(queries)))
  expect(await rows('select id, seq from events where seq > 2 order by seq')).toEqual([
    { id: 'new-0', seq: 3 },
    { id: 'new-1', seq: 4 },
  ])
  database.close()
})
