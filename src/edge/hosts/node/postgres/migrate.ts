import type { Client } from 'pg'
import { postgresMigrations } from '../../../store/postgres-migrations.ts'

/** Any number that nobody else takes: whoever holds it brings the tables up to date. */
const lock = 7_236_178

/** In one transaction, so that of processes that start at once one does it, whole or not at all. */
export async function migrate(client: Pick<Client, 'query'>): Promise<void> {
  // Looked at first: a role that may not make tables can serve those that are there.
  if ((await missing(client)).length === 0) return
  await client.query(`BEGIN; SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(${lock})`)
  try {
    await client.query(
      'CREATE TABLE IF NOT EXISTS migrations (name text COLLATE "C" PRIMARY KEY, applied_at bigint NOT NULL)',
    )
    for (const { name, sql } of await missing(client)) {
      await client.query(sql)
      await client.query('INSERT INTO migrations VALUES ($1, $2)', [name, Date.now()])
    }
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

async function missing(client: Pick<Client, 'query'>) {
  const { rows: tables } = await client.query<{ known: string | null }>(
    "SELECT to_regclass('migrations') AS known",
  )
  if (tables[0]?.known === null) return postgresMigrations
  const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations')
  const applied = new Set(rows.map(({ name }) => name))
  return postgresMigrations.filter(({ name }) => !applied.has(name))
}
