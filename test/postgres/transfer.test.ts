// A shop outgrows its file: transferred to PostgreSQL under load, backed up on both, and transferred back.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { gatherCrowd } from '../soak/crowd.ts'
import { checkPromises, checkTruth } from '../soak/kills.ts'
import { type Books, brokenChains, endLeases, readBooks } from '../support/books.ts'
import { customerAt } from '../support/customer.ts'
import { operate } from '../support/operate.ts'
import { findPostgres } from '../support/postgres-binaries.mjs'
import { createDatabase, type PostgresServer, startPostgresServer } from '../support/postgres-server.ts'
import { chanceOf, seedOf } from '../support/random.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'
import { raiseStage } from '../support/stage.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let server: PostgresServer
let folder: string
let receiver: Receiver
beforeAll(async () => {
  server = await startPostgresServer({ durable: true })
  await createDatabase(server, 'dari')
  folder = mkdtempSync(join(tmpdir(), 'dari-move-'))
  receiver = await openReceiver()
})
afterAll(async () => {
  await server.close()
  await receiver.close()
  rmSync(folder, { recursive: true })
})

test('a transfer from SQLite to PostgreSQL during payments loses nothing and repeats nothing', async () => {
  const stage = await raiseStage({ edges: 1, eventsUrl: `${receiver.url}/events` })
  const { gateway, merchant, database: left, edges } = stage
  const [old] = edges
  const { url: base = '', port = 0 } = old ?? {}
  const arrived = server.url('dari')
  await gateway.control({ notice: 'twice' })
  const chance = chanceOf(seedOf('move'))
  const noticeUrl = `${receiver.url}/notice`
  const crowd = gatherCrowd(6, { edges: [{ base, merchant }], gateway, noticeUrl, chance })
  const { promises } = crowd
  onTestFinished(async () => {
    await crowd.stop().catch(() => {})
    await stage.close()
  })

  await crowd.answers(120)
  expect(await operate('backup', ['--from', left, '--to', folder])).toMatchObject({ code: 0, stderr: '' })

  await crowd.answers(40)
  const moved = await operate('db:transfer', ['--from', left, '--to', arrived, '--seal'])
  expect(moved).toMatchObject({ code: 0, stderr: '' })
  expect(moved.stdout).toMatch(/^links +\d+ {2}[0-9a-f]{64} {2}the same$/m)
  const acknowledged = promises.created.length

  // The old process still runs, but its database is locked for writes.
  const atSeal = JSON.stringify(await readBooks(left))
  await expect(merchant.create()).rejects.toThrow('503')
  await expect(crowdRests(() => promises.created.length)).resolves.toBeGreaterThanOrEqual(acknowledged)
  expect(JSON.stringify(await readBooks(left))).toBe(atSeal)
  await old?.stop('SIGTERM')
  await expect(stage.startEdge(port)).rejects.toThrow(
    /Dari cannot start: DATABASE_URL[^\n]*is sealed: its data moved to database "dari" at 127\.0\.0\.1:\d+ on /,
  )

  const edge = await stage.startEdge(port, arrived)
  await crowd.answers(120)
  await crowd.stop()
  for (const { id } of promises.created) await customerAt(base).settle(id)
  // A delivery that died with its process is retried when its lease expires: the clock is advanced.
  await edge.stop('SIGTERM')
  await endLeases(arrived)
  const last = await stage.startEdge(port, arrived)
  await vi.waitFor(
    async () => expect(await ask(arrived, 'select id from events where due_at is not null')).toEqual([]),
    {
      timeout: 60_000,
      interval: 200,
    },
  )
  await last.stop('SIGTERM')

  const books = await readBooks(arrived)
  checkPromises(promises, books)
  await checkTruth(stage, promises, books)
  expect(promises.paid.size).toBeGreaterThan(10)

  // Transferring back is refused if the file is not empty.
  const back = `file:${join(folder, 'back.db')}`
  expect(await operate('db:transfer', ['--from', arrived, '--to', back, '--seal'])).toMatchObject({
    code: 0,
    stderr: '',
  })
  expect(sorted(await readBooks(back))).toEqual(sorted(books))
  isTold(back.slice('file:'.length))

  // PostgreSQL is locked as the file was, until it is unlocked.
  const touch = () => ask(arrived, 'update links set title = title')
  await expect(touch()).rejects.toMatchObject({ code: '57P04' })
  await expect(stage.startEdge(port, arrived)).rejects.toThrow(/is sealed: its data moved to file:/)
  expect(await operate('db:transfer', ['--unseal', arrived])).toMatchObject({ code: 0, stderr: '' })
  await touch()
  const again = await operate('db:transfer', ['--from', arrived, '--to', back])
  expect(again).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/ is not empty \(links\)/),
  })

  // The copy of the file in use is a consistent snapshot.
  const copies = readdirSync(folder).filter((name) => name.startsWith('dari-'))
  expect(copies).toHaveLength(1)
  const copy = await readBooks(join(folder, copies[0] ?? ''))
  expect(brokenChains(copy)).toEqual([])
  expect(copy.links.length).toBeGreaterThan(10)

  // The command of the README.
  await createDatabase(server, 'restored')
  const run = (program: string, ...args: string[]) => execFileSync(join(findPostgres() ?? '', program), args)
  run('pg_dump', '--format=custom', `--file=${folder}/dari.dump`, arrived)
  run(
    'pg_restore',
    '--no-owner',
    '--exit-on-error',
    `--dbname=${server.url('restored')}`,
    `${folder}/dari.dump`,
  )
  expect(sorted(await readBooks(server.url('restored')))).toEqual(sorted(books))
})

const sorted = ({ moves, links, payments }: Books) => ({
  moves,
  links: links.toSorted((a, b) => a.id.localeCompare(b.id)),
  payments: payments.toSorted((a, b) => a.imp_uid.localeCompare(b.imp_uid)),
})

/** Resolves once the database accepts no more writes. */
async function crowdRests(count: () => number): Promise<number> {
  const before = count()
  await new Promise((resolve) => setTimeout(resolve, 300))
  return before === count() ? before : crowdRests(count)
}

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** Every event arrived under one id, first in the order of its ordering key. */
function isTold(file: string): void {
  const firstArrival = new Map<string, number>()
  for (const [at, { id }] of receiver.told.entries()) if (!firstArrival.has(id)) firstArrival.set(id, at)
  const database = new DatabaseSync(file, { readOnly: true })
  const events = database.prepare('select id, lane from events order by seq').all()
  database.close()
  expect(events.filter(({ id }) => !firstArrival.has(String(id)))).toEqual([])
  expect([...firstArrival.keys()].filter((id) => !events.some((event) => event.id === id))).toEqual([])
  for (const lane of new Set(events.map((event) => event.lane))) {
    const own = events
      .filter((event) => event.lane === lane)
      .map(({ id }) => firstArrival.get(String(id)) ?? -1)
    expect(own).toEqual(own.toSorted((a, b) => a - b))
  }
}
