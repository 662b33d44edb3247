import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers'
import type { CompiledQuery } from 'kysely'
import { isBusy, unavailableOr } from './unavailable.ts'

interface Waiting {
  queries: CompiledQuery[]
  since: number
  resolve: (counts: number[]) => void
  reject: (error: unknown) => void
}

/** For as long a batch waits for other processes' writes. */
const patienceMs = 5_000
const busyPauseMs = 10

/**
 * Batches that come in together share one commit, which is what durable writing costs: each is still all or
 * nothing, and none is answered before all of them are on the disk.
 */
export function groupCommits(database: DatabaseSync, run: (queries: CompiledQuery[]) => number[]) {
  let waiting: Waiting[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function commit(): void {
    clearTimeout(timer)
    timer = undefined
    const group = waiting
    waiting = []
    if (group.length === 0) return
    try {
      begin(database)
    } catch (error) {
      if (isBusy(error)) waitOn(group, error)
      else for (const { reject } of group) reject(unavailableOr(error))
      return
    }
    const [first, ...others] = group
    if (first && others.length === 0) alone(first)
    else together(group)
  }

  /** Whoever comes meanwhile joins them. This process goes on reading: SQLite's own waiting would stop all of it. */
  function waitOn(group: Waiting[], error: unknown): void {
    const now = performance.now()
    const isOver = ({ since }: Waiting) => now - since >= patienceMs
    for (const each of group) if (isOver(each)) each.reject(unavailableOr(error))
    waiting = [...group.filter((each) => !isOver(each)), ...waiting]
    if (waiting.length > 0) timer ??= setTimeout(commit, busyPauseMs)
  }

  function together(group: Waiting[]): void {
    const answers: (() => void)[] = []
    try {
      end(database, () => {
        for (const each of group) answers.push(apart(each))
      })
    } catch {
      // A foreign key that is checked at the very end fails for all: then each is on its own.
      for (const each of group) aloneFromBegin(each)
      return
    }
    for (const answer of answers) answer()
  }

  function aloneFromBegin(each: Waiting): void {
    try {
      begin(database)
    } catch (error) {
      if (isBusy(error)) waitOn([each], error)
      else each.reject(unavailableOr(error))
      return
    }
    alone(each)
  }

  /** Within a transaction that has begun, and ends it. */
  function alone({ queries, resolve, reject }: Waiting): void {
    try {
      resolve(end(database, () => run(queries)))
    } catch (error) {
      reject(unavailableOr(error))
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
      return () => reject(unavailableOr(error))
    }
  }

  return {
    commit,
    batch: (queries: CompiledQuery[]) =>
      new Promise<number[]>((resolve, reject) => {
        if (waiting.length === 0) setImmediate(commit)
        waiting.push({ queries, since: performance.now(), resolve, reject })
      }),
  }
}

/** At once or not at all. */
function begin(database: DatabaseSync): void {
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
