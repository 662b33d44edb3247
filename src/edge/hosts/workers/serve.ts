// The worker, whichever i'mport it speaks to. Nothing happens before the first request: outside of one, workerd
// has neither a clock nor randomness.
import { waitUntil } from 'cloudflare:workers'
import { cards, page } from 'virtual:built-page'
import { withCards } from '../../../page/card/server.tsx'
import { createRenderer } from '../../../page/entry/server.tsx'
import { createApp } from '../../app.ts'
import { logUnused } from '../../config/log-unused.ts'
import type { AppDeps } from '../../context.ts'
import { createTransports } from '../../features/messages/http-transports.ts'
import { logOutages } from '../../platform/observability/log-outages.ts'
import { createRateLimiter } from '../rate-limiter.ts'
import { runJobs } from './cron.ts'
import { openD1 } from './d1.ts'
import { type Bindings, readBindings } from './env.ts'
import { createLog } from './log.ts'
import { createWorkersSafeFetch, plainFetch } from './safe-fetch.ts'

type Handler = (request: Request) => Response | Promise<Response>

/** What stands in the place of the outside world, and answers for it. */
export interface Instead {
  deps: AppDeps
  /** Answers what the edge does not. */
  answer: (request: Request) => Promise<Response> | undefined
}

type Worker = { ok: true; deps: AppDeps; handle: Handler } | { ok: false; problems: string[] }

/** @param instead of i'mport and the carriers, for a worker without a merchant; without it there is none */
export function serveEdge(instead?: (bindings: Bindings, deps: AppDeps) => Instead) {
  let worker: Worker | undefined

  /** Once for all requests of an isolate: no binding changes while it lives. */
  const get = (bindings: Bindings): Worker => {
    worker ??= make(bindings, instead)
    if (!worker.ok) for (const problem of worker.problems) console.error(`Dari is not set up: ${problem}`)
    return worker
  }

  return {
    async fetch(request: Request, bindings: Bindings): Promise<Response> {
      const worker = get(bindings)
      return worker.ok ? worker.handle(request) : notSetUp()
    },
    async scheduled(_: unknown, bindings: Bindings): Promise<void> {
      const worker = get(bindings)
      if (worker.ok) await runJobs(worker.deps)
    },
  }
}

function make(bindings: Bindings, instead?: (bindings: Bindings, deps: AppDeps) => Instead): Worker {
  const read = readBindings(bindings, instead !== undefined)
  if (!read.ok) return read
  const { settings, d1 } = read
  const log = createLog(settings.logLevel)
  logUnused(settings, log)
  const world = { fetch: plainFetch, now: () => Date.now(), random }
  const deps: AppDeps = {
    settings,
    database: logOutages(openD1(d1), log, world.now),
    ...world,
    ...createTransports(settings.messages, world),
    safeFetch: createWorkersSafeFetch({ allowPrivate: settings.eventsAllowPrivate }),
    page: withCards(createRenderer(page), cards),
    log,
    rateLimiter: createRateLimiter(),
    peerOf: (peer) => (typeof peer === 'string' ? peer : undefined),
    waitUntil,
    isolatesRequests: true,
  }
  const other = settings.sandbox ? instead?.(bindings, deps) : undefined
  const all = other?.deps ?? deps
  const app = createApp(all)
  return {
    ok: true,
    deps: all,
    // Cloudflare writes this header itself, whatever the visitor sent.
    handle: (request) =>
      other?.answer(request) ?? app.fetch(request, request.headers.get('cf-connecting-ip') ?? undefined),
  }
}

const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)

/** What is missing stands in the log, for the operator alone. */
function notSetUp(): Response {
  return new Response('This service is not set up.\n', {
    status: 503,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  })
}
