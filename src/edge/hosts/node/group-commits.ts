import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers'
import type { CompiledQuery } from 'kysely'

interface Waiting {
  queries: CompiledQuery[]
  resolve: (counts: number[]) => void
  reject: (error: unknown) => void
}

/**
 * Batches that come in together share one commit, which is what durable writing costs: each is still all or
 * nothing, and none is answered before all of them are on the disk.
 */
export function groupCommits(database: DatabaseSync, run: (queries: CompiledQuery[]) => number[]) {
  let waiting: Waiting[] = []

  function commit(): void {
    const group = waiting
    waiting = []
    const [first, ...others] = group
    if (!first) return
    if (others.length === 0) {
      alone(first)
      return
    }
    const answers: (() => void)[] = []
    try {
      atomically(database, () => {
        for (const each of group) answers.push(apart(each))
      })
    } catch {
      // A foreign key that is checked at the very end fails for all: then each is on its own.
      for (const each of group) alone(each)
      return
    }
    for (const answer of answers) answer()
  }

  function alone({ queries, resolve, reject }: Waiting): void {
    try {
      resolve(atomically(database, () => run(queries)))
    } catch (error) {
      reject(error)
    }
  }

  /** Within the group's transaction: one that fails takes nothing of the others with it. */
  function apart({ queries, resolve, reject }: Waiting): () => void {
    database.exec('SAVEPOINT batch')
    try {
      const counts = run(queries)
      database.exec('RELEASE batch')
      return () => resolve(counts)
    } catch (error) {
      database.exec('ROLLBACK TO batch; RELEASE batch')
      return () => reject(error)
    }
  }

  return {
    commit,
    batch: (queries: CompiledQuery[]) =>
      new Promise<number[]>((resolve, reject) => {
        if (waiting.length === 0) setImmediate(commit)
        waiting.push({ queries, resolve, reject })
      }),
  }
}

export function atomically<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
