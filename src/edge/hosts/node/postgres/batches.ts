// One batch, one serializable transaction: PostgreSQL refuses what could not have happened one after the other, and
// what is refused is done again.
import type { CompiledQuery } from 'kysely'
import type { Pool } from 'pg'
import { DatabaseAway } from '../../../store/database.ts'
import { withConnection } from './connections.ts'
import { asAway, isConflict, isRefusal } from './failures.ts'
import { statementOf } from './statements.ts'

/** A batch that others keep getting in the way of is given up. */
const patienceMs = 5_000
const pauseMs = 4
const longestPauseMs = 200

/** Index plans on small tables, too: a batch that reads a whole table is in the way of every other. */
const begin = 'BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL enable_seqscan = off'

export function createBatches(pool: Pool) {
  /** Ends when the last repetition has: those of a process wait for each other. */
  let lane: Promise<unknown> = Promise.resolve()

  return async (queries: CompiledQuery[]): Promise<number[]> => {
    if (queries.length === 0) return []
    const until = Date.now() + patienceMs
    try {
      return await attempt(pool, queries)
    } catch (error) {
      if (!isConflict(error) && !isRefusal(error)) throw asAway(error)
    }
    const turn = lane.then(() => repeat(pool, queries, until))
    lane = turn.catch(() => {})
    return turn
  }
}

async function repeat(pool: Pool, queries: CompiledQuery[], until: number): Promise<number[]> {
  for (let pause = pauseMs; ; pause = Math.min(longestPauseMs, pause * 2)) {
    try {
      return await attempt(pool, queries)
    } catch (error) {
      // A constraint that refuses it also now, with what the others wrote before its eyes, means it.
      if (!isConflict(error)) throw asAway(error)
      if (Date.now() > until) throw new DatabaseAway('too many writes at once', { cause: error })
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * pause))
  }
}

/** All of it is sent at once; after a failure the server skips the rest, and its COMMIT rolls back. */
function attempt(pool: Pool, queries: CompiledQuery[]): Promise<number[]> {
  return withConnection(pool, async (client) => {
    const sent = [begin, ...queries.map(statementOf), 'COMMIT'].map((query) => client.query(query))
    const answers = await Promise.allSettled(sent)
    const results = answers.map((answer) => {
      if (answer.status === 'rejected') throw answer.reason
      return answer.value
    })
    if (results.at(-1)?.command !== 'COMMIT') throw new DatabaseAway('the transaction was not committed')
    return results.slice(1, -1).map(({ rowCount }) => rowCount ?? 0)
  })
}
