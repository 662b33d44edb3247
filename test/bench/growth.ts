// A database with a thousand links compared with one of a million: two files, two servers, alternating
// requests.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { anOrder, merchantAt } from '../support/merchant.ts'
import { type Server, startServer } from '../support/server.ts'
import { fill } from './measure/fill.ts'
import { exactCpuOf, memoryOf, runLoad } from './measure/http-load.ts'
import { outcomeOf } from './measure/outcome.ts'
import { compared, rowOf } from './measure/row.ts'
import type { Outcome, PartOptions } from './part.ts'

const few = 1_000
const idleMs = 10_000

interface Shop {
  server: Server
  requests: Record<string, Parameters<typeof runLoad>[0]['requests']>
}

export async function run({ runs, seconds = 2, links: many }: PartOptions): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'dari-bench-'))
  const small = await openShop(join(folder, 'small.db'), few)
  const bytes = [statSync(join(folder, 'small.db')).size]
  const large = await openShop(join(folder, 'large.db'), many)
  bytes.push(statSync(join(folder, 'large.db')).size)
  const startMemory = memoryOf(large.server.pid)

  const names = Object.keys(small.requests)
  const results = new Map(names.map((name) => [name, { ours: [] as number[], theirs: [] as number[] }]))
  for (let turn = -1; turn < runs; turn++) {
    for (const name of names) {
      const [theirs, ours] = [
        await microsecondsPerResponse(small, name, seconds),
        await microsecondsPerResponse(large, name, seconds),
      ]
      if (turn < 0) continue
      results.get(name)?.theirs.push(theirs)
      results.get(name)?.ours.push(ours)
    }
  }
  const rounds = { ours: [] as number[], theirs: [] as number[] }
  for (let turn = 0; turn < runs; turn++) {
    // Both at once without requests: only the background jobs run.
    const before = [exactCpuOf(small.server.pid), exactCpuOf(large.server.pid)]
    await new Promise((resolve) => setTimeout(resolve, idleMs))
    const [theirs = 0, ours = 0] = [small, large].map(
      ({ server }, at) => (exactCpuOf(server.pid) - (before[at] ?? 0)) / 1e3 / (idleMs / 1000),
    )
    rounds.theirs.push(theirs)
    rounds.ours.push(ours)
  }
  const endMemory = memoryOf(large.server.pid)
  const littleMemory = memoryOf(small.server.pid)
  await Promise.all([small.server.stop(), large.server.stop()])
  rmSync(folder, { recursive: true })
  return outcomeOf([
    ...[...results].map(([name, { ours, theirs }]) => compared(name, 'µs', ours, theirs, 1.2)),
    compared('rounds of the clock, a second', 'µs', rounds.ours, rounds.theirs, 1.2),
    rowOf('bytes of a link on disk', 'B', [((bytes[1] ?? 0) - (bytes[0] ?? 0)) / (many - few)]),
    compared('memory of the process, after the load', 'MB', [endMemory], [littleMemory], 1.2),
    rowOf('memory of the process, before it', 'MB', [startMemory]),
  ])
}

/** Microseconds per response, fifty requests at a time. */
async function microsecondsPerResponse(
  { server, requests }: Shop,
  name: string,
  seconds: number,
): Promise<number> {
  const url = `http://127.0.0.1:${server.port}`
  const { rate } = await runLoad({ url, pid: server.pid, seconds, requests: requests[name] ?? [] })
  return 1e6 / rate
}

async function openShop(file: string, count: number): Promise<Shop> {
  // The server creates the tables, then releases the file.
  const first = await startServer({ DATABASE_URL: `file:${file}` })
  await first.stop()
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000')
  const now = Date.now()
  const ids = fill(database, 0, count, now)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  const middle = database
    .prepare('SELECT created_at, id FROM links ORDER BY created_at LIMIT 1 OFFSET ?')
    .get(Math.floor(count / 10)) as { created_at: number; id: string }
  database.close()
  const server = await startServer({ DATABASE_URL: `file:${file}` })
  return { server, requests: await requestsOf(server, ids, middle, count) }
}

let halfPair: Record<string, unknown> | undefined

/** An order, and then the same order with another amount. */
function nextOfPair(): Record<string, unknown> {
  const next = halfPair ? { ...halfPair, amount: 20_000 } : anOrder()
  halfPair = halfPair ? undefined : next
  return next
}

async function requestsOf(
  server: Server,
  ids: string[],
  middle: { created_at: number; id: string },
  count: number,
): Promise<Shop['requests']> {
  const headers = { authorization: await merchantAt(server.url).token(), 'accept-encoding': 'br' }
  const path = '/api/supplements/v1/link/payment'
  const list = (query: string) => [{ path: `${path}?${query}`, headers }]
  const spread = (make: (at: number) => string) =>
    Array.from({ length: 200 }, (_, at) => ({ path: make(Math.floor((at * count) / 200)), headers }))
  const post = { method: 'POST' as const, path, headers: { ...headers, 'content-type': 'application/json' } }
  return {
    'GET /links/{id}': ids.map((id) => ({ path: `/links/${id}`, headers })),
    'GET /{id}': ids.map((id) => ({ path: `/${id}`, headers })),
    create: [
      { ...post, setupRequest: (request: object) => ({ ...request, body: JSON.stringify(anOrder()) }) },
    ],
    'create, then another in its place': [
      { ...post, setupRequest: (request: object) => ({ ...request, body: JSON.stringify(nextOfPair()) }) },
    ],
    'list, first page': list('limit=20'),
    'list, deep page': list(`limit=20&cursor=${middle.created_at}-${middle.id}`),
    'list, paid': list('limit=20&status=paid'),
    'list, open': list('limit=20&status=open'),
    'list, expired': list('limit=20&status=expired'),
    'list, awaiting a deposit (none)': list('limit=20&status=awaiting_deposit'),
    'list, one order': spread((at) => `${path}?merchant_uid=filled_${at}`),
  }
}
