// Throughput of one process with SQLite, and of one, two and four with PostgreSQL: creating links, views,
// whole payments. Clients, mock i'mport and database share this machine, so rates are a lower bound; estimate
// capacity from the processor time per request.
import { createDatabase, type PostgresServer, startPostgresServer } from '../support/postgres-server.ts'
import { openReceiver } from '../support/receiver.ts'
import { raiseStage } from '../support/stage.ts'
import { exactCpuOf } from './measure/http-load.ts'
import { conflictsOf, learnPlans, processesOf } from './measure/postgres.ts'
import { percentile } from './measure/row.ts'
import { clientsOf, type Work } from './measure/shoppers.ts'
import type { Outcome, PartOptions } from './part.ts'

const setups = [
  { name: '1 process, SQLite', edges: 1, postgres: false },
  { name: '1 process, PostgreSQL', edges: 1, postgres: true },
  { name: '2 processes, PostgreSQL', edges: 2, postgres: true },
  { name: '4 processes, PostgreSQL', edges: 4, postgres: true },
]
const clients = 32

type Line = Record<string, string | number>

const rounded = (value: number) => Number(value.toPrecision(3))

export async function run({ seconds = 10, say }: PartOptions): Promise<Outcome> {
  const server = await startPostgresServer({ durable: true })
  const table: Line[] = []
  const problems: string[] = []
  try {
    for (const [at, setup] of setups.entries()) {
      let database: string | undefined
      if (setup.postgres) {
        await createDatabase(server, `bench_${at}`)
        database = server.url(`bench_${at}`)
      }
      table.push(...(await measure(setup, { database, server, seconds, say, problems })))
    }
  } finally {
    await server.close()
  }
  return { table, figures: { seconds, clients }, problems }
}

interface Place {
  database: string | undefined
  server: PostgresServer
  seconds: number
  say: (line: string) => void
  problems: string[]
}

async function measure({ name, edges }: { name: string; edges: number }, place: Place): Promise<Line[]> {
  const { database, server, seconds, say, problems } = place
  const receiver = await openReceiver()
  const stage = await raiseStage({ edges, database, eventsUrl: `${receiver.url}/events` })
  const works = clientsOf(stage, receiver)
  const lines: Line[] = []
  const spent = () => ({
    edge: cpuOf(stage.edges.map(({ pid }) => pid)),
    database: cpuOf(database ? processesOf(server.pid()) : []),
  })
  try {
    for (const kind of ['create', 'view', 'payment'] as const) {
      await runWork(works[kind], Math.min(seconds, 3))
      if (database) await learnPlans(database)
      const conflicts = database ? await conflictsOf(database) : 0
      const before = spent()
      const { took, failed } = await runWork(works[kind], seconds)
      const after = spent()
      if (failed.length > 0) problems.push(`${name}, ${kind}: ${failed.length} failed (${failed[0]})`)
      const each = (nanoseconds: number) => rounded(nanoseconds / 1e6 / took.length)
      const line = {
        setup: name,
        what: kind,
        'per s': rounded(took.length / seconds),
        'p50 ms': rounded(percentile(took, 0.5)),
        'p99 ms': rounded(percentile(took, 0.99)),
        'edge, ms of CPU': each(since(before.edge, after.edge)),
        'PostgreSQL, ms of CPU': each(since(before.database, after.database)),
        repeated: database ? (await conflictsOf(database)) - conflicts : 0,
      }
      say(Object.values(line).join('  '))
      lines.push(line)
    }
  } finally {
    await stage.close()
    await receiver.close()
  }
  return lines
}

const cpuOf = (pids: number[]) => new Map(pids.map((pid) => [pid, exactCpuOf(pid)]))

/** Processes that exist at the end; a new connection starts at 0. */
function since(before: Map<number, number>, after: Map<number, number>): number {
  return [...after].reduce((sum, [pid, now]) => sum + (now - (before.get(pid) ?? 0) || 0), 0)
}

/** Keeps the clients busy for the given time. */
async function runWork(work: Work, seconds: number): Promise<{ took: number[]; failed: string[] }> {
  const took: number[] = []
  const failed: string[] = []
  const until = performance.now() + seconds * 1_000
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        const startedAt = performance.now()
        try {
          await work()
          took.push(performance.now() - startedAt)
        } catch (error) {
          failed.push(String(error))
        }
      }
    }),
  )
  return { took, failed }
}
