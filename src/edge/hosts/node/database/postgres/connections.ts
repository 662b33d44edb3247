import { DatabaseError, Pool, type PoolClient } from 'pg'
import { DatabaseUnavailable } from '../../../../platform/ports/database.ts'
import { rejectStandby } from './check-server.ts'
import { isStale, reasonOf } from './failures.ts'
import { storeTypes } from './statements.ts'

// A visitor waits: what is not there in seconds is away. The server gives up first, and says so.
const connectMs = 3_000
const statementMs = 5_000
const answerMs = 8_000
/** A process that stopped in the middle of a transaction keeps nobody waiting for longer. */
const idleInTransactionMs = 10_000
const keepAliveMs = 10_000
const idleMs = 60_000

export function createPool(url: string, size: number): Pool {
  const pool = new Pool({
    // What the URL says beside goes first.
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
  // A connection that dies is replaced; whoever was using it hears of it by its query.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Lends a connection, and gives back only what can be used again. */
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
    const isSound = error instanceof DatabaseError && client.getTransactionStatus() === 'I' && !isStale(error)
    client.release(!isSound)
    throw error
  }
}
