import type { Client } from 'pg'
import { newerThan } from '../../../../store/migrations/migrations.ts'
import { postgresMigrations } from '../../../../store/migrations/postgres-migrations.ts'

/** Key of the advisory lock around migrations: an arbitrary constant. */
const lockKey = 7_236_178

/**
 * Applies the missing migrations in one transaction, under a lock for processes that start concurrently.
 * @returns a problem that the operator has to fix
 */
export async function migrate(client: Pick<Client, 'query'>): Promise<string | undefined> {
  // Checked first, so that a role without permission to create tables can serve an up-to-date database.
  const applied = await readApplied(client)
  const newer = newerThan(applied, postgresMigrations)
  if (newer || missing(applied).length === 0) return newer
  await client.query(`BEGIN; SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(${lockKey})`)
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
