// Throughput of the reconciler while i'mport responds after 50 ms. The baseline settles the same links one at
// a time.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { anAddress } from '../support/customer.ts'
import { pause } from '../support/pause.ts'
import { startServer } from '../support/server.ts'
import { fill } from './measure/fill.ts'
import { outcomeOf } from './measure/outcome.ts'
import { compared, median, rowOf } from './measure/row.ts'
import { openSlowIamport } from './measure/slow-iamport.ts'
import type { Outcome, PartOptions } from './part.ts'

const answersAfterMs = 50
const filled = 12_000
const hourMs = 3_600_000
/** Requests per second. */
const target = 50

export async function run({ runs, seconds = 5, say }: PartOptions): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'dari-bench-'))
  const file = join(folder, 'dari.db')
  const iamport = await openSlowIamport(answersAfterMs)
  const env = {
    DATABASE_URL: `file:${file}`,
    IAMPORT_API_URL: iamport.url,
    IMP_USER_CODE: 'imp00000000',
    IMP_KEY: 'key',
    IMP_SECRET: 'secret',
    TOKEN_SECRET: 'a-secret-of-more-than-thirty-two-characters',
    TRUST_PROXY: 'x-forwarded-for:1',
  }
  // The server creates the tables.
  await (await startServer(env)).stop()
  const database = new DatabaseSync(file)
  database.exec('PRAGMA busy_timeout = 5000')
  const ids = fill(database, 0, filled, Date.now())
  const links = askLater(database)
  const server = await startServer(env)
  let turn = 0
  const settleOne = async () => {
    const startedAt = performance.now()
    const response = await fetch(`${server.url}/links/${ids[turn++ % ids.length]}/settle`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': anAddress() },
      body: '{}',
    })
    if (response.status !== 200) throw new Error(`settle answered ${response.status}`)
    await response.arrayBuffer()
    return performance.now() - startedAt
  }

  const rates = { ours: [] as number[], theirs: [] as number[] }
  const waits = { ours: [] as number[], theirs: [] as number[] }
  for (let at = -1; at < runs; at++) {
    const alone: number[] = []
    const until = performance.now() + (at < 0 ? 1 : seconds) * 1000
    while (performance.now() < until) alone.push(await settleOne())

    // Without the requests caused by customers.
    const beside: number[] = []
    iamport.requestTimes.length = 0
    askNow(database)
    while (iamport.requestTimes.length - beside.length < links) {
      if (iamport.requestTimes.length > 0) beside.push(await settleOne())
      else await pause(5)
    }
    const [first = 0] = iamport.requestTimes
    const elapsed = ((iamport.requestTimes.at(-1) ?? 0) - first) / 1000
    if (at < 0) continue
    rates.theirs.push(alone.length / seconds)
    rates.ours.push((iamport.requestTimes.length - beside.length) / elapsed)
    waits.theirs.push(median(alone))
    waits.ours.push(median(beside))
    say(`${links} requests in ${elapsed.toFixed(1)} s, ${beside.length} customers beside them`)
  }
  await server.stop()
  await iamport.close()
  database.close()
  rmSync(folder, { recursive: true })
  return outcomeOf([
    compared('questions of the reconciler, beside one at a time', '/s', rates.ours, rates.theirs, 4),
    rowOf('questions of the reconciler', '/s', rates.ours, target),
    compared('settle by a customer meanwhile, beside nobody else', 'ms', waits.ours, waits.theirs, 2),
  ])
}

/** Adds an inquiry due in some hours for every open link. @returns how many */
function askLater(database: DatabaseSync): number {
  const now = Date.now()
  database.exec('DELETE FROM inquiries')
  const inquiries = database.prepare(`INSERT INTO inquiries (link_id, since, until, ask_at, asks)
    SELECT id, ?, ?, ?, 0 FROM links WHERE status = 'open' AND expires_at > ?`)
  return Number(inquiries.run(now, now + 12 * hourMs, now + 6 * hourMs, now).changes)
}

function askNow(database: DatabaseSync): void {
  database.prepare('UPDATE inquiries SET ask_at = ?, asks = 0').run(Date.now())
}
