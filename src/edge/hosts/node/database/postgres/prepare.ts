import type { Pool } from 'pg'
import { checkServer } from './check-server.ts'
import { needsOperator, reasonOf } from './failures.ts'
import { migrate } from './migrate.ts'
import { readPostgresLock } from './read-only-lock.ts'

/**
 * Looks whether the server can carry the store, and brings its tables up to date.
 * @returns why it has to be waited for; undefined: it is ready. Throws one line for what only a human can mend
 */
export async function prepare(pool: Pool, spoken: string): Promise<string | undefined> {
  try {
    const client = await pool.connect()
    let problem: string | undefined
    let isSound = false
    try {
      problem = (await readPostgresLock(client)) ?? (await checkServer(client)) ?? (await migrate(client))
      isSound = true
    } finally {
      client.release(!isSound)
    }
    if (!problem) return undefined
    throw new Refused(problem)
  } catch (error) {
    if (error instanceof Refused || needsOperator(error)) throw new Error(`${spoken}: ${reasonOf(error)}`)
    return reasonOf(error)
  }
}

class Refused extends Error {}
