// The edge compared with the leanest server: the same bytes from memory, and the same durability with one
// row.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { anOrder, merchantAt } from '../support/merchant.ts'
import { startServer } from '../support/server.ts'
import { record, startBaseline } from './baseline/start.ts'
import { type LoadResult, memoryOf, runLoad } from './measure/http-load.ts'
import { outcomeOf } from './measure/outcome.ts'
import { compared, type Row, rowOf } from './measure/row.ts'
import type { Outcome, PartOptions } from './part.ts'

const linkCount = 1_000
const headers = { 'accept-encoding': 'br' }

export async function run({ runs, seconds = 3 }: PartOptions): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'dari-bench-'))
  const database = `file:${join(folder, 'dari.db')}`
  const dari = await startServer({ DATABASE_URL: database })
  const merchant = merchantAt(dari.url)
  const ids: string[] = []
  while (ids.length < linkCount) {
    const made = await Promise.all(Array.from({ length: 20 }, () => merchant.create()))
    ids.push(...made.map(({ id }) => id))
  }
  const views = ids.map((id) => `/links/${id}`)
  const pages = ids.map((id) => `/${id}`)
  const answers: Parameters<typeof startBaseline>[0] = {}
  for (const path of [...views, ...pages]) answers[path] = await record(dari.url + path)
  const bare = await startBaseline(answers, join(folder, 'bare.db'))

  const token = await merchant.token()
  const reads = (paths: string[]) => paths.map((path) => ({ path, headers }))
  const post = {
    method: 'POST' as const,
    path: '/api/supplements/v1/link/payment',
    headers: { authorization: token, 'content-type': 'application/json' },
    setupRequest: (request: object) => ({ ...request, body: JSON.stringify(anOrder()) }),
  }
  const work = { view: reads(views), page: reads(pages), create: [post] }
  const results = { view: pair(), page: pair(), create: pair() }
  const url = `http://127.0.0.1:${dari.port}`
  // An uncounted warm-up for the JIT compilers of both sides.
  for (let turn = -1; turn < runs; turn++) {
    for (const name of ['view', 'page', 'create'] as const) {
      const requests = work[name]
      const lasts = turn < 0 ? Math.min(seconds, 2) : seconds
      const baseline = await runLoad({ url: bare.url, pid: bare.pid, seconds: lasts, requests })
      const ours = await runLoad({ url, pid: dari.pid, seconds: lasts, requests })
      if (turn < 0) continue
      results[name].baseline.push(baseline)
      results[name].ours.push(ours)
    }
  }
  const busyMemory = memoryOf(dari.pid)
  await Promise.all([bare.stop(), dari.stop()])

  const starts: number[] = []
  const idle: number[] = []
  for (let turn = 0; turn < runs; turn++) {
    const startedAt = performance.now()
    const server = await startServer({ DATABASE_URL: database })
    await fetch(`${server.url}/links/${ids[0]}`)
    starts.push(performance.now() - startedAt)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    idle.push(memoryOf(server.pid))
    await server.stop()
  }
  rmSync(folder, { recursive: true })
  return outcomeOf([
    ...rowsOf('GET /links/{id}', results.view, 0.6),
    ...rowsOf('GET /{id}', results.page, 0.4),
    ...rowsOf('create', results.create, 0.5),
    rowOf('start to first answer', 'ms', starts, 500),
    rowOf('memory, idle', 'MB', idle),
    rowOf('memory, after the load', 'MB', [busyMemory]),
  ])
}

interface Pair {
  ours: LoadResult[]
  baseline: LoadResult[]
}

const pair = (): Pair => ({ ours: [], baseline: [] })

function rowsOf(name: string, { ours, baseline }: Pair, target: number): Row[] {
  const both = (what: keyof LoadResult) =>
    [ours.map((result) => result[what]), baseline.map((result) => result[what])] as const
  return [
    compared(`${name}: answers`, '/s', ...both('rate'), target),
    compared(`${name}: p99`, 'ms', ...both('p99'), 3),
    compared(`${name}: processor time`, 'µs', ...both('cpu')),
  ]
}
