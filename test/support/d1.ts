// D1 databases in workerd: one process per run (`setup`, called by Vitest) with as many databases as tests
// may open.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { type D1, type D1Answer, type D1Statement, openD1 } from '../../src/edge/hosts/workers/d1.ts'
import type { Database } from '../../src/edge/platform/ports/database.ts'
import { migrations } from '../../src/edge/store/migrations/migrations.ts'
import { ownConnection } from './own-connection.ts'

declare module 'vitest' {
  interface ProvidedContext {
    d1: string
  }
}

/** Per test process: far more than one test opens, so that none gets its own back. */
const maxAtOnce = 32
const maxProcesses = 8

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const names = Array.from({ length: maxProcesses }, (_, process) =>
    Array.from({ length: maxAtOnce }, (_, at) => nameOf(process + 1, at)),
  ).flat()
  const workerd = new Miniflare({
    modules: true,
    script: readFileSync(join(import.meta.dirname, 'd1-worker.js'), 'utf8'),
    compatibilityDate: '2026-04-01',
    d1Databases: names,
    bindings: { MIGRATIONS: migrations.map(({ sql }) => sql) },
    cf: false,
  })
  project.provide('d1', (await workerd.ready).href)
  return () => workerd.dispose()
}

const nameOf = (process: number, at: number) => `DB_${process}_${at}`

/** Shared databases, by name. */
const places = new Map<string, Database>()
let opened = 0

/** The next database of this process, empty. @param see receives the cost of each statement */
export function openTestD1(
  place?: string,
  see: (meta: D1Answer['meta']) => void = () => undefined,
): Database & { close(): void } {
  const known = place === undefined ? undefined : places.get(place)
  const database = known ?? openNext(see)
  if (place !== undefined) places.set(place, database)
  let closed = false
  const open =
    <Args extends unknown[], Answer>(call: (...args: Args) => Promise<Answer>) =>
    async (...args: Args) => {
      if (closed) throw new Error('database is not open')
      return call(...args)
    }
  return {
    all: open(database.all) as Database['all'],
    batch: open(database.batch),
    close() {
      closed = true
    },
  }
}

function openNext(see: (meta: D1Answer['meta']) => void): Database {
  const name = nameOf(Number(process.env.VITEST_POOL_ID), opened++ % maxAtOnce)
  const away = awayIn(name, see)
  let emptied: Promise<unknown> | undefined
  const ready = () => (emptied ??= away.ask('empty', []))
  const database = openD1(away.d1)
  return {
    async all(query) {
      await ready()
      return database.all(query)
    },
    async batch(queries) {
      await ready()
      return database.batch(queries)
    },
  }
}

interface Written extends D1Statement {
  sql: string
  values: unknown[]
}

/** The D1 binding over HTTP. */
function awayIn(database: string, see: (meta: D1Answer['meta']) => void) {
  async function ask<Answer>(call: string, statements: Pick<Written, 'sql' | 'values'>[]): Promise<Answer> {
    const body = JSON.stringify({ database, call, statements })
    const response = await fetch(inject('d1'), { method: 'POST', headers: ownConnection, body })
    const answer = await response.json()
    if (!response.ok) throw new Error((answer as { error: string }).error)
    return answer as Answer
  }
  const write = (sql: string, values: unknown[]): Written => ({
    sql,
    values,
    bind: (...values) => write(sql, values),
    all: async () => seen(await ask<D1Answer>('all', [{ sql, values }])),
  })
  const seen = (answer: D1Answer) => {
    see(answer.meta)
    return answer
  }
  const d1: D1 = {
    prepare: (sql) => write(sql, []),
    batch: async (statements) => (await ask<D1Answer[]>('batch', statements as Written[])).map(seen),
  }
  return { d1, ask }
}
