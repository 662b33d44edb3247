import type { Client } from 'pg'
import { DatabaseUnavailable } from '../../../../platform/ports/database.ts'

/** The oldest that its makers still look after. */
const oldest = 14

/** After a change of roles the address may lead to a server that lags behind, and what it says is no more so. */
export async function rejectStandby(client: Pick<Client, 'query'>): Promise<void> {
  const { rows } = await client.query<{ standby: unknown }>('SELECT pg_is_in_recovery() AS standby')
  // As a truth or as 1, by the types that the client reads with.
  if (rows[0]?.standby) throw new DatabaseUnavailable('a standby, which takes no writes')
}

/** Whether the server can carry the store. @returns what a human has to mend */
export async function checkServer(client: Pick<Client, 'query'>): Promise<string | undefined> {
  const { rows } = await client.query<{ version: string; encoding: string }>(
    `SELECT current_setting('server_version_num') AS version, pg_encoding_to_char(encoding) AS encoding
      FROM pg_database WHERE datname = current_database()`,
  )
  const [server] = rows
  const major = Math.floor(Number(server?.version) / 10_000)
  if (major < oldest) return `PostgreSQL ${oldest} or newer is needed, this is ${major}`
  if (server?.encoding !== 'UTF8') return `the database must be in UTF8, this is in ${server?.encoding}`
  return undefined
}
