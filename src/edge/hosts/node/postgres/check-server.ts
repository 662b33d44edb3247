import type { Client } from 'pg'
import { DatabaseAway } from '../../../store/database.ts'

/** The oldest that its makers still look after. */
const oldest = 14

/** Whether the server can carry the store. Throws a standby as away. @returns what a human has to mend */
export async function checkServer(client: Pick<Client, 'query'>): Promise<string | undefined> {
  const { rows } = await client.query<{ version: string; encoding: string; standby: number }>(
    `SELECT current_setting('server_version_num') AS version, pg_encoding_to_char(encoding) AS encoding,
      pg_is_in_recovery() AS standby FROM pg_database WHERE datname = current_database()`,
  )
  const [server] = rows
  const major = Math.floor(Number(server?.version) / 10_000)
  if (major < oldest) return `PostgreSQL ${oldest} or newer is needed, this is ${major}`
  if (server?.encoding !== 'UTF8') return `the database must be in UTF8, this is in ${server?.encoding}`
  if (server.standby) throw new DatabaseAway('a standby, which takes no writes')
  return undefined
}
