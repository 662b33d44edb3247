// PostgreSQL's adapter beyond the suite that every database passes.
import { type CompiledQuery, sql } from 'kysely'
import type { Pool } from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { createPool } from '../../src/edge/hosts/node/database/postgres/connections.ts'
import { openPostgres } from '../../src/edge/hosts/node/database/postgres/open.ts'
import { numbered } from '../../src/edge/hosts/node/database/postgres/statements.ts'
import { DatabaseUnavailable } from '../../src/edge/platform/ports/database.ts'
import { queries } from '../../src/edge/store/sql/tables.ts'
import { makeTestDatabase } from '../support/test-postgres.ts'

const raw = (text: string): CompiledQuery<Record<string, unknown>> =>
  sql.raw<Record<string, unknown>>(text).compile(queries)

const pools: Pool[] = []
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.end()))
})

/** Several connection pools, which the database cannot tell from several processes. */
async function processes(count: number) {
  const url = await makeTestDatabase()
  return Array.from({ length: count }, () => {
    const pool = createPool(url, 4)
    pools.push(pool)
    return { ...openPostgres(pool), pool }
  })
}

const mark = (name: string) => raw(`insert into migrations values ('${name}', 1)`)

test.each([
  ['select ? from a where b = ?', 'select $1 from a where b = $2'],
  [`select '?', "?", 'it''s ?' where a = ?`, `select '?', "?", 'it''s ?' where a = $1`],
  ['select 1', 'select 1'],
])('parameters of %s are numbered, and quoted text is unchanged', (text, expected) => {
  expect(numbered(text)).toBe(expected)
})

describe('numbers from PostgreSQL', () => {
  test('are exact, or reading them fails', async () => {
    const [one] = await processes(1)
    const ask = (text: string) => one?.all(raw(text))
    expect(await ask('select 9007199254740991::bigint as n, count(*) as c, true as t, 1 > 2 as f')).toEqual([
      { n: Number.MAX_SAFE_INTEGER, c: 1, t: 1, f: 0 },
    ])
    await expect(ask('select 9007199254740993::bigint as n')).rejects.toThrow(RangeError)
    expect(await ask('select 1 as n')).toEqual([{ n: 1 }])
  })
})

test('reads keep working on every connection while a newer version adds a column', async () => {
  const [one, newer] = await processes(2)
  const read = () => one?.all<Record<string, unknown>>(raw('select * from seen'))
  await newer?.batch([raw('create table seen as select 1 as n')])
  await Promise.all(Array.from({ length: 8 }, read))
  await newer?.batch([raw('alter table seen add column more text')])
  for (let count = 0; count < 8; count++) expect(await read()).toEqual([{ n: 1, more: null }])
})

