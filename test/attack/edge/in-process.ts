// Dari's app in this process, with a clock that the scenario moves. The only file here that imports Dari's
// internals.
import { createApp } from '../../../src/edge/app.ts'
import { parseSettings } from '../../../src/edge/config/settings.ts'
import type { AppDeps } from '../../../src/edge/context.ts'
import { openSqlite } from '../../../src/edge/hosts/node/database/sqlite/sqlite.ts'
import { createRateLimiter } from '../../../src/edge/hosts/rate-limiter.ts'
import { jobs, runJob } from '../../../src/edge/jobs.ts'
import type { LogEntry } from '../../../src/edge/platform/observability/logger.ts'
import { type Edge, type EdgeOptions, initOf, readAnswer } from './edge.ts'

export function startInProcess(options: EdgeOptions): Edge {
  const parsed = parseSettings(options.env, { randomSecret: 'r'.repeat(32) })
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  const database = openSqlite(options.database)
  let closed = false
  const lines: LogEntry[] = []
  const write = (entry: LogEntry) => void lines.push(entry)
  const underway = new Set<Promise<unknown>>()
  const deps: AppDeps = {
    settings: parsed.settings,
    database,
    fetch: asFetch(options.iamport),
    safeFetch: asFetch(options.outgoing),
    retryDelay: async () => {},
    now: options.now,
    random: (bytes) => crypto.getRandomValues(bytes),
    page: {
      render: ({ view }) => ({ html: JSON.stringify(view), scriptSources: [] }),
      renderTooMany: (input) => JSON.stringify(input),
      renderUnavailable: (input) => JSON.stringify(input),
    },
    log: { debug: () => {}, info: write, warn: write, error: write },
    waitUntil(work) {
      const done = work.catch(() => {}).finally(() => underway.delete(done))
      underway.add(done)
    },
    ...(options.limited && { rateLimiter: createRateLimiter() }),
  }
  const app = createApp(deps)

  async function idle(): Promise<void> {
    while (underway.size > 0) await Promise.all(underway)
  }

  return {
    idle,
    request: async (method, path, body, headers = {}) =>
      readAnswer(await app.request(path, initOf(method, body, headers))),
    async work() {
      for (const job of Object.values(jobs)) await runJob(job, deps)
      await idle()
    },
    async reconcile() {
      const more = await runJob(jobs.reconcile, deps)
      await idle()
      return more === true
    },
    async deliver() {
      await runJob(jobs.deliver, deps)
    },
    log: () => lines.map((line) => JSON.stringify(line)).join('\n'),
    async close() {
      await idle()
      if (!closed) database.close()
      closed = true
    },
  }
}

/** Like `fetch`: honours the signal and `redirect: 'error'`. */
const asFetch =
  (handle: (request: Request) => Promise<Response>): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init)
    const { signal } = request
    signal.throwIfAborted()
    let abort = () => {}
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(signal.reason)
      signal.addEventListener('abort', abort)
    })
    try {
      const response = await Promise.race([handle(request), aborted])
      const redirects = response.status >= 300 && response.status < 400
      if (redirects && request.redirect === 'error') throw new TypeError('unexpected redirect')
      return response
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }
