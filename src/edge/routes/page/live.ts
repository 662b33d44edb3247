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

/** Below the 60 s after which proxies close idle connections. */
const pingMs = 20_000
/** The page then reconnects, so that a dead connection does not hold its slot. */
const lifeMs = 5 * 60_000
const fullSeconds = 30

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Keeps nginx from buffering the stream.
  'x-accel-buffering': 'no',
}

/** `GET /links/{id}/live?visitor=`: the link's view as server-sent events, now and after each change. */
export async function handleLive(
  context: AppContext,
  request: Request,
  id: string,
  address: string,
): Promise<Response> {
  const link = await findById(context, id)
  if (!link) return pageError({ reason: 'not_found' })
  // 204 tells an event source not to reconnect.
  if (context.linkWatcher === noLinkWatcher) return new Response(null, { status: 204 })
  if (request.method === 'HEAD') return new Response(null, { headers })
  const parsed = visitorSchema.safeParse(new URL(request.url).searchParams.get('visitor') ?? undefined)
  const language = languageOf(request, link)
  const stream = streamOf(context, link, address, { visitor: parsed.data, language })
  if (stream) return new Response(stream, { headers })
  context.metrics.limited('live')
  return pageError({ reason: 'too_many_requests', retry_after: fullSeconds }, 503)
}

function streamOf(
  context: AppContext,
  link: Link,
  address: string,
  viewer: Viewer,
): ReadableStream<Uint8Array> | undefined {
  const encoder = new TextEncoder()
  const [randomByte = 0] = context.random(new Uint8Array(1))
  const endsAt = context.now() + lifeMs * (0.8 + randomByte / 640)
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let last = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let isReading = false
  let isReadPending = false

  const send = (text: string) => controller?.enqueue(encoder.encode(text))

  function sendView(view: LinkView | CardView): void {
    const { now, ...rest } = view
    const text = JSON.stringify(rest)
    if (text === last) return
    last = text
    send(`event: view\ndata: ${JSON.stringify({ ...rest, now })}\n\n`)
  }

  /** One read at a time; a change during a read causes one more. */
  async function sendCurrent(): Promise<void> {
    isReadPending = isReading
    if (isReading) return
    isReading = true
    try {
      const current = await context.store.findLink(link.id)
      if (current) await sendLink(current)
    } catch (error) {
      logError(context.log, { event: 'live.failed', link: link.id }, error)
      end()
    }
    isReading = false
    if (isReadPending) await sendCurrent()
  }

  async function sendLink(current: Link): Promise<void> {
    const view = await viewFor(context, current, viewer)
    if (!controller) return
    sendView(view)
    scheduleNext(current, 'busy' in view && view.busy === true)
  }

  /** Waits until the view changes by time (expiry), or a ping is due. */
  function scheduleNext(current: Link, busy: boolean): void {
    clearTimeout(timer)
    const now = context.now()
    const changesAt = sweepAt(endDeposit(current, now))
    const changesIn = changesAt !== null && changesAt > now ? changesAt - now : Infinity
    const delay = Math.min(pingMs, endsAt - now, changesIn)
    timer = setTimeout(
      () => {
        if (context.now() >= endsAt) return end()
        send(':\n\n')
        if (busy || delay === changesIn) void sendCurrent()
        else scheduleNext(current, busy)
      },
      Math.max(delay, 0),
    )
  }

  function end(): void {
    leave?.()
    clearTimeout(timer)
    const open = controller
    controller = undefined
    open?.close()
  }

  const leave = context.linkWatcher.join(link.id, address, { changed: () => void sendCurrent(), ended: end })
  if (!leave) return undefined
  return new ReadableStream({
    start(given) {
      controller = given
      // Spreads reconnects over seconds, so that a restarted server does not get all of them at once.
      send(`retry: ${2_000 + randomByte * 16}\n\n`)
      void sendCurrent()
    },
    cancel() {
      controller = undefined
      end()
    },
  })
}
