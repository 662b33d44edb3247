// Batches side by side. Those that share a name wait for each other at a lock, and each query of theirs sees all that
// the one before wrote. Others see one moment, and are refused and done again where somebody else wrote what they write.
import type { CompiledQuery } from 'kysely'
import type { Pool, QueryConfig, QueryResult } from 'pg'
import { DatabaseUnavailable } from '../../../../platform/ports/database.ts'
import { withConnection } from './connections.ts'
import { asUnavailable, isConflict, isRefusal } from './failures.ts'
import { statementOf } from './statements.ts'

/** A batch that others keep getting in the way of is given up. */
const patienceMs = 5_000
const pauseMs = 4
const longestPauseMs = 200

type Step = string | QueryConfig

export function createBatches(pool: Pool) {
  /** Ends when the last repetition has: those of a process wait for each other. */
  let lane: Promise<unknown> = Promise.resolve()

  return async (queries: CompiledQuery[], about: readonly string[] = []): Promise<number[]> => {
    if (queries.length === 0) return []
    const steps = stepsOf(queries, about)
    const until = Date.now() + patienceMs
    try {
      return await attempt(pool, steps)
    } catch (error) {
      if (!isConflict(error) && !isRefusal(error)) throw asUnavailable(error)
    }
    const turn = lane.then(() => repeat(pool, steps, until))
    lane = turn.catch(() => {})
    return turn
  }
}

interface Steps {
  before: Step[]
  queries: Step[]
  after: Step[]
}

function stepsOf(queries: CompiledQuery[], about: readonly string[]): Steps {
  const steps = queries.map(statementOf)
  const after = ['COMMIT']
  if (about.length > 0)
    return { before: ['BEGIN ISOLATION LEVEL READ COMMITTED', lockOf(about)], queries: steps, after }
  // One statement is a transaction by itself.
  if (steps.length === 1) return { before: [], queries: steps, after: [] }
  return { before: ['BEGIN ISOLATION LEVEL REPEATABLE READ'], queries: steps, after }
}

/** Held until the transaction is over. Everybody takes them in one order, so that no two wait for each other. */
const lockOf = (about: readonly string[]): QueryConfig => ({
  name: 'about',
  text: 'SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) AS name',
  values: [about.toSorted()],
})

async function repeat(pool: Pool, steps: Steps, until: number): Promise<number[]> {
  for (let pause = pauseMs; ; pause = Math.min(longestPauseMs, pause * 2)) {
    try {
      return await attempt(pool, steps)
    } catch (error) {
      // A constraint that refuses it also now, with what the others wrote before its eyes, means it.
      if (!isConflict(error)) throw asUnavailable(error)
      if (Date.now() > until) throw new DatabaseUnavailable('too many writes at once', { cause: error })
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * pause))
  }
}

/** All of it is sent at once; after a failure the server skips the rest, and its COMMIT rolls back. */
function attempt(pool: Pool, { before, queries, after }: Steps): Promise<number[]> {
  return withConnection(pool, async (client) => {
    const sent = [...before, ...queries, ...after].map((step) => client.query(step))
    const answers = (await Promise.allSettled(sent)).map(settled)
    if (after.length > 0 && answers.at(-1)?.command !== 'COMMIT')
      throw new DatabaseUnavailable('the transaction was not committed')
    return answers.slice(before.length, before.length + queries.length).map(({ rowCount }) => rowCount ?? 0)
  })
}

function settled(answer: PromiseSettledResult<QueryResult>): QueryResult {
  if (answer.status === 'rejected') throw answer.reason
  return answer.value
}
