// DATABASE_URL=postgres://…: many processes on one database, which may be away at any time, also at the start.
import { DatabaseUnavailable } from '../../../../platform/ports/database.ts'
import type { NodeDatabase } from '../node-database.ts'
import { readPostgresAddress } from './address.ts'
import { createPool } from './connections.ts'
import { openPostgres } from './open.ts'
import { prepare } from './prepare.ts'

/** Who is told how the start went, once and without the password. */
export interface PostgresOptions {
  /** At the start: the server does not answer yet. */
  waits: (why: string) => void
  /** What only a human can mend, once the server answers after all. */
  refuse: (problem: string) => void
}

interface Wish extends PostgresOptions {
  url: string
  /** Connections of this process at most. */
  pool: number
}

const againMs = 1_000

/**
 * Resolves with a database that is up to date, or with one that is away until its server answers.
 * Rejects with one line for what only a human can mend.
 */
export async function startPostgres({ url, pool: size, ...hearing }: Wish): Promise<NodeDatabase> {
  const address = readPostgresAddress(url)
  if (!address.ok) throw new Error(address.problem)
  const { spoken } = address
  const pool = createPool(address.url, size)
  const database = openPostgres(pool)
  let timer: ReturnType<typeof setTimeout> | undefined

  let reason = await prepare(pool, spoken)
  if (reason !== undefined) hearing.waits(`${spoken} cannot be used yet (${reason})`)
  const ready = new Promise<void>((resolve) => {
    const again = async () => {
      reason = await prepare(pool, spoken).catch((error: Error) => {
        hearing.refuse(error.message)
        return error.message
      })
      if (reason === undefined) resolve()
      else if (!pool.ending) timer = setTimeout(again, againMs)
    }
    if (reason === undefined) resolve()
    else timer = setTimeout(again, againMs)
  })
  const ask = async <Result>(work: () => Promise<Result>) => {
    if (reason !== undefined) throw new DatabaseUnavailable(reason)
    return work()
  }
  return {
    ready,
    all: (query) => ask(() => database.all(query)),
    batch: (queries, about) => ask(() => database.batch(queries, about)),
    close() {
      clearTimeout(timer)
      return database.close()
    },
  }
}
