// Concurrent batches. Batches with lock keys take advisory locks and run at READ COMMITTED, so that each query sees what
// the previous holder wrote. Batches without run at REPEATABLE READ and are retried after a conflict.
import type { CompiledQuery } from 'kysely'
import type { Pool, QueryConfig, QueryResult } from 'pg'
import { DatabaseUnavailable } from '../../../../platform/ports/database.ts'
import { withConnection } from './connections.ts'
import { asUnavailable, isConflict, violatesConstraint } from './failures.ts'
import { statementOf } from './statements.ts'

/** Retries after conflicts stop after this. */
const timeoutMs = 5_000
const minPauseMs = 4
const maxPauseMs = 200

type Step = string | QueryConfig

export function createBatches(pool: Pool) {
  /** The last retry: retries of one process run one after the other. */
  let lastRetry: Promise<unknown> = Promise.resolve()

  return async (queries: CompiledQuery[], lockKeys: readonly string[] = []): Promise<number[]> => {
    if (queries.length === 0) return []
    const steps = stepsOf(queries, lockKeys)
    const until = Date.now() + timeoutMs
    try {
      return await attempt(pool, steps)
    } catch (error) {
      if (!isConflict(error) && !violatesConstraint(error)) throw asUnavailable(error)
    }
    const retried = lastRetry.then(() => retry(pool, steps, until))
    lastRetry = retried.catch(() => {})
    return retried
  }
}

interface Steps {
  before: Step[]
  queries: Step[]
  after: Step[]
}

function stepsOf(queries: CompiledQuery[], lockKeys: readonly string[]): Steps {
  const steps = queries.map(statementOf)
  const after = ['COMMIT']
  if (lockKeys.length > 0)
    return { before: ['BEGIN ISOLATION LEVEL READ COMMITTED', lockStep(lockKeys)], queries: steps, after }
  // One statement is a transaction by itself.
  if (steps.length === 1) return { before: [], queries: steps, after: [] }
  return { before: ['BEGIN ISOLATION LEVEL REPEATABLE READ'], queries: steps, after }
}

/** Locks until the end of the transaction. Sorted, so that two batches cannot deadlock. */
const lockStep = (lockKeys: readonly string[]): QueryConfig => ({
  name: 'lock_keys',
  text: 'SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) AS name',
  values: [lockKeys.toSorted()],
})

async function retry(pool: Pool, steps: Steps, until: number): Promise<number[]> {
  for (let pause = minPauseMs; ; pause = Math.min(maxPauseMs, pause * 2)) {
    try {
      return await attempt(pool, steps)
    } catch (error) {
      // A constraint violated again, now that the other transactions have committed, is final.
      if (!isConflict(error)) throw asUnavailable(error)
      if (Date.now() > until) throw new DatabaseUnavailable('too many writes at once', { cause: error })
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * pause))
  }
}

/** Pipelines all steps; after a failure the server skips the rest, and the COMMIT rolls back. */
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
