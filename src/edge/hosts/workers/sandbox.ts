// The worker with the pretend i'mport beside it, for `npm run dev:workers`. Isolates share no memory, so all of the
// pretend i'mport is in one Durable Object, with its timers.
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
  private readonly shelf = createMessagePreview(now)
  private readonly app: Hono

  constructor(ctx: unknown, bindings: Bindings) {
    super(ctx, bindings)
    this.app = new Hono()
      .route('/sandbox/messages', previewRoute(this.shelf))
      .route('/sandbox', createSandbox({ sdk, now, fetch: fetchOf(bindings) }))
  }

  fetch(request: Request) {
    return this.app.fetch(request, undefined, this.ctx)
  }
  mail(mail: Mail) {
    return this.shelf.mailer.send(mail)
  }
  text(message: TextMessage) {
    return this.shelf.smsSender.send(message)
  }
}

/** The object is asked only by a worker whose bindings were read. */
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

function instead(bindings: Bindings, deps: AppDeps) {
  // Asked for anew each time: a stub belongs to the request that it was made in.
  const sandbox = () => (bindings.SANDBOX_OBJECT as Binding).getByName('the one')
  const own = `${deps.settings.selfUrl}/sandbox/`
  const ask: typeof fetch = async (input, init) => {
    const request = new Request(input, init?.redirect === 'error' ? { ...init, redirect: 'manual' } : init)
    return request.url.startsWith(own) ? sandbox().fetch(request) : fetch(request)
  }
  const all: AppDeps = {
    ...deps,
    fetch: ask,
    mailer: { send: (mail) => sandbox().mail(mail) },
    smsSender: { reaches: () => true, send: (message) => sandbox().text(message) },
  }
  /** On one's own computer nobody's clock calls `scheduled`. */
  const tick = async () => {
    await runJobs(all)
    return new Response(null, { status: 204 })
  }
  return {
    deps: all,
    answer(request: Request) {
      const { pathname } = new URL(request.url)
      if (pathname === '/') return Promise.resolve(Response.redirect(new URL('/docs', request.url).href, 302))
      if (pathname === '/sandbox/cron' && request.method === 'POST') return tick()
      return pathname.startsWith('/sandbox/') ? Promise.resolve(sandbox().fetch(request)) : undefined
    },
  }
}

export default serveEdge(instead)
