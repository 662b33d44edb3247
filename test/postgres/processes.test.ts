// Four processes on one PostgreSQL that writes for real: the money proofs of SQLite, with the same figures.
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

/** Empty: of four processes that start at once, one makes its tables. */
async function anEmptyDatabase(name: string): Promise<string> {
  await createDatabase(server, name)
  return server.url(name)
}

test('200 settles at once over 20 links, each paid twice: 20 are kept, 20 go back, each is told once', async () => {
  await race({ edges: 4, database: await anEmptyDatabase('races') })
})

test('kill -9 of any of them, and of PostgreSQL itself, under load: nothing acknowledged is lost, nothing moves twice, every notice arrives, and who lives on recovers by itself', async () => {
  const other = { name: 'PostgreSQL', kill: () => server.stop('immediate'), raise: () => server.start() }
  const database = await anEmptyDatabase('kills')
  const seed = seedOf('kills')
  await besiege({ edges: 4, kills: 5, seed, say: console.log, patience: 'hurry', database, other })
})
