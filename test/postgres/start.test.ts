// Starting on PostgreSQL: what is waited for, and what ends with one line.
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/edge/hosts/node/database/open-database.ts'
import { checkServer } from '../../src/edge/hosts/node/database/postgres/check-server.ts'
import { DatabaseUnavailable } from '../../src/edge/platform/ports/database.ts'
import { queries } from '../../src/edge/store/sql/tables.ts'
import { createStore } from '../../src/edge/store/store.ts'
import {
  createDatabase,
  type PostgresServer,
  password,
  startPostgresServer,
} from '../support/postgres-server.ts'
import { startServer } from '../support/server.ts'

let server: PostgresServer
let roots: Record<'good' | 'other', string>
const opened: Awaited<ReturnType<typeof openDatabase>>[] = []

beforeAll(async () => {
  server = await startPostgresServer({ durable: false })
  roots = { good: aCertificate('good'), other: aCertificate('other') }
  await createDatabase(server, 'empty')
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()))
})
afterAll(() => server.close())

/** Signed by itself, for this machine. @returns its path */
function aCertificate(name: string): string {
  const [certificate, key] = [join(server.folder, `${name}.crt`), join(server.folder, `${name}.key`)]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const made = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
  ]
  execFileSync('openssl', [...made, '-keyout', key, '-out', certificate, ...subject], { stdio: 'pipe' })
  const { uid, gid } = statSync(server.folder)
  chownSync(key, uid, gid)
  chmodSync(key, 0o600)
  return certificate
}

async function open(databaseUrl: string, pool = 2) {
  const said: string[] = []
  const database = await openDatabase(
    { databaseUrl, databasePool: pool },
    {
      waits: (why) => said.push(why),
      refuse: (problem) => said.push(`refused: ${problem}`),
      restricted: () => {},
    },
  )
  opened.push(database)
  return { database, said }
}

const refusal = (url: string) =>
  open(url).then(
    () => 'none',
    (error: Error) => error.message,
  )

const at = () => `127.0.0.1:${server.port}`

test.each<[string, (url: string) => string, (at: string) => string]>([
  [
    'a wrong password',
    (url) => url.replace(password, 'wrong-and-secret'),
    (at) => `DATABASE_URL: database "empty" at ${at}: password authentication failed for user "dari"`,
  ],
  [
    'no password',
    (url) => url.replace(`:${password}`, ''),
    (at) => `DATABASE_URL: database "empty" at ${at}: the server asks for a password, and none is set`,
  ],
  [
    'a password that is not escaped',
    (url) => url.replace(password, 'half@secret/other-half-secret'),
    () =>
      'DATABASE_URL: must be postgres://user:password@host:port/database, where / and @ in a password are %2F and %40',
  ],
  [
    'an unknown database',
    (url) => url.replace(/empty$/, 'nowhere'),
    (at) => `DATABASE_URL: database "nowhere" at ${at}: database "nowhere" does not exist`,
  ],
  [
    'no database',
    (url) => url.replace(/empty$/, ''),
    () => 'DATABASE_URL: must be postgres://user:password@host:port/database',
  ],
  [
    'a certificate that is not there',
    (url) => `${url}?sslrootcert=/nowhere.crt`,
    () => 'DATABASE_URL: /nowhere.crt cannot be read (ENOENT)',
  ],
  [
    'encryption that the server does not have',
    (url) => `${url}?sslmode=require`,
    (at) => `DATABASE_URL: database "empty" at ${at}: The server does not support SSL connections`,
  ],
])('%s is one line that names the setting, and no password', async (_, change, line) => {
  const said = await refusal(change(server.url('empty')))
  expect(said).toBe(line(at()))
  expect(said).not.toMatch(/secret|a-password/)
})

test('a server that is too old, or a database that cannot hold every letter, is one line', async () => {
  const old = { rows: [{ version: '130012', encoding: 'UTF8', standby: 0 }] }
  expect(await checkServer({ query: async () => old } as never)).toBe(
    'PostgreSQL 14 or newer is needed, this is 13',
  )
  await createDatabase(server, "ascii ENCODING 'SQL_ASCII' TEMPLATE template0")
  expect(await refusal(server.url('ascii'))).toBe(
    `DATABASE_URL: database "ascii" at ${at()}: the database must be in UTF8, this is in SQL_ASCII`,
  )
})

test('a database that a newer version has changed is one line, and stays as it is', async () => {
  await createDatabase(server, 'newer')
  const { database } = await open(server.url('newer'))
  await database.batch([sql`insert into migrations values ('999-future', 1)`.compile(queries)])
  expect(await refusal(server.url('newer'))).toBe(
    `DATABASE_URL: database "newer" at ${at()}: a newer version of Dari has changed it (999-future): start that one`,
  )
})

