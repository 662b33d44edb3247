import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers'
import type { CompiledQuery } from 'kysely'
import { isBusy, unavailableOr } from './unavailable.ts'

interface PendingBatch {
  queries: CompiledQuery[]
  since: number
  resolve: (counts: number[]) => void
  reject: (error: unknown) => void
}

/** How long a batch waits for the write lock of another process. */
const timeoutMs = 5_000
const busyPauseMs = 10

/**
 * Group commit: batches of one turn of the event loop share one commit, because the disk sync is the cost of a durable
 * write. Each batch stays atomic by a savepoint, and none resolves before the commit.
 */
export function groupCommits(database: DatabaseSync, run: (queries: CompiledQuery[]) => number[]) {
  let pending: PendingBatch[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function commit(): void {
    clearTimeout(timer)
    timer = undefined
    const group = pending
    pending = []
    if (group.length === 0) return
    try {
      startTransaction(database)
    } catch (error) {
      if (isBusy(error)) retryLater(group, error)
      else for (const { reject } of group) reject(unavailableOr(error))
      return
    }
    const [first, ...others] = group
    if (first && others.length === 0) runAlone(first)
    else runTogether(group)
  }

  /** Retries by timer, because SQLite's busy timeout would block the whole process. New batches join the group. */
  function retryLater(group: PendingBatch[], error: unknown): void {
    const now = performance.now()
    const isOver = ({ since }: PendingBatch) => now - since >= timeoutMs
    for (const each of group) if (isOver(each)) each.reject(unavailableOr(error))
    pending = [...group.filter((each) => !isOver(each)), ...pending]
    if (pending.length > 0) timer ??= setTimeout(commit, busyPauseMs)
  }

  function runTogether(group: PendingBatch[]): void {
    const answers: (() => void)[] = []
    try {
      end(database, () => {
        for (const each of group) answers.push(runInSavepoint(each))
      })
    } catch {
      // A violated deferred foreign key fails the commit of the whole group, so each batch gets its own transaction.
      for (const each of group) runInOwnTransaction(each)
      return
    }
    for (const answer of answers) answer()
  }

  function runInOwnTransaction(each: PendingBatch): void {
    try {
      startTransaction(database)
    } catch (error) {
      if (isBusy(error)) retryLater([each], error)
      else each.reject(unavailableOr(error))
      return
    }
    runAlone(each)
  }

  /** Runs one batch in the open transaction and commits it. */
  function runAlone({ queries, resolve, reject }: PendingBatch): void {
    try {
      resolve(end(database, () => run(queries)))
    } catch (error) {
      reject(unavailableOr(error))
    }
  }

  /** Runs one batch in the group's transaction; its failure does not affect the others. */
  function runInSavepoint({ queries, resolve, reject }: PendingBatch): () => void {
    database.exec('SAVEPOINT batch')
    try {
      const counts = run(queries)
      database.exec('RELEASE batch')
      return () => resolve(counts)
    } catch (error) {
      database.exec('ROLLBACK TO batch; RELEASE batch')
      return () => reject(unavailableOr(error))
    }
  }

  return {
    commit,
    batch: (queries: CompiledQuery[]) =>
      new Promise<number[]>((resolve, reject) => {
        if (pending.length === 0) setImmediate(commit)
        pending.push({ queries, since: performance.now(), resolve, reject })
      }),
  }
}

/** Fails at once if another process holds the write lock. */
function startTransaction(database: DatabaseSync): void {
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN IMMEDIATE')
  } finally {
    database.exec('PRAGMA busy_timeout = 5000')
  }
}

function end<Result>(database: DatabaseSync, work: () => Result): Result {
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

export function atomically<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE')
  return end(database, work)
}
