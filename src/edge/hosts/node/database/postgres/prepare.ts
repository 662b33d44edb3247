import type { Pool } from 'pg'
import { checkServer } from './check-server.ts'
import { needsOperator, reasonOf } from './failures.ts'
import { migrate } from './migrate.ts'
import { readPostgresLock } from './read-only-lock.ts'

/**
 * Checks the server and applies missing migrations. Throws one line if the operator has to act.
 * @param name of the database, for the message
 * @returns why the server is not available yet; undefined once it is ready
 */
export async function prepare(pool: Pool, name: string): Promise<string | undefined> {
  try {
    const client = await pool.connect()
    let problem: string | undefined
    let isReusable = false
    try {
      problem = (await readPostgresLock(client)) ?? (await checkServer(client)) ?? (await migrate(client))
      isReusable = true
    } finally {
      client.release(!isReusable)
    }
    if (!problem) return undefined
    throw new Refused(problem)
  } catch (error) {
    if (error instanceof Refused || needsOperator(error)) throw new Error(`${name}: ${reasonOf(error)}`)
    return reasonOf(error)
  }
}

class Refused extends Error {}
