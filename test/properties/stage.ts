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
import type { Heard } from './heard.ts'
import { createIamportModel, type IamportModel } from './iamport-model.ts'
import { type Ledger, readLedger } from './ledger.ts'
import { type Memory, openMemory } from './memory.ts'
import { settingsOf } from './merchants.ts'
import { mortal } from './mortal.ts'
import { must } from './must.ts'
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

export interface Stage {
  latePayment: Story['latePayment']
  clock: Clock
  iamport: IamportModel
  memory: Memory
  database: ReturnType<typeof mortal>
  deps: AppDeps
  /** As of the last scene. */
  ledger: Ledger
  /** Errors logged while the process is alive. */
  broken: LogEntry[]
  windows: Window[]
  claims: Claim[]
  /** The last time that a response of i'mport was wrong or missing, or the process died. */
  troubledAt: number
  /** Only timers act at the moment. */
  isTimer: boolean
  /** How far the checks have read the model's lists. */
  seen: { writes: number; approved: number; denied: number; cancelled: number; unknown: Set<Attempt> }
  heard: Heard
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
const quiet = () => {}

export function openStage({ latePayment, skew }: Story, heard: Heard): Stage {
  memory.clear()
  const clock: Clock = { now: start, skew: skew * 1000, scene: 0 }
  const iamport = createIamportModel(clock)
  const database = mortal(memory)
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
      debug: quiet,
      info: quiet,
      warn: quiet,
      // An exception outside a request, for instance in a timer, shows only in the log.
      error: (entry) => void (iamport.day.dead || !unexpected.has(entry.event) || broken.push(entry)),
    },
  }
  const broken: LogEntry[] = []
  let app = createApp(deps)
  let visits = 0

  async function send(method: string, path: string, body?: object | string): Promise<Answer> {
    visits += 1
    const type = typeof body === 'string' ? 'x-www-form-urlencoded' : 'json'
    const response = await app.request(path, {
      method,
      // A distinct address per request, so that no rate limit applies.
      headers: {
        'x-forwarded-for': `10.1.${visits >> 8}.${visits & 255}`,
        'content-type': `application/${type}`,
      },
      ...(body ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
    })
    const { status } = response
    heard.answers[status] = (heard.answers[status] ?? 0) + 1
    must(status !== 500 || iamport.day.dead, 'the edge answered 500', { method, path, body })
    const text = await response.text()
    return { status, json: text.startsWith('{') ? (JSON.parse(text) as Answer['json']) : {} }
  }

  const stage: Stage = {
    latePayment,
    clock,
    iamport,
    memory,
    database,
    deps,
    ledger: readLedger(memory),
    broken,
    windows: [],
    claims: [],
    troubledAt: 0,
    isTimer: false,
    seen: { writes: 0, approved: 0, denied: 0, cancelled: 0, unknown: new Set() },
    heard,
    send,
    restart() {
      stage.deps = { ...deps }
      app = createApp(stage.deps)
    },
  }
  return stage
}
