// The worker of `npm run dev:workers`, with the sandbox's i'mport. Isolates share no memory, so the sandbox and its
// timers live in one Durable Object.
import { DurableObject } from 'cloudflare:workers'
import sdk from 'virtual:sandbox-sdk'
import { Hono } from 'hono'
import { createSandbox } from '../../../sandbox/sandbox.ts'
import type { AppDeps } from '../../context.ts'
import { createMessagePreview } from '../../features/messages/preview.ts'
import { previewRoute } from '../../features/messages/preview-route.ts'
import { createSandboxFetch } from '../../platform/network/safe-fetch.ts'
import type { Mail, TextMessage } from '../../platform/ports/messaging.ts'
import { runJobs } from './cron.ts'
import { type Bindings, readBindings } from './env.ts'
import { createWorkersSafeFetch, plainFetch } from './safe-fetch.ts'
import { serveEdge } from './serve.ts'

const now = () => Date.now()

export class Sandbox extends DurableObject {
  private readonly preview = createMessagePreview(now)
  private readonly app: Hono

  constructor(ctx: unknown, bindings: Bindings) {
    super(ctx, bindings)
    this.app = new Hono()
      .route('/sandbox/messages', previewRoute(this.preview))
      .route('/sandbox', createSandbox({ sdk, now, fetch: fetchOf(bindings) }))
  }

  fetch(request: Request) {
    return this.app.fetch(request, undefined, this.ctx)
  }
  mail(mail: Mail) {
    return this.preview.mailer.send(mail)
  }
  text(message: TextMessage) {
    return this.preview.smsSender.send(message)
  }
}

/** The worker calls the object only if its bindings are valid, so the fallback is never used. */
function fetchOf(bindings: Bindings): typeof fetch {
  const guarded = createWorkersSafeFetch({ allowPrivate: false })
  const read = readBindings(bindings, true)
  if (!read.ok) return guarded
  const { settings } = read
  const mayReachPrivate = () => settings.eventsAllowPrivate
  return createSandboxFetch({ settings, fetch: plainFetch, guarded, mayReachPrivate })
}

interface Binding {
  getByName(name: string): Pick<Sandbox, 'fetch' | 'mail' | 'text'>
}

function useSandbox(bindings: Bindings, deps: AppDeps) {
  // Created per call: a stub belongs to the request that created it.
  const sandbox = () => (bindings.SANDBOX_OBJECT as Binding).getByName('the one')
  const own = `${deps.settings.selfUrl}/sandbox/`
  const sandboxFetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init?.redirect === 'error' ? { ...init, redirect: 'manual' } : init)
    return request.url.startsWith(own) ? sandbox().fetch(request) : fetch(request)
  }
  const sandboxDeps: AppDeps = {
    ...deps,
    fetch: sandboxFetch,
    mailer: { send: (mail) => sandbox().mail(mail) },
    smsSender: { reaches: () => true, send: (message) => sandbox().text(message) },
  }
  /** Runs the jobs by request: nothing calls `scheduled` in development. */
  const tick = async () => {
    await runJobs(sandboxDeps)
    return new Response(null, { status: 204 })
  }
  return {
    deps: sandboxDeps,
    handle(request: Request) {
      const { pathname } = new URL(request.url)
      if (pathname === '/') return Promise.resolve(Response.redirect(new URL('/docs', request.url).href, 302))
      if (pathname === '/sandbox/cron' && request.method === 'POST') return tick()
      return pathname.startsWith('/sandbox/') ? Promise.resolve(sandbox().fetch(request)) : undefined
    },
  }
}

export default serveEdge(useSandbox)
