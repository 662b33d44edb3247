import { readdirSync, readFileSync } from 'node:fs'
import { Client } from 'pg'

/** The server and its child processes. */
export function processesOf(server: number): number[] {
  const parentOf = (pid: string) => {
    try {
      return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
    } catch {
      return 0
    }
  }
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === server)
  return [server, ...children.map(Number)]
}

/**
 * Runs ANALYZE now; autovacuum would do it a minute after the tables start to fill, and plans are guesses
 * until then.
 */
export async function learnPlans(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('VACUUM ANALYZE')
  await client.end()
}

/** Transactions of this database rolled back so far: serialization conflicts that were retried. */
export async function conflictsOf(url: string): Promise<number> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ count: string }>(
    'SELECT xact_rollback AS count FROM pg_stat_database WHERE datname = current_database()',
  )
  await client.end()
  return Number(rows[0]?.count)
}
