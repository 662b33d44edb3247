import { type Database, DatabaseUnavailable } from '../ports/database.ts'
import type { Logger } from './logger.ts'

/**
 * The same database, whose absence is told in one line when it is first noticed and in one when it is over,
 * however many requests and timers run into it. Reading and writing fail apart: a full disk can still be read.
 */
export function logOutages(database: Database, log: Pick<Logger, 'warn'>, now: () => number): Database {
  const failing = new Set<'read' | 'write'>()
  let since = 0

  async function noted<Result>(what: 'read' | 'write', work: Promise<Result>): Promise<Result> {
    try {
      const result = await work
      if (failing.delete(what) && failing.size === 0)
        log.warn({ event: 'database.back', seconds: Math.round((now() - since) / 1000) })
      return result
    } catch (error) {
      if (error instanceof DatabaseUnavailable) {
        if (failing.size === 0) {
          since = now()
          log.warn({ event: 'database.away', to: what, why: error.message })
        }
        failing.add(what)
      }
      throw error
    }
  }

  const { version, purge } = database
  return {
    all: (query) => noted('read', database.all(query)),
    batch: (batch, about) => noted('write', database.batch(batch, about)),
    ...(version && { version: () => version() }),
    ...(purge && { purge }),
  }
}
