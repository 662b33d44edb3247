import { DatabaseError, Pool, type PoolClient } from 'pg'
import { DatabaseUnavailable } from '../../../../platform/ports/database.ts'
import { rejectStandby } from './check-server.ts'
import { isStale, reasonOf } from './failures.ts'
import { storeTypes } from './statements.ts'

// Short timeouts, because a visitor waits. The server's timeout is the shorter one, so that it reports the reason.
const connectMs = 3_000
const statementMs = 5_000
const answerMs = 8_000
/** Limits how long a stalled process can hold locks. */
const idleInTransactionMs = 10_000
const keepAliveMs = 10_000
const idleMs = 60_000

export function createPool(url: string, size: number): Pool {
  const pool = new Pool({
    // Parameters in the URL take precedence over the options below.
    connectionString: url,
    application_name: 'dari',
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    max: size,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    idleTimeoutMillis: idleMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
    pipeline: true,
    types: storeTypes,
    verify: (client, done) => void rejectStandby(client).then(() => done(), done),
  })
  // The pool replaces broken connections, and the query in flight rejects; the events carry no more information.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Runs `work` on a pooled connection, and discards the connection unless it is reusable. */
export async function withConnection<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect().catch((error: unknown) => {
    throw new DatabaseUnavailable(reasonOf(error), { cause: error })
  })
  try {
    const result = await work(client)
    client.release()
    return result
  } catch (error) {
    const isReusable =
      error instanceof DatabaseError && client.getTransactionStatus() === 'I' && !isStale(error)
    client.release(!isReusable)
    throw error
  }
}
