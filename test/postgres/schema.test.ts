// The migrations of SQLite and PostgreSQL result in the same schema.
import { type CompiledQuery, sql } from 'kysely'
import { expect, test } from 'vitest'
import { openSqlite } from '../../src/edge/hosts/node/database/sqlite/sqlite.ts'
import type { Database } from '../../src/edge/platform/ports/database.ts'
import { queries } from '../../src/edge/store/sql/tables.ts'
import { openTestPostgres } from '../support/test-postgres.ts'

const raw = <Row>(text: string): CompiledQuery<Row> => sql.raw<Row>(text).compile(queries)
type Row = Record<string, unknown>

const rowsOf = async (database: Database, text: string) =>
  (await database.all(raw<Row>(text))).map((row) => Object.values(row).join(' ')).sort()

const sqlite = openSqlite(':memory:')
const own = `m.type = 'table' and m.name not like 'sqlite%'`

test('both schemas have the same columns, types and nullability', async () => {
  const postgres = openTestPostgres()
  const theirs = await rowsOf(
    postgres,
    `select table_name, column_name, case data_type when 'bigint' then 'INTEGER' else upper(data_type) end,
      case is_nullable when 'YES' then 0 else 1 end from information_schema.columns where table_schema = 'public'`,
  )
  const ours = await rowsOf(
    sqlite,
    `select m.name, c.name as column, c.type, c."notnull" or c.pk as needed from sqlite_schema m, pragma_table_info(m.name) c
      where ${own}`,
  )
  expect(theirs).toEqual(ours)
})

test('both schemas have the same indexes on the same columns', async () => {
  const postgres = openTestPostgres()
  const theirs = await rowsOf(
    postgres,
    `select c.relname, t.relname as of, i.indisunique, string_agg(coalesce(a.attname, 'lower(ref)'), ',' order by k.at),
      i.indpred is not null as part
      from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
      join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
      cross join unnest(i.indkey) with ordinality as k (number, at)
      left join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number and k.number > 0
      where c.relname not like '%\\_pkey' and c.relname not like '%\\_key' group by 1, 2, 3, 5`,
  )
  const ours = await rowsOf(
    sqlite,
    `select l.name, m.name as of, l."unique",
      (select group_concat(coalesce(name, 'lower(ref)')) from (select name from pragma_index_info(l.name) order by seqno)),
      l.partial from sqlite_schema m, pragma_index_list(m.name) l where ${own} and l.origin = 'c'`,
  )
  expect(theirs).toEqual(ours)
})

test('both schemas have the same foreign keys', async () => {
  const postgres = openTestPostgres()
  const theirs = await rowsOf(
    postgres,
    `select conrelid::regclass::text, a.attname, confrelid::regclass::text as parent, condeferred, confdeltype = 'c' as cascades
      from pg_constraint join pg_attribute a on a.attrelid = conrelid and a.attnum = conkey[1] where contype = 'f'`,
  )
  const deferred = new Set(['links superseded_by', 'links imp_uid'])
  const ours = await sqlite.all(
    raw<{ child: string; column: string; parent: string; on_delete: string }>(
      `select m.name as child, f."from" as column, f."table" as parent, f.on_delete
        from sqlite_schema m, pragma_foreign_key_list(m.name) f where ${own}`,
    ),
  )
  const lines = ours.map(({ child, column, parent, on_delete }) =>
    [child, column, parent, Number(deferred.has(`${child} ${column}`)), Number(on_delete === 'CASCADE')].join(
      ' ',
    ),
  )
  expect(theirs).toEqual(lines.sort())
})

test('both schemas have the same number of checks per table', async () => {
  const postgres = openTestPostgres()
  const theirs = await postgres.all(
    raw<{ name: string; checks: number }>(
      `select conrelid::regclass::text as name, count(*) as checks from pg_constraint where contype = 'c'
        and conrelid <> 0 group by 1`,
    ),
  )
  const ours = await sqlite.all(
    raw<{ name: string; sql: string }>(`select name, sql from sqlite_schema m where ${own}`),
  )
  const counted = ours.map(({ name, sql: text }) => [name, text.match(/\bCHECK\b/g)?.length ?? 0] as const)
  expect(Object.fromEntries(theirs.map(({ name, checks }) => [name, checks]))).toEqual(
    Object.fromEntries(counted.filter(([, checks]) => checks > 0)),
  )
})

test.each([
  [
    '{"a":1,"customer_name":"kim","b":{"customer_name":"x"}}',
    '{"a":1,"customer_name":"","b":{"customer_name":"x"}}',
  ],
  ['{"a":"\\" , :","n":null}', '{"a":"\\" , :","n":null}'],
  ['{"a":"\\u0000","customer_name":"k\\"im\\\\"}', '{"a":"\\u0000","customer_name":""}'],
  ['{"customer_name":"\\ud800","a":1}', '{"customer_name":"","a":1}'],
  ['{}', '{}'],
])('json_replace turns %s into the same result as SQLite', async (body, expected) => {
  const ask = (database: Database) =>
    database.all(
      sql<Row>`select json_replace(${body}, '$.customer_name', '', '$.other', '') as body`.compile(queries),
    )
  expect(await ask(sqlite)).toEqual([{ body: expected }])
  expect(await ask(openTestPostgres())).toEqual([{ body: expected }])
})
