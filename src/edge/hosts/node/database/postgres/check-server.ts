import type { Client } from 'pg'
import { DatabaseUnavailable } from '../../../../platform/ports/database.ts'

/** The oldest version that the PostgreSQL project supports. */
const minVersion = 14

/** Rejects standbys: after a failover the address may lead to one, whose data lags behind. */
export async function rejectStandby(client: Pick<Client, 'query'>): Promise<void> {
  const { rows } = await client.query<{ standby: unknown }>('SELECT pg_is_in_recovery() AS standby')
  // `true` or 1, depending on the client's type parsers.
  if (rows[0]?.standby) throw new DatabaseUnavailable('a standby, which takes no writes')
}

/** Checks version and encoding. @returns a problem that the operator has to fix */
export async function checkServer(client: Pick<Client, 'query'>): Promise<string | undefined> {
  const { rows } = await client.query<{ version: string; encoding: string }>(
    `SELECT current_setting('server_version_num') AS version, pg_encoding_to_char(encoding) AS encoding
      FROM pg_database WHERE datname = current_database()`,
  )
  const [server] = rows
  const major = Math.floor(Number(server?.version) / 10_000)
  if (major < minVersion) return `PostgreSQL ${minVersion} or newer is needed, this is ${major}`
  if (server?.encoding !== 'UTF8') return `the database must be in UTF8, this is in ${server?.encoding}`
  return undefined
}
