import type { CardView } from '../../../contract/cards/card-view.ts'
import type { LinkView } from '../../../contract/links/link-view.ts'
import type { AppContext } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import { endDeposit, sweepAt } from '../../domain/links/link-status.ts'
import { type Viewer, viewFor } from '../../features/page-view/link-view.ts'
import { visitorSchema } from '../../features/page-view/visitor.ts'
import { findById, languageOf } from '../../http/request/page-request.ts'
import { pageError } from '../../http/response/page-response.ts'
import { logError } from '../../platform/observability/log-error.ts'
import { noLinkWatcher } from '../../platform/ports/link-watcher.ts'

/** Below the minute after which proxies take a silent connection for dead. */
const pingMs = 20_000
/** Then the page connects anew: a stream whose other end is gone without a word holds its place no longer. */
const lifeMs = 5 * 60_000
const fullSeconds = 30

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx would collect the stream before it passes it on.
  'x-accel-buffering': 'no',
}

/** `GET /links/{id}/live`: the view at once, and again whenever it has become another; `?visitor=` as there. */
export async function handleLive(
  context: AppContext,
  request: Request,
  id: string,
  address: string,
): Promise<Response> {
  const link = await findById(context, id)
  if (!link) return pageError({ reason: 'not_found' })
  // To an event source 204 says: not here, do not connect again.
  if (context.linkWatcher === noLinkWatcher) return new Response(null, { status: 204 })
  if (request.method === 'HEAD') return new Response(null, { headers })
  const asked = visitorSchema.safeParse(new URL(request.url).searchParams.get('visitor') ?? undefined)
  const language = languageOf(request, link)
  const stream = streamOf(context, link, address, { visitor: asked.data, language })
  if (stream) return new Response(stream, { headers })
  context.metrics.limited('live')
  return pageError({ reason: 'too_many_requests', retry_after: fullSeconds }, 503)
}

function streamOf(
  context: AppContext,
  link: Link,
  address: string,
  asker: Viewer,
): ReadableStream<Uint8Array> | undefined {
  const encoder = new TextEncoder()
  const [chance = 0] = context.random(new Uint8Array(1))
  const endsAt = context.now() + lifeMs * (0.8 + chance / 640)
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let last = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let reading = false
  let again = false

  const say = (text: string) => controller?.enqueue(encoder.encode(text))

  function tell(view: LinkView | CardView): void {
    const { now, ...rest } = view
    const text = JSON.stringify(rest)
    if (text === last) return
    last = text
    say(`event: view\ndata: ${JSON.stringify({ ...rest, now })}\n\n`)
  }

  /** One read at a time; what changed during it is read after it. */
  async function look(): Promise<void> {
    again = reading
    if (reading) return
    reading = true
    try {
      const found = await context.store.findLink(link.id)
      if (found) await show(found)
    } catch (error) {
      logError(context.log, { event: 'live.broke', link: link.id }, error)
      end()
    }
    reading = false
    if (again) await look()
  }

  async function show(found: Link): Promise<void> {
    const view = await viewFor(context, found, asker)
    if (!controller) return
    tell(view)
    rest(found, 'busy' in view && view.busy === true)
  }

  /** Until time has made another view of it, or a proxy wants to see that we live. */
  function rest(found: Link, busy: boolean): void {
    clearTimeout(timer)
    const now = context.now()
    const turn = sweepAt(endDeposit(found, now))
    const turnsIn = turn !== null && turn > now ? turn - now : Infinity
    const pause = Math.min(pingMs, endsAt - now, turnsIn)
    timer = setTimeout(
      () => {
        if (context.now() >= endsAt) return end()
        say(':\n\n')
        if (busy || pause === turnsIn) void look()
        else rest(found, busy)
      },
      Math.max(pause, 0),
    )
  }

  function end(): void {
    leave?.()
    clearTimeout(timer)
    const open = controller
    controller = undefined
    open?.close()
  }

  const leave = context.linkWatcher.join(link.id, address, { changed: () => void look(), ended: end })
  if (!leave) return undefined
  return new ReadableStream({
    start(given) {
      controller = given
      // Spread over seconds, so that a server that was away is not met by everybody at once.
      say(`retry: ${2_000 + chance * 16}\n\n`)
      void look()
    },
    cancel() {
      controller = undefined
      end()
    },
  })
}
