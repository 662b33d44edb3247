// A steady mix on one edge process: 80 % views, 15 % checkouts, 5 % settles, while orders, notices and events
// arrive. Everything runs on this machine, so the figures are a lower bound.
import { readFileSync } from 'node:fs'
import { Pool } from 'undici'
import type { Checkout } from '../../src/contract/links/checkout.ts'
import { anAddress } from '../support/customer.ts'
import { gatewayAt, type WindowParams } from '../support/gateway.ts'
import type { Link } from '../support/merchant.ts'
import { pause } from '../support/pause.ts'
import { chanceOf } from '../support/random.ts'
import { openReceiver } from '../support/receiver.ts'
import { raiseStage } from '../support/stage.ts'
import type { Outcome, PartOptions } from './part.ts'

const connections = 16
const viewed = 300
const fresh = 60

type Kind = 'GET /{id}' | 'GET /links/{id}' | 'checkout' | 'settle' | 'create'

/** Resident memory of a process in MiB, where the system reports it. */
function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return Number.NaN
  }
}

const rounded = (value: number) => Math.round(value * 100) / 100

/** A queue in which early consumers wait. */
function aQueue<Item>() {
  const items: Item[] = []
  const waiting: ((item: Item) => void)[] = []
  return {
    put(item: Item) {
      const first = waiting.shift()
      if (first) first(item)
      else items.push(item)
    },
    take: (): Promise<Item> => {
      const item = items.shift()
      return item === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(item)
    },
    size: () => items.length,
  }
}

