// The worker, with i'mport or the sandbox. Everything is created by the first request, because workerd provides neither
// a clock nor randomness outside of one.
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

/** Replaces i'mport and the message transports. */
export interface SandboxHost {
  deps: AppDeps
  /** Handles the sandbox's own paths; undefined for those of the edge. */
  handle: (request: Request) => Promise<Response> | undefined
}

type UseSandbox = (bindings: Bindings, deps: AppDeps) => SandboxHost

type Worker = { ok: true; deps: AppDeps; handle: Handler } | { ok: false; problems: string[] }

/** @param useSandbox allows a worker without a merchant */
export function serveEdge(useSandbox?: UseSandbox) {
  let worker: Worker | undefined

  /** Created once per isolate, whose bindings never change. */
  const get = (bindings: Bindings): Worker => {
    worker ??= createWorker(bindings, useSandbox)
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

function createWorker(bindings: Bindings, useSandbox?: UseSandbox): Worker {
  const read = readBindings(bindings, useSandbox !== undefined)
  if (!read.ok) return read
  const { settings, d1 } = read
  const log = createLog(settings.logLevel)
  logUnused(settings, log)
  const platform = { fetch: plainFetch, now: () => Date.now(), random }
  const deps: AppDeps = {
    settings,
    database: logOutages(openD1(d1), log, platform.now),
    ...platform,
    ...createTransports(settings.messages, platform),
    safeFetch: createWorkersSafeFetch({ allowPrivate: settings.eventsAllowPrivate }),
    page: withCards(createRenderer(page), cards),
    log,
    rateLimiter: createRateLimiter(),
    peerOf: (peer) => (typeof peer === 'string' ? peer : undefined),
    waitUntil,
    isolatesRequests: true,
  }
  const sandbox = settings.sandbox ? useSandbox?.(bindings, deps) : undefined
  const used = sandbox?.deps ?? deps
  const app = createApp(used)
  return {
    ok: true,
    deps: used,
    // Cloudflare sets this header and overwrites one sent by the client.
    handle: (request) =>
      sandbox?.handle(request) ?? app.fetch(request, request.headers.get('cf-connecting-ip') ?? undefined),
  }
}

const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)

/** The problems are in the log only, for the operator. */
function notSetUp(): Response {
  return new Response('This service is not set up.\n', {
    status: 503,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  })
}
