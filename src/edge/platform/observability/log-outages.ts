import { type Database, DatabaseUnavailable } from '../ports/database.ts'
import type { Logger } from './logger.ts'

/**
 * Wraps the database to log one line when an outage starts and one when it ends, however many requests and jobs hit
 * it. Reads and writes count separately, because a full disk fails writes only.
 */
export function logOutages(database: Database, log: Pick<Logger, 'warn'>, now: () => number): Database {
  const failing = new Set<'read' | 'write'>()
  let since = 0

  async function tracked<Result>(operation: 'read' | 'write', work: Promise<Result>): Promise<Result> {
    try {
      const result = await work
      if (failing.delete(operation) && failing.size === 0)
        log.warn({ event: 'database.available', seconds: Math.round((now() - since) / 1000) })
      return result
    } catch (error) {
      if (error instanceof DatabaseUnavailable) {
        if (failing.size === 0) {
          since = now()
          log.warn({ event: 'database.unavailable', to: operation, why: error.message })
        }
        failing.add(operation)
      }
      throw error
    }
  }

  const { version, purge } = database
  return {
    all: (query) => tracked('read', database.all(query)),
    batch: (batch, lockKeys) => tracked('write', database.batch(batch, lockKeys)),
    ...(version && { version: () => version() }),
    ...(purge && { purge }),
  }
}
