import { Client, DatabaseError } from 'pg'
import { postgresMigrations } from '../../../store/migrations/postgres-migrations.ts'
import { readPostgresAddress } from '../database/postgres/address.ts'
import { checkServer, rejectStandby } from '../database/postgres/check-server.ts'
import { isConflict, reasonOf } from '../database/postgres/failures.ts'
import { migrate } from '../database/postgres/migrate.ts'
import { lockPostgres, readPostgresLock, unlockPostgres } from '../database/postgres/read-only-lock.ts'
import { maxRows, type Row, type Side, TransferRefused, Unanswered } from './side.ts'
import { keys, quoted, type TableName, tableNames } from './tables.ts'

const lockPatience = '30s'
/** A picture can be large. */
const portionOf = (table: TableName) => (table === 'logos' ? 10 : maxRows)

/** A database that is left: other processes read it and wait with their writes. */
export async function readPostgres(url: string): Promise<Side> {
  const { client, spoken } = await connect(url)
  return refusing(client, spoken, async () => {
    const sealed = await readPostgresLock(client)
    if (sealed) throw new TransferRefused(`${spoken} ${sealed}`)
    const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY name')
    if (rows.map(({ name }) => name).join() !== postgresMigrations.map(({ name }) => name).join())
      throw new TransferRefused(`${spoken} is not up to date: start this version of Dari on it once`)
    await holdStill(client)
    return sideOf(spoken, client)
  })
}

/** A database that is filled: its tables are made, or empty. */
export async function writePostgres(url: string): Promise<Side> {
  const { client, spoken } = await connect(url)
  return refusing(client, spoken, async () => {
    await rejectStandby(client)
    const problem = await checkServer(client)
    if (problem) throw new TransferRefused(`${spoken}: ${problem}`)
    const sealed = await readPostgresLock(client)
    if (sealed) throw new TransferRefused(`${spoken} ${sealed}`)
    const newer = await migrate(client)
    if (newer) throw new TransferRefused(`${spoken}: ${newer}`)
    await client.query('BEGIN')
    await lock(client)
    await client.query('SET CONSTRAINTS ALL DEFERRED')
    for (const table of tableNames)
      if ((await client.query(`SELECT 1 FROM ${table} LIMIT 1`)).rows.length > 0)
        throw new TransferRefused(`${spoken} is not empty (${table}): a move fills an empty database only`)
    return sideOf(spoken, client)
  })
}

/** For an operator who goes back, and for looking. */
export async function connect(url: string): Promise<{ client: Client; spoken: string }> {
  const address = readPostgresAddress(url)
  if (!address.ok) throw new TransferRefused(address.problem)
  const { spoken } = address
  const client = new Client({ connectionString: address.url, application_name: 'dari move', keepAlive: true })
  // Whoever is asking hears of it by their query.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0')
    return { client, spoken }
  } catch (error) {
    await client.end().catch(() => {})
    throw new TransferRefused(`${spoken} cannot be reached (${reasonOf(error)})`)
  }
}

async function refusing<Result>(
  client: Client,
  spoken: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    await client.end()
    throw error instanceof TransferRefused ? error : new TransferRefused(`${spoken}: ${reasonOf(error)}`)
  }
}

const mostTries = 5

/** Locked first: what is seen from then on is all that was ever written. */
async function holdStill(client: Client): Promise<void> {
  for (let tries = 1; ; tries++) {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    try {
      return await lock(client)
    } catch (error) {
      await client.query('ROLLBACK')
      // A batch under way may wait for us while we wait for it.
      if (!isConflict(error) || tries === mostTries) throw error
    }
  }
}

/** Against everybody's writes, not against their looks. */
async function lock(client: Client): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = '${lockPatience}'`)
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
      // With its table: by itself it would be the text that is selected.
      const order = keys[table].map((column) => `${table}."${column}"`).join(', ')
      await client.query(`DECLARE move NO SCROLL CURSOR FOR SELECT ${asText} FROM ${table} ORDER BY ${order}`)
      for (;;) {
        const fetch = { text: `FETCH ${portionOf(table)} FROM move`, rowMode: 'array' }
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
    seal: (movedTo) => lockPostgres(client, tableNames, movedTo),
    async unseal() {
      await unlockPostgres(client)
    },
    async commit() {
      await client.query('COMMIT').catch((error: unknown) => {
        if (error instanceof DatabaseError) throw error
        throw new Unanswered(`${name} was asked to commit and gave no answer (${reasonOf(error)})`)
      })
    },
    close: () => client.end(),
  }
}
