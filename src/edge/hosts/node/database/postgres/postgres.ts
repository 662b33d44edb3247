// PostgreSQL: several processes share one database, which may be unavailable at any time, including at the start.
import { DatabaseUnavailable } from '../../../../platform/ports/database.ts'
import type { NodeDatabase } from '../node-database.ts'
import { readPostgresAddress } from './address.ts'
import { createPool } from './connections.ts'
import { openPostgres } from './open.ts'
import { prepare } from './prepare.ts'

/** Callbacks about the start; messages contain no password. */
export interface PostgresOptions {
  /** Called if the server does not answer at the start. */
  waits: (why: string) => void
  /** Called with a problem that the operator has to fix, if it shows only after the server's first answer. */
  refuse: (problem: string) => void
}

interface StartOptions extends PostgresOptions {
  url: string
  /** Maximum connections of this process. */
  pool: number
}

const retryMs = 1_000

/**
 * Resolves with a migrated database, or with one that throws `DatabaseUnavailable` until its server answers.
 * Rejects with one line if the operator has to act.
 */
export async function startPostgres({ url, pool: size, ...options }: StartOptions): Promise<NodeDatabase> {
  const address = readPostgresAddress(url)
  if (!address.ok) throw new Error(address.problem)
  const { name } = address
  const pool = createPool(address.url, size)
  const database = openPostgres(pool)
  let timer: ReturnType<typeof setTimeout> | undefined

  let reason = await prepare(pool, name)
  if (reason !== undefined) options.waits(`${name} cannot be used yet (${reason})`)
  const ready = new Promise<void>((resolve) => {
    const retry = async () => {
      reason = await prepare(pool, name).catch((error: Error) => {
        options.refuse(error.message)
        return error.message
      })
      if (reason === undefined) resolve()
      else if (!pool.ending) timer = setTimeout(retry, retryMs)
    }
    if (reason === undefined) resolve()
    else timer = setTimeout(retry, retryMs)
  })
  const whenReady = async <Result>(work: () => Promise<Result>) => {
    if (reason !== undefined) throw new DatabaseUnavailable(reason)
    return work()
  }
  return {
    ready,
    all: (query) => whenReady(() => database.all(query)),
    batch: (queries, lockKeys) => whenReady(() => database.batch(queries, lockKeys)),
    close() {
      clearTimeout(timer)
      return database.close()
    },
  }
}
