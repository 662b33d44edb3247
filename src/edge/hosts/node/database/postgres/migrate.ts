import type { Client } from 'pg'
import { newerThan } from '../../../../store/migrations/migrations.ts'
import { postgresMigrations } from '../../../../store/migrations/postgres-migrations.ts'

/** Any number that nobody else takes: whoever holds it brings the tables up to date. */
const lock = 7_236_178

/**
 * In one transaction, so that of processes that start at once one does it, whole or not at all.
 * @returns what a human has to mend
 */
export async function migrate(client: Pick<Client, 'query'>): Promise<string | undefined> {
  // Looked at first: a role that may not make tables can serve those that are there.
  const applied = await readApplied(client)
  const newer = newerThan(applied, postgresMigrations)
  if (newer || missing(applied).length === 0) return newer
  await client.query(`BEGIN; SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(${lock})`)
  try {
    await client.query(
      'CREATE TABLE IF NOT EXISTS migrations (name text COLLATE "C" PRIMARY KEY, applied_at bigint NOT NULL)',
    )
    for (const { name, sql } of missing(await readApplied(client))) {
      await client.query(sql)
      await client.query('INSERT INTO migrations VALUES ($1, $2)', [name, Date.now()])
    }
    await client.query('COMMIT')
    return undefined
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

async function readApplied(client: Pick<Client, 'query'>): Promise<string[]> {
  const { rows: tables } = await client.query<{ known: string | null }>(
    "SELECT to_regclass('migrations') AS known",
  )
  if (tables[0]?.known === null) return []
  const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations')
  return rows.map(({ name }) => name)
}

const missing = (applied: readonly string[]) =>
  postgresMigrations.filter(({ name }) => !applied.includes(name))