describe('batches of several processes', () => {
  test('with a common lock key run one after the other, and each sees the writes before it', async () => {
    const servers = await processes(4)
    const count = (name: string) => raw(`insert into migrations select '${name}', count(*) from migrations`)
    const all = servers.flatMap(({ batch }, at) =>
      Array.from({ length: 25 }, (_, n) => batch([count(`${at}-${n}`)], ['counter'])),
    )
    expect(await Promise.all(all)).toEqual(Array(100).fill([1]))
    const seen = await servers[0]?.all(
      raw(`select count(distinct applied_at) as n from migrations where name like '_-%'`),
    )
    expect(seen).toEqual([{ n: 100 }])
  })
  test('with several lock keys do not deadlock, whatever order they name them in', async () => {
    const servers = await processes(4)
    const names = [
      ['a', 'b'],
      ['b', 'a'],
      ['b', 'c', 'a'],
      ['c', 'b'],
    ]
    const all = servers.flatMap(({ batch }, at) =>
      Array.from({ length: 25 }, (_, n) => batch([mark(`${at}-${n}`), mark(`${at}-${n}-b`)], names[at])),
    )
    expect(await Promise.all(all)).toEqual(Array(100).fill([1, 1]))
  })
  test('are all completed although they conflict with each other', async () => {
    const servers = await processes(4)
    await servers[0]?.batch([mark('shared')])
    const more = [
      raw(`update migrations set applied_at = applied_at + 1 where name = 'shared'`),
      raw('select 1'),
    ]
    const all = servers.flatMap(({ batch }) => Array.from({ length: 10 }, () => batch(more)))
    await Promise.all(all)
    expect(await servers[0]?.all(raw(`select applied_at from migrations where name = 'shared'`))).toEqual([
      { applied_at: 41 },
    ])
  })
  test('without a lock key read one snapshot in all of their queries', async () => {
    const [one, other] = await processes(2)
    const slow = one?.batch([
      raw(`insert into migrations select 'before', count(*) from migrations`),
      raw('select pg_sleep(0.3)'),
      raw(`insert into migrations select 'after', count(*) from migrations where name <> 'before'`),
    ])
    await expect
      .poll(() =>
        other?.all(
          raw(`select 1 from pg_stat_activity where query like '%pg_sleep(0.3)%'
      and pid <> pg_backend_pid() and state = 'active'`),
        ),
      )
      .toHaveLength(1)
    await other?.batch([mark('between')])
    await slow
    const rows = await other?.all<{ applied_at: number }>(
      raw(`select applied_at from migrations where name in ('before', 'after')`) as never,
    )
    expect(new Set(rows?.map(({ applied_at }) => applied_at)).size).toBe(1)
  })
})

describe('the events of an ordering key', () => {
  const event = (id: string, lane: string) =>
    raw(`insert into events (id, link_id, user_code, tier, type, lane, receiver, body, created_at, since, due_at,
      attempts) values ('${id}', '${'0'.repeat(18)}', 'u', '', 'link.paid', '${lane}', 'r', '{}', 1, 1, 1, 0)`)

  test('are numbered in the order in which they become visible', async () => {
    const [one, other] = await processes(2)
    await one?.batch([raw('alter table events drop constraint events_link_id_fkey')])
    const client = await one?.pool.connect()
    await client?.query('begin')
    await client?.query(event('first', 'lane-1').sql)
    // Another ordering key proceeds; the same one waits until the first event is visible.
    await other?.batch([event('elsewhere', 'lane-2')])
    const second = other?.batch([event('second', 'lane-1')])
    await expect
      .poll(() =>
        other?.all(
          raw(`select 1 from pg_stat_activity where wait_event = 'advisory'
        and datname = current_database()`),
        ),
      )
      .toHaveLength(1)
    await client?.query('commit')
    client?.release()
    await second
    expect(await other?.all(raw(`select id from events where lane = 'lane-1' order by seq`))).toEqual([
      { id: 'first' },
      { id: 'second' },
    ])
  })
})

describe('a broken connection', () => {
  test('fails its query, ends no process, and is replaced', async () => {
    const [one, other] = await processes(2)
    const asked = one?.all(raw('select pg_sleep(20)'))
    const failed = expect(asked).rejects.toThrow(DatabaseUnavailable)
    const theirs = `pid <> pg_backend_pid() and datname = current_database()`
    await expect
      .poll(() =>
        other?.all(
          raw(`select pg_terminate_backend(pid) from pg_stat_activity
        where query like '%pg_sleep(20)%' and state = 'active' and ${theirs}`),
        ),
      )
      .toHaveLength(1)
    await failed
    await other?.all(raw(`select pg_terminate_backend(pid) from pg_stat_activity where ${theirs}`))
    await expect.poll(() => one?.all(raw('select 1 as n')).catch(() => 'gone')).toEqual([{ n: 1 }])
  })
  test('is not caused by a query timeout, after which the connection is reused', async () => {
    const [one] = await processes(1)
    await expect(
      one?.batch([raw('set local statement_timeout = 50'), raw('select pg_sleep(20)')]),
    ).rejects.toThrow(DatabaseUnavailable)
    expect(await one?.all(raw('select 1 as n'))).toEqual([{ n: 1 }])
  })
})
