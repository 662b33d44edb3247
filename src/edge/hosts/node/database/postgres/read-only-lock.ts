// As sqlite-seal.ts: who has the database open writes no more, who opens it is told where its data went.
import type { Client } from 'pg'
import { readOnlyMessage } from '../read-only-message.ts'

type Asking = Pick<Client, 'query'>

/** Within a transaction. `57P04`: to whoever writes, the database is gone. */
export async function lockPostgres(
  client: Asking,
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

/** For an operator who goes back. @returns whether it was sealed */
export async function unlockPostgres(client: Asking): Promise<boolean> {
  if (!(await readPostgresLock(client))) return false
  // Its triggers go with the function.
  await client.query('BEGIN; DROP FUNCTION refuse_by_seal() CASCADE; DROP TABLE seal; COMMIT')
  return true
}

/** @returns where its data went, as a sentence without its subject */
export async function readPostgresLock(client: Asking): Promise<string | undefined> {
  const { rows } = await client.query<{ made: string | null }>("SELECT to_regclass('seal') AS made")
  if (rows[0]?.made === null) return undefined
  const seal = await client.query<{ moved_to: string; at: string }>('SELECT moved_to, at::text FROM seal')
  const [row] = seal.rows
  return readOnlyMessage(String(row?.moved_to), Number(row?.at))
}
