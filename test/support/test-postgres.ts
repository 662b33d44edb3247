// Test databases on the run's PostgreSQL server: cloned from a template, then emptied and reused.
import { Client, type Pool } from 'pg'
import { inject, onTestFinished } from 'vitest'
import { createPool } from '../../src/edge/hosts/node/database/postgres/connections.ts'
import { openPostgres, type PostgresDatabase } from '../../src/edge/hosts/node/database/postgres/open.ts'
import type { Database } from '../../src/edge/platform/ports/database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of a database; `DATABASE` stands for its name. */
    postgres: string
  }
}

const template = 'dari_template'
const urlOf = (database: string) => inject('postgres').replace('DATABASE', database)

interface Opened {
  pool: Pool
  database: PostgresDatabase
}

/** Reused by later test files; they close with the process. */
const idle: Opened[] = []
const places = new Map<string, Promise<Opened>>()
let made = 0

/**
 * Opens at the first query. A database opened in a test is released when the test ends, unless it has a
 * place.
 */
export function openTestPostgres(place?: string): Database & { close(): void } {
  let opened: Promise<Opened> | undefined
  let isClosed = false
  const underway = new Set<Promise<unknown>>()
  const known = async () => {
    if (isClosed) throw new Error('database is not open')
    opened ??= place === undefined ? takeDatabase() : databaseAt(place)
    return (await opened).database
  }
  const track = <Result>(work: Promise<Result>): Promise<Result> => {
    underway.add(work)
    return work.finally(() => underway.delete(work))
  }
  let released: Promise<void> | undefined
  const release = async () => {
    isClosed = true
    await Promise.allSettled(underway)
    if (opened && place === undefined) idle.push(await opened)
  }
  try {
    onTestFinished(async () => {
      released ??= release()
      await released
    })
  } catch {
    // Outside a test it stays open.
  }
  return {
    all: (query) => track(known().then((database) => database.all(query))),
    batch: (queries, about) => track(known().then((database) => database.batch(queries, about))),
    close() {
      released ??= release()
    },
  }
}

function databaseAt(place: string): Promise<Opened> {
  const there = places.get(place) ?? makeDatabase()
  places.set(place, there)
  return there
}

async function takeDatabase(): Promise<Opened> {
  const used = idle.pop()
  if (!used) return makeDatabase()
  await used.pool.query(emptied)
  return used
}

const tables = [
  'foreign_payments',
  'returns',
  'inquiries',
  'events',
  'messages',
  'registrations',
  'global_links',
  'checkouts',
  'history',
  'payments',
  'links',
  'logo_addresses',
  'logos',
]
const emptied = `BEGIN; ${tables.map((table) => `DELETE FROM ${table};`).join(' ')}
  SELECT setval('events_seq_seq', 1, false), setval('history_seq_seq', 1, false); COMMIT`

async function makeDatabase(): Promise<Opened> {
  const pool = createPool(await makeTestDatabase(), 3)
  return { pool, database: openPostgres(pool) }
}

/** A new private database with empty tables. @returns its URL */
export async function makeTestDatabase(): Promise<string> {
  made += 1
  const name = `t_${process.pid}_${Math.random().toString(36).slice(2)}_${made}`
  const admin = new Client({ connectionString: urlOf('postgres') })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
  await admin.end()
  return urlOf(name)
}
