// Four processes on one durable PostgreSQL: the same tests of payments as on SQLite, with the same figures.
import { afterAll, beforeAll, test, vi } from 'vitest'
import { besiege } from '../soak/kills.ts'
import { race } from '../soak/races.ts'
import { createDatabase, type PostgresServer, startPostgresServer } from '../support/postgres-server.ts'
import { seedOf } from '../support/random.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 })

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgresServer({ durable: true })
})
afterAll(() => server.close())

/** Empty: one of four processes that start at once creates the tables. */
async function anEmptyDatabase(name: string): Promise<string> {
  await createDatabase(server, name)
  return server.url(name)
}

test('200 concurrent settles over 20 links with two payments each: 20 are kept, 20 are refunded, each has one event', async () => {
  await race({ edges: 4, database: await anEmptyDatabase('races') })
})

test('kill -9 of any process or of PostgreSQL under load loses nothing acknowledged, repeats no transition, delivers every notice, and the rest recovers', async () => {
  const other = { name: 'PostgreSQL', kill: () => server.stop('immediate'), raise: () => server.start() }
  const database = await anEmptyDatabase('kills')
  const seed = seedOf('kills')
  await besiege({ edges: 4, kills: 5, seed, say: console.log, patience: 'hurry', database, other })
})
