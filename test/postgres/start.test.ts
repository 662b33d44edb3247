// Starting on PostgreSQL: which problems are waited for, and which end the start with one line.
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

/** A self-signed certificate for this machine.  */
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
  const logged: string[] = []
  const database = await openDatabase(
    { databaseUrl, databasePool: pool },
    {
      waits: (why) => logged.push(why),
      refuse: (problem) => logged.push(`refused: ${problem}`),
      restricted: () => {},
    },
  )
  opened.push(database)
  return { database, said: logged }
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
    'an unescaped password',
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
    'a missing certificate file',
    (url) => `${url}?sslrootcert=/nowhere.crt`,
    () => 'DATABASE_URL: /nowhere.crt cannot be read (ENOENT)',
  ],
  [
    'encryption that the server does not support',
    (url) => `${url}?sslmode=require`,
    (at) => `DATABASE_URL: database "empty" at ${at}: The server does not support SSL connections`,
  ],
])('the start fails for %s with one line that names the setting and no password', async (_, change, line) => {
  const logged = await refusal(change(server.url('empty')))
  expect(logged).toBe(line(at()))
  expect(logged).not.toMatch(/secret|a-password/)
})

test('the start fails for an old server or a database without UTF-8 with one line', async () => {
  const old = { rows: [{ version: '130012', encoding: 'UTF8', standby: 0 }] }
  expect(await checkServer({ query: async () => old } as never)).toBe(
    'PostgreSQL 14 or newer is needed, this is 13',
  )
  await createDatabase(server, "ascii ENCODING 'SQL_ASCII' TEMPLATE template0")
  expect(await refusal(server.url('ascii'))).toBe(
    `DATABASE_URL: database "ascii" at ${at()}: the database must be in UTF8, this is in SQL_ASCII`,
  )
})

test('the start fails for a database of a newer version with one line and leaves it unchanged', async () => {
  await createDatabase(server, 'newer')
  const { database } = await open(server.url('newer'))
  await database.batch([sql`insert into migrations values ('999-future', 1)`.compile(queries)])
  expect(await refusal(server.url('newer'))).toBe(
    `DATABASE_URL: database "newer" at ${at()}: a newer version of Dari has changed it (999-future): start that one`,
  )
})

test('a role without the right to create tables cannot create the schema, but can serve an existing one', async () => {
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

test('of four processes that start at once on an empty database one creates the tables, and all can query', async () => {
  await createDatabase(server, 'four')
  const four = await Promise.all(Array.from({ length: 4 }, () => open(server.url('four'))))
  for (const { database, said: logged } of four) {
    expect(logged).toEqual([])
    expect(await createStore(database).findLink('0'.repeat(18))).toBeUndefined()
  }
})

test('an unreachable server is waited for, with one log line', async () => {
  await server.stop()
  const { database, said: logged } = await open(server.url('empty'))
  expect(logged).toEqual([`database "empty" at ${at()} cannot be used yet (ECONNREFUSED)`])
  await expect(createStore(database).ping()).rejects.toThrow(DatabaseUnavailable)
  await server.start()
  await database.ready
  await createStore(database).ping()
  expect(logged).toHaveLength(1)
})

test('a server that returns as a standby counts as unavailable, also for reads, because its data may be stale', async () => {
  const { database } = await open(server.url('empty'))
  await server.stop()
  // A standby must replay the log of a server that allows one.
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

test('a server that returns with another certificate is verified against it', async () => {
  await server.stop()
  const keys = { ssl: 'on', ssl_cert_file: roots.good, ssl_key_file: roots.good.replace('.crt', '.key') }
  await server.start(keys)
  const url = server.url('empty')
  const { database } = await open(`${url}?sslmode=verify-full&sslrootcert=${roots.good}`)
  const { rows } = await encryption(database)
  expect(rows).toEqual([{ ssl: 1 }])
  await open(`${url}?sslmode=no-verify`)
  const refused = `DATABASE_URL: database "empty" at ${at()}: DEPTH_ZERO_SELF_SIGNED_CERT`
  // Settings for which libpq only encrypts are verified here, too.
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

test('the process ends with 1 and one line if waiting cannot help', async () => {
  const wrong = server.url('empty').replace(password, 'wrong-and-secret')
  const ended = startServer({ DATABASE_URL: wrong })
  await expect(ended).rejects.toThrow(
    `the server ended with 1:\nDari cannot start: DATABASE_URL: database "empty" at ${at()}: password authentication failed for user "dari"\n`,
  )
})

test('a process that waits for the server answers 503 and becomes healthy when it comes', async () => {
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
