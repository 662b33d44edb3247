import { Client, DatabaseError } from 'pg'
import { postgresMigrations } from '../../../store/migrations/postgres-migrations.ts'
import { readPostgresAddress } from '../database/postgres/address.ts'
import { checkServer, rejectStandby } from '../database/postgres/check-server.ts'
import { isConflict, reasonOf } from '../database/postgres/failures.ts'
import { migrate } from '../database/postgres/migrate.ts'
import { lockPostgres, readPostgresLock, unlockPostgres } from '../database/postgres/read-only-lock.ts'
import { CommitUnknown, maxRows, type Row, type Side, TransferRefused } from './side.ts'
import { keys, quoted, type TableName, tableNames } from './tables.ts'

const lockTimeout = '30s'
/** Rows per portion; logos can be large. */
const portionSize = (table: TableName) => (table === 'logos' ? 10 : maxRows)

/** Opens a source. Other processes can read it; their writes wait. */
export async function readPostgres(url: string): Promise<Side> {
  const { client, name } = await connect(url)
  return closeOnError(client, name, async () => {
    const locked = await readPostgresLock(client)
    if (locked) throw new TransferRefused(`${name} ${locked}`)
    const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY name')
    if (rows.map(({ name }) => name).join() !== postgresMigrations.map(({ name }) => name).join())
      throw new TransferRefused(`${name} is not up to date: start this version of Dari on it once`)
    await lockSnapshot(client)
    return sideOf(name, client)
  })
}

/** Opens a target: creates missing tables and requires all tables to be empty. */
export async function writePostgres(url: string): Promise<Side> {
  const { client, name } = await connect(url)
  return closeOnError(client, name, async () => {
    await rejectStandby(client)
    const problem = await checkServer(client)
    if (problem) throw new TransferRefused(`${name}: ${problem}`)
    const locked = await readPostgresLock(client)
    if (locked) throw new TransferRefused(`${name} ${locked}`)
    const newer = await migrate(client)
    if (newer) throw new TransferRefused(`${name}: ${newer}`)
    await client.query('BEGIN')
    await lockTables(client)
    await client.query('SET CONSTRAINTS ALL DEFERRED')
    for (const table of tableNames)
      if ((await client.query(`SELECT 1 FROM ${table} LIMIT 1`)).rows.length > 0)
        throw new TransferRefused(`${name} is not empty (${table}): a move fills an empty database only`)
    return sideOf(name, client)
  })
}

export async function connect(url: string): Promise<{ client: Client; name: string }> {
  const address = readPostgresAddress(url)
  if (!address.ok) throw new TransferRefused(address.problem)
  const { name } = address
  const client = new Client({ connectionString: address.url, application_name: 'dari move', keepAlive: true })
  // A query in flight rejects with the same error.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0')
    return { client, name }
  } catch (error) {
    await client.end().catch(() => {})
    throw new TransferRefused(`${name} cannot be reached (${reasonOf(error)})`)
  }
}

async function closeOnError<Result>(
  client: Client,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    await client.end()
    throw error instanceof TransferRefused ? error : new TransferRefused(`${name}: ${reasonOf(error)}`)
  }
}

const maxTries = 5

/** Locks the tables before the first read, so that the snapshot contains all writes. */
async function lockSnapshot(client: Client): Promise<void> {
  for (let tries = 1; ; tries++) {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    try {
      return await lockTables(client)
    } catch (error) {
      await client.query('ROLLBACK')
      // May deadlock with a batch in flight.
      if (!isConflict(error) || tries === maxTries) throw error
    }
  }
}

/** Blocks writes by others, but not reads. */
async function lockTables(client: Client): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = '${lockTimeout}'`)
  await client.query(`LOCK TABLE ${tableNames.join(', ')} IN EXCLUSIVE MODE`)
}

function sideOf(name: string, client: Client): Side {
  const types = new Map<TableName, Map<string, string>>()

  async function typesOf(table: TableName): Promise<Map<string, string>> {
    const known = types.get(table)
    if (known) return known
    const { rows } = await client.query<{ column_name: string; udt_name: string }>(
      `SELECT column_name, udt_name FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position`,
      [table],
    )
    const found = new Map(rows.map(({ column_name, udt_name }) => [column_name, udt_name]))
    types.set(table, found)
    return found
  }

  return {
    name,
    columns: async (table) => [...(await typesOf(table)).keys()],
    async *read(table, columns) {
      const asText = columns.map((column) => `"${column}"::text`).join(', ')
      // Qualified by the table: the bare name would mean the selected text.
      const order = keys[table].map((column) => `${table}."${column}"`).join(', ')
      await client.query(`DECLARE move NO SCROLL CURSOR FOR SELECT ${asText} FROM ${table} ORDER BY ${order}`)
      for (;;) {
        const fetch = { text: `FETCH ${portionSize(table)} FROM move`, rowMode: 'array' }
        const { rows } = await client.query<Row>(fetch)
        if (rows.length === 0) break
        yield rows
      }
      await client.query('CLOSE move')
    },
    async write(table, columns, rows) {
      const known = await typesOf(table)
      const lists = columns.map((column, at) => `$${at + 1}::${known.get(column)}[]`).join(', ')
      const values = columns.map((_, at) => rows.map((row) => row[at]))
      try {
        await client.query(`INSERT INTO ${table} (${quoted(columns)}) SELECT * FROM unnest(${lists})`, values)
      } catch (error) {
        throw new TransferRefused(`${table}: ${reasonOf(error)}`)
      }
    },
    async lastNumber(table) {
      const { rows } = await client.query<{ last: string }>(
        `SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('${table}', 'seq')::regclass), 0)::text AS last`,
      )
      return BigInt(rows[0]?.last ?? 0)
    },
    async numberAfter(table, last) {
      if (last > 0n)
        await client.query(`SELECT setval(pg_get_serial_sequence('${table}', 'seq'), $1)`, [String(last)])
    },
    lock: (movedTo) => lockPostgres(client, tableNames, movedTo),
    async unlock() {
      await unlockPostgres(client)
    },
    async commit() {
      await client.query('COMMIT').catch((error: unknown) => {
        if (error instanceof DatabaseError) throw error
        throw new CommitUnknown(`${name} was asked to commit and gave no answer (${reasonOf(error)})`)
      })
    },
    close: () => client.end(),
  }
}
