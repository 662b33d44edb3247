// Kills the edge with SIGKILL again and again under load, then compares database, i'mport and received
// notices with every acknowledgement.
import assert from 'node:assert/strict'
import { type Books, brokenChains, endLeases, readBooks } from '../support/books.ts'
import { customerAt } from '../support/customer.ts'
import { pause } from '../support/pause.ts'
import { chanceOf } from '../support/random.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'
import { raiseStage, type Stage } from '../support/stage.ts'
import { gatherCrowd, type Promises } from './crowd.ts'

export interface Siege {
  /** DATABASE_URL of the edges; by default a file for a single edge. */
  database?: string
  /** Number of edges on one database; one is killed at a time. */
  edges?: number
  /** If given, every second kill stops this instead. */
  other?: { name: string; kill: () => Promise<unknown>; raise: () => Promise<unknown> }
  kills: number
  seed: number
  say: (line: string) => void
  /** A delivery attempt of a dead process is retried a minute later: wait, or advance the clock. */
  patience: 'wait' | 'hurry'
}

/** Throws at the first broken acknowledgement. */
export async function besiege(siege: Siege): Promise<void> {
  const receiver = await openReceiver()
  const stage = await raiseStage({ edges: siege.edges ?? 1, database: siege.database })
  try {
    await runSiege(siege, stage, receiver)
  } finally {
    await stage.close()
    await receiver.close()
  }
}

async function runSiege(
  { kills, seed, say, patience, other }: Siege,
  stage: Stage,
  receiver: Receiver,
): Promise<void> {
  const { gateway, database } = stage
  const chance = chanceOf(seed)
  await gateway.control({ notice: 'twice' })
  const servers = [...stage.edges]
  const edges = servers.map((edge) => ({ base: edge.url, merchant: stage.merchantOf(edge) }))
  const base = () => chance.pick(edges).base
  const noticeUrl = `${receiver.url}/notice`
  const crowd = gatherCrowd(6, { edges, gateway, noticeUrl, chance: chanceOf(seed + 1) })
  const { promises } = crowd
  for (let kill = 1; kill <= kills; kill++) {
    // Counts responses, so that slow machines are killed under load too.
    const answers = 5 + chance.below(60)
    await crowd.answers(answers)
    await pause(chance.below(40))
    const victim = chance.below(servers.length)
    const isOther = other && kill % 2 === 0
    await (isOther ? other.kill() : servers[victim]?.stop('SIGKILL'))
    const { created, paid } = promises
    const who = isOther ? ` of ${other.name}` : ''
    say(`kill ${kill}/${kills}${who} after ${answers} answers: ${created.length} links, ${paid.size} paid`)
    if (isOther) await other.raise()
    else servers[victim] = await stage.startEdge(servers[victim]?.port)
  }
  await Promise.all(servers.map(({ url }) => healthy(url)))
  await crowd.stop()
  checkPromises(promises, await readBooks(database))

  // The customers' tabs are still open and settle again.
  await inBatches(promises.created, async ({ id }) => {
    const { status } = await customerAt(base()).settle(id)
    assert.equal(status, 200, `settling ${id} after the last start`)
  })
  if (patience === 'hurry') {
    await Promise.all(servers.map((edge) => edge.stop('SIGTERM')))
    await endLeases(database)
    await Promise.all(servers.map(async ({ port }, at) => (servers[at] = await stage.startEdge(port))))
  }
  const expected = new Set(reportedTransitions(await readBooks(database)))
  const undelivered = () =>
    [...expected].filter((move) => !receiver.told.some(({ body }) => move === keyOf(body)))
  for (let second = 0; second < 100 && undelivered().length > 0; second++) await pause(1_000)
  assert.deepEqual(undelivered(), [], 'transitions without a notice')
  await Promise.all(servers.map((edge) => edge.stop('SIGTERM')))

  const books = await readBooks(database)
  checkPromises(promises, books)
  checkNotices(expected, receiver)
  await checkTruth(stage, promises, books)
  const repeats = receiver.told.length - expected.size
  say(
    `${promises.created.length} links, ${books.moves.length} moves, ${expected.size} told, ${repeats} more than once`,
  )
  assert(promises.paid.size >= kills, 'too few payments')
}

async function inBatches<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += 10) await Promise.all(items.slice(at, at + 10).map(work))
}

/** It restarts by itself. */
async function healthy(url: string): Promise<void> {
  for (let tenth = 0; tenth < 300; tenth++) {
    const { status } = await fetch(`${url}/healthz`)
    if (status === 200) return
    await pause(100)
  }
  throw new Error(`${url} did not recover`)
}

export function checkPromises({ created, disabled, paid, heard }: Promises, books: Books): void {
  assert.deepEqual(brokenChains(books), [], 'transitions lost or repeated')
  const links = new Map(books.links.map((link) => [link.id, link]))
  const payments = new Map(books.payments.map((payment) => [payment.imp_uid, payment]))
  for (const { id } of created) assert(links.has(id), `link ${id} was acknowledged and is gone`)
  for (const id of disabled)
    assert.match(links.get(id)?.status ?? 'gone', /^(disabled|paid)$/, `link ${id} was disabled, and is not`)
  for (const id of paid.keys()) assert.equal(links.get(id)?.status, 'paid', `link ${id} was paid, and is not`)
  for (const imp_uid of heard)
    assert(payments.has(imp_uid), `${imp_uid} was acknowledged and is not recorded`)
  const times = new Map<string, number>()
  for (const { link_id, to_status } of books.moves)
    if (to_status === 'paid') times.set(link_id, (times.get(link_id) ?? 0) + 1)
  assert(Math.max(0, ...times.values()) <= 1, 'a link was paid twice')
}

const keyOf = (body: Record<string, unknown>) => `${body.imp_uid} ${body.status}`

const reportedTransitions = ({ moves }: Books) =>
  moves.filter(({ to_status }) => to_status === 'paid').map(({ imp_uid }) => `${imp_uid} paid`)

/** Each at least once under one ID, and no others. */
function checkNotices(expected: Set<string>, { told }: Receiver): void {
  const ids = new Map<string, Set<string>>()
  for (const { id, body } of told) ids.set(keyOf(body), (ids.get(keyOf(body)) ?? new Set()).add(id))
  for (const [words, names] of ids) {
    assert(expected.has(words), `a notice says ${words}, which never happened`)
    assert.equal(names.size, 1, `${words} was sent under several IDs`)
  }
}

/** Every payment left at i'mport is kept by a link. */
export async function checkTruth({ gateway }: Stage, { created }: Promises, books: Books): Promise<void> {
  const statuses = new Map(books.links.map(({ id, status }) => [id, status]))
  await inBatches(created, async ({ id, merchant_uid }) => {
    const payments = await gateway.payments(merchant_uid)
    const money = payments
      .filter(({ status }) => status === 'paid' || status === 'cancelled')
      .reduce((sum, { amount, cancel_amount }) => sum + amount - cancel_amount, 0)
    assert.equal(money, statuses.get(id) === 'paid' ? 10_000 : 0, `money of ${merchant_uid}`)
  })
}