export async function run({ seconds = 120, seed, say }: PartOptions): Promise<Outcome> {
  const receiver = await openReceiver()
  const stage = await raiseStage({ edges: 1, eventsUrl: `${receiver.url}/events` })
  const { merchant, sandbox, edges } = stage
  const [edge] = edges
  if (!edge) throw new Error('no edge')
  const gateway = gatewayAt(`${sandbox.url}/sandbox`)
  const pool = new Pool(`http://127.0.0.1:${edge.port}`, { connections })
  const { next, pick } = chanceOf(seed)
  const took = new Map<Kind, number[]>()
  const errors = new Map<Kind, number>()
  const problems: string[] = []
  const paid = new Set<string>()
  let isMeasured = false
  let isOver = false

  async function timed<Value>(kind: Kind, send: () => Promise<{ status: number; value: Value }>) {
    const startedAt = performance.now()
    let status = 0
    let value: Value | undefined
    try {
      const answer = await send()
      status = answer.status
      value = answer.value
    } catch (error) {
      if (!isOver) problems.push(`${kind}: ${String(error)}`)
    }
    if (isOver) return value
    const ms = performance.now() - startedAt
    if (isMeasured) {
      const times = took.get(kind) ?? []
      times.push(ms)
      took.set(kind, times)
    }
    if (status === 200) return value
    errors.set(kind, (errors.get(kind) ?? 0) + 1)
    if (status !== 0 && problems.length < 20) problems.push(`${kind} answered ${status}`)
    return undefined
  }

  async function send<Body>(path: string, body?: object): Promise<{ status: number; value: Body }> {
    const headers = { 'x-forwarded-for': anAddress(), ...(body && { 'content-type': 'application/json' }) }
    const response = await pool.request({
      path,
      method: body ? 'POST' : 'GET',
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.body.text()
    return { status: response.statusCode, value: (body ? JSON.parse(text) : text) as Body }
  }

  const makeLink = () => merchant.create({ notice_url: `${receiver.url}/notice` })
  const orders = aQueue<Link>()
  const windows = aQueue<{ link: Link; params: WindowParams }>()
  const approved = aQueue<{ link: Link; imp_uid: string }>()
  let checkouts = 0

  const act = async (): Promise<void> => {
    // Only clients produce settles, so waiting here could deadlock.
    const drawn = approved.size() > 0 ? next() : next() * 0.95
    if (drawn < 0.4) await timed('GET /{id}', () => send(`/${pick(known).id}`))
    else if (drawn < 0.8) await timed('GET /links/{id}', () => send(`/links/${pick(known).id}`))
    else if (drawn < 0.95) {
      // Every third checkout goes on to pay: five settles for fifteen checkouts.
      checkouts += 1
      const pays = checkouts % 3 === 0
      const link = pays ? await orders.take() : pick(known)
      const granted = await timed('checkout', () =>
        send<Checkout>(`/links/${link.id}/checkout`, { method: 'm1', language: 'ko' }),
      )
      if (pays && granted) windows.put({ link, params: granted.params })
    } else {
      const { link, imp_uid } = await approved.take()
      const settled = await timed('settle', () =>
        send<{ status: string }>(`/links/${link.id}/settle`, { imp_uid }),
      )
      if (settled && settled.status !== 'paid') problems.push(`settled to ${settled.status}`)
      if (settled) paid.add(imp_uid)
    }
  }

  /** Creates orders as they are used up, and approves payments at i'mport. */
  const merchantAtWork = async () => {
    while (!isOver) {
      if (orders.size() >= fresh) await pause(5)
      else {
        const link = await timed('create', async () => ({ status: 200, value: await makeLink() }))
        if (link) orders.put(link)
      }
    }
  }
  const customerAtGateway = async () => {
    while (!isOver) {
      const { link, params } = await windows.take()
      const { imp_uid } = await gateway.pay(params)
      approved.put({ link, imp_uid })
    }
  }

  say(`making ${viewed + fresh} links`)
  const known: Link[] = []
  for (let made = 0; made < viewed; made += 10)
    known.push(...(await Promise.all(Array.from({ length: 10 }, makeLink))))
  for (let made = 0; made < fresh; made += 10)
    for (const link of await Promise.all(Array.from({ length: 10 }, makeLink))) orders.put(link)
  // Payments for the first settles.
  for (let ready = 0; ready < 20; ready++) {
    const link = await orders.take()
    const { value } = await send<Checkout>(`/links/${link.id}/checkout`, { method: 'm1', language: 'ko' })
    approved.put({ link, imp_uid: (await gateway.pay(value.params)).imp_uid })
  }
  await gateway.control({ notice: 'after' })

  const work = [merchantAtWork(), customerAtGateway(), customerAtGateway()]
  const clients = Array.from({ length: connections }, async () => {
    while (!isOver) await act()
  })
  const memory: number[] = []
  const sampling = setInterval(() => memory.push(memoryOf(edge.pid)), 1_000)
  const warmUp = Math.min(5, seconds / 4)
  await pause(warmUp * 1_000)
  const startMemory = memoryOf(edge.pid)
  isMeasured = true
  const startedAt = performance.now()
  for (let second = 0; second < seconds; second += 10) {
    await pause(Math.min(10, seconds - second) * 1_000)
    const done = [...took.values()].reduce((sum, times) => sum + times.length, 0)
    say(`${Math.min(second + 10, seconds)} s: ${done} requests, ${memoryOf(edge.pid).toFixed(0)} MiB`)
  }
  const measured = (performance.now() - startedAt) / 1_000
  isMeasured = false
  isOver = true
  const endMemory = memoryOf(edge.pid)
  clearInterval(sampling)
  // Consumers still waiting in a queue are abandoned.
  await Promise.race([Promise.all([...clients, ...work]), pause(3_000)])

  // Events of all payments arrive, if not yet, then soon.
  const received = () =>
    new Set(receiver.told.filter(({ path }) => path === '/notice').map(({ body }) => body.imp_uid))
  for (let second = 0; second < 60 && [...paid].some((imp_uid) => !received().has(imp_uid)); second++)
    await pause(1_000)
  const undelivered = [...paid].filter((imp_uid) => !received().has(imp_uid)).length
  if (undelivered > 0) problems.push(`${undelivered} payments had no notice`)
  const told = receiver.told.length
  await pool.destroy()
  await stage.close()
  await receiver.close()

  const mixed: Kind[] = ['GET /{id}', 'GET /links/{id}', 'checkout', 'settle']
  const all = mixed.flatMap((kind) => took.get(kind) ?? [])
  const row = (name: string, times: number[], failed: number) => {
    const sorted = times.toSorted((a, b) => a - b)
    const at = (part: number) =>
      rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
    return {
      request: name,
      count: times.length,
      'share %': rounded((100 * times.length) / Math.max(1, all.length)),
      'per s': rounded(times.length / measured),
      'p50 ms': at(0.5),
      'p99 ms': at(0.99),
      'max ms': at(1),
      errors: failed,
    }
  }
  const table = [
    ...mixed.map((kind) => row(kind, took.get(kind) ?? [], errors.get(kind) ?? 0)),
    row(
      'all of the mix',
      all,
      mixed.reduce((sum, kind) => sum + (errors.get(kind) ?? 0), 0),
    ),
    row('beside it: create', took.get('create') ?? [], errors.get('create') ?? 0),
  ]
  const figures = {
    seconds: rounded(measured),
    connections,
    requestsPerSecond: rounded(all.length / measured),
    paid: paid.size,
    told,
    memoryMiB: { start: rounded(startMemory), end: rounded(endMemory), most: rounded(Math.max(...memory)) },
  }
  say(`memory: ${startMemory.toFixed(0)} MiB at the start, ${endMemory.toFixed(0)} MiB at the end`)
  say(`${paid.size} links paid, ${told} notices and events received`)
  return { table, figures, problems }
}
