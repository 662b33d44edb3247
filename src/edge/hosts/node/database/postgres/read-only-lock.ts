// Read-only lock after a transfer, as in ../sqlite/read-only-lock.ts: triggers reject all writes.
import type { Client } from 'pg'
import { readOnlyMessage } from '../read-only-message.ts'

type Queryable = Pick<Client, 'query'>

/** Call within a transaction. Writers get error `57P04` (database dropped), which counts as unavailable. */
export async function lockPostgres(
  client: Queryable,
  tables: readonly string[],
  movedTo: string,
): Promise<void> {
  await client.query(`CREATE TABLE seal (moved_to text NOT NULL, at bigint NOT NULL);
    CREATE FUNCTION refuse_by_seal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'it is sealed: its data has moved to another database' USING ERRCODE = '57P04';
    END $$`)
  await client.query('INSERT INTO seal VALUES ($1, $2)', [movedTo, Date.now()])
  for (const table of tables)
    await client.query(`CREATE TRIGGER a_seal BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_by_seal()`)
}

/** @returns whether it was locked */
export async function unlockPostgres(client: Queryable): Promise<boolean> {
  if (!(await readPostgresLock(client))) return false
  // Drops the triggers with their function.
  await client.query('BEGIN; DROP FUNCTION refuse_by_seal() CASCADE; DROP TABLE seal; COMMIT')
  return true
}

/** @returns where the data was transferred to, as a sentence without its subject; undefined if not locked */
export async function readPostgresLock(client: Queryable): Promise<string | undefined> {
  const { rows } = await client.query<{ found: string | null }>("SELECT to_regclass('seal') AS found")
  if (rows[0]?.found === null) return undefined
  const lock = await client.query<{ moved_to: string; at: string }>('SELECT moved_to, at::text FROM seal')
  const [row] = lock.rows
  return readOnlyMessage(String(row?.moved_to), Number(row?.at))
}
