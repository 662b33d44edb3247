// The real edge with an in-memory database and a model of i'mport, for one story.
import { createHash } from 'node:crypto'
import { createApp } from '../../src/edge/app.ts'
import type { AppDeps } from '../../src/edge/context.ts'
import type { LogEntry } from '../../src/edge/platform/observability/logger.ts'
import { start } from '../edge/support/start.ts'
import { chanceOf } from '../support/random.ts'
import type { Attempt } from './attempt.ts'
import type { Claim } from './claims.ts'
import type { Clock } from './clock.ts'
import type { Coverage } from './coverage.ts'
import { crashingDatabase } from './crashing-database.ts'
import { createIamportModel, type IamportModel } from './iamport-model.ts'
import { invariant } from './invariant.ts'
import { type Ledger, readLedger } from './ledger.ts'
import { type Memory, openMemory } from './memory.ts'
import { settingsOf } from './merchants.ts'
import type { Story } from './story.ts'
import type { Window } from './windows.ts'

/** Log events for exceptions that no other code handles. */
const unexpected = new Set([
  'request.failed',
  'timer.failed',
  'live.failed',
  'live.poll_failed',
  'event.delivery_error',
  'message.send_error',
])

export interface Simulation {
  latePayment: Story['latePayment']
  clock: Clock
  iamport: IamportModel
  memory: Memory
  database: ReturnType<typeof crashingDatabase>
  deps: AppDeps
  /** As of the last scene. */
  ledger: Ledger
  /** Errors logged while the process is alive. */
  loggedErrors: LogEntry[]
  windows: Window[]
  claims: Claim[]
  /** The last time that a response of i'mport was wrong or missing, or the process died. */
  lastFaultAt: number
  /** Only timers act at the moment. */
  onlyTimers: boolean
  /** How far the checks have read the model's lists. */
  checked: { writes: number; approved: number; claims: number; cancelled: number; undecided: Set<Attempt> }
  coverage: Coverage
  send: (method: string, path: string, body?: object | string) => Promise<Answer>
  /** Starts a new process with only the stored data. */
  restart: () => void
}

export interface Answer {
  status: number
  json: Record<string, unknown>
}

const settings = { keep: settingsOf('keep'), refund: settingsOf('refund') }
const memory = openMemory()
const ignore = () => {}

export function createSimulation({ latePayment, skew }: Story, coverage: Coverage): Simulation {
  memory.clear()
  const clock: Clock = { now: start, skew: skew * 1000, scene: 0 }
  const iamport = createIamportModel(clock)
  const database = crashingDatabase(memory)
  const { next } = chanceOf(1)
  const deps: AppDeps = {
    settings: settings[latePayment],
    database,
    fetch: iamport.fetch,
    safeFetch: iamport.fetch,
    retryDelay: async () => {},
    now: () => clock.now,
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    random: (bytes) => bytes.map(() => next() * 256),
    page: {
      render: () => ({ html: '', scriptSources: [] }),
      renderTooMany: () => '',
      renderUnavailable: () => '',
    },
    log: {
      debug: ignore,
      info: ignore,
      warn: ignore,
      // An exception outside a request, for instance in a timer, shows only in the log.
      error: (entry) =>
        void (iamport.network.isDown || !unexpected.has(entry.event) || loggedErrors.push(entry)),
    },
  }
  const loggedErrors: LogEntry[] = []
  let app = createApp(deps)
  let requestCount = 0

  async function send(method: string, path: string, body?: object | string): Promise<Answer> {
    requestCount += 1
    const type = typeof body === 'string' ? 'x-www-form-urlencoded' : 'json'
    const response = await app.request(path, {
      method,
      // A distinct address per request, so that no rate limit applies.
      headers: {
        'x-forwarded-for': `10.1.${requestCount >> 8}.${requestCount & 255}`,
        'content-type': `application/${type}`,
      },
      ...(body ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
    })
    const { status } = response
    coverage.answers[status] = (coverage.answers[status] ?? 0) + 1
    invariant(status !== 500 || iamport.network.isDown, 'the edge answered 500', { method, path, body })
    const text = await response.text()
    return { status, json: text.startsWith('{') ? (JSON.parse(text) as Answer['json']) : {} }
  }

  const simulation: Simulation = {
    latePayment,
    clock,
    iamport,
    memory,
    database,
    deps,
    ledger: readLedger(memory),
    loggedErrors,
    windows: [],
    claims: [],
    lastFaultAt: 0,
    onlyTimers: false,
    checked: { writes: 0, approved: 0, claims: 0, cancelled: 0, undecided: new Set() },
    coverage,
    send,
    restart() {
      simulation.deps = { ...deps }
      app = createApp(simulation.deps)
    },
  }
  return simulation
}