test('a role that may not make tables is refused, and serves those that are there', async () => {
  await createDatabase(server, 'guarded')
  const admin = new Client({ connectionString: server.socketUrl('guarded') })
  await admin.connect()
  await admin.query(`CREATE ROLE clerk LOGIN PASSWORD 'clerk'; REVOKE CREATE ON SCHEMA public FROM public`)
  const url = server.url('guarded').replace(`dari:${password}`, 'clerk:clerk')
  expect(await refusal(url)).toBe(
    `DATABASE_URL: database "guarded" at ${at()}: permission denied for schema public`,
  )
  await open(server.url('guarded'))
  await admin.query('GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk')
  await admin.end()
  const { database } = await open(url)
  await createStore(database).ping()
})

test('of four processes that start at once on an empty database one makes the tables, and all can be asked', async () => {
  await createDatabase(server, 'four')
  const four = await Promise.all(Array.from({ length: 4 }, () => open(server.url('four'))))
  for (const { database, said } of four) {
    expect(said).toEqual([])
    expect(await createStore(database).findLink('0'.repeat(18))).toBeUndefined()
  }
})

test('a server that is not there yet is waited for, which is said once, and then it is well', async () => {
  await server.stop()
  const { database, said } = await open(server.url('empty'))
  expect(said).toEqual([`database "empty" at ${at()} cannot be used yet (ECONNREFUSED)`])
  await expect(createStore(database).ping()).rejects.toThrow(DatabaseUnavailable)
  await server.start()
  await database.ready
  await createStore(database).ping()
  expect(said).toHaveLength(1)
})

test('a server that comes back as a standby is away, also to who only reads: what it says may be of before', async () => {
  const { database } = await open(server.url('empty'))
  await server.stop()
  // What a standby replays has to be of a server that could have one.
  await server.start({ wal_level: 'replica' })
  await server.stop()
  const sign = join(server.folder, 'data', 'standby.signal')
  writeFileSync(sign, '')
  await server.start({ wal_level: 'replica' })
  await expect(createStore(database).ping()).rejects.toThrow(
    new DatabaseUnavailable('a standby, which takes no writes'),
  )
  await server.stop()
  rmSync(sign)
  await server.start()
  await createStore(database).ping()
})

test('a server that comes back with a certificate is trusted by it, and by no other', async () => {
  await server.stop()
  const keys = { ssl: 'on', ssl_cert_file: roots.good, ssl_key_file: roots.good.replace('.crt', '.key') }
  await server.start(keys)
  const url = server.url('empty')
  const { database } = await open(`${url}?sslmode=verify-full&sslrootcert=${roots.good}`)
  const { rows } = await encryption(database)
  expect(rows).toEqual([{ ssl: 1 }])
  await open(`${url}?sslmode=no-verify`)
  const refused = `DATABASE_URL: database "empty" at ${at()}: DEPTH_ZERO_SELF_SIGNED_CERT`
  // What libpq would only encrypt for is checked here, too.
  for (const mode of ['verify-full', 'verify-ca', 'require', 'prefer'])
    expect(await refusal(`${url}?sslmode=${mode}`)).toBe(refused)
  expect(await refusal(`${url}?sslmode=verify-full&sslrootcert=${roots.other}`)).toBe(refused)
  await server.stop()
  await server.start()
})

async function encryption(database: Awaited<ReturnType<typeof openDatabase>>) {
  const sql = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()'
  return { rows: await database.all({ sql, parameters: [] } as never) }
}

test('the process ends with 1 and one line for what waiting does not mend', async () => {
  const wrong = server.url('empty').replace(password, 'wrong-and-secret')
  const ended = startServer({ DATABASE_URL: wrong })
  await expect(ended).rejects.toThrow(
    `the server ended with 1:\nDari cannot start: DATABASE_URL: database "empty" at ${at()}: password authentication failed for user "dari"\n`,
  )
})

test('the process that waits answers 503, and is healthy by itself when the server comes', async () => {
  await server.stop()
  const edge = await startServer({
    DATABASE_URL: server.url('empty'),
    MERCHANTS: JSON.stringify([{ user_code: 'imp11111111', imp_key: 'key', imp_secret: 'secret' }]),
    TOKEN_SECRET: 'x'.repeat(32),
    PUBLIC_URL: 'http://localhost:1',
  })
  try {
    const statuses = async (...paths: string[]) =>
      Promise.all(paths.map(async (path) => (await fetch(edge.url + path)).status))
    expect(await statuses('/healthz', `/links/${'0'.repeat(18)}`)).toEqual([503, 503])
    await server.start()
    await expect.poll(() => statuses('/healthz'), { timeout: 30_000 }).toEqual([200])
    expect(await statuses(`/links/${'0'.repeat(18)}`)).toEqual([404])
    expect(
      edge
        .output()
        .split('\n')
        .filter((line) => line.startsWith('Dari waits')),
    ).toHaveLength(1)
    expect(edge.output()).not.toContain(password)
  } finally {
    await edge.stop()
  }
})
