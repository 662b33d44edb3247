// The outbox: what the merchant is told, at least once, with growing pauses for a day (design §5).
import type { AppDeps } from './deps.ts'
import { nextAttemptAt } from './rules/retry-pause.ts'
import type { EventRow } from './store/events.ts'
import { createStore, type Store } from './store/store.ts'

export type DeliveryDeps = Pick<AppDeps, 'database' | 'fetch' | 'now' | 'random' | 'log'>

const timeoutMs = 10_000
/** Longer than an attempt: whoever died during one leaves it to the next. */
const leaseMs = 60_000
const atOnce = 20

/** Tries every notice that is due. @returns how many were delivered */
export async function deliverDue(deps: DeliveryDeps): Promise<number> {
  const store = createStore(deps.database)
  const due = await store.findDueEvents(deps.now(), atOnce)
  const delivered = await Promise.all(due.map((event) => deliver(deps, store, event)))
  return delivered.filter(Boolean).length
}

async function deliver(deps: DeliveryDeps, store: Store, event: EventRow): Promise<boolean> {
  if (!(await store.claimEvent(event, deps.now() + leaseMs))) return false
  const status = await post(deps, event)
  const now = deps.now()
  if (status >= 200 && status < 300) {
    await store.closeAttempt(event.id, { delivered_at: now, due_at: null })
    return true
  }
  const attempts = event.attempts + 1
  const [byte = 0] = deps.random(new Uint8Array(1))
  const due_at = nextAttemptAt(attempts, event.created_at, now, byte / 255)
  await store.closeAttempt(event.id, { delivered_at: null, due_at })
  const { id, link_id } = event
  if (due_at === null) deps.log.error({ event: 'notice.given_up', id, link: link_id, attempts, status })
  else deps.log.warn({ event: 'notice.failed', id, link: link_id, attempts, status, due_at })
  return false
}

/** @returns the HTTP status, 0 when there was none */
async function post(deps: DeliveryDeps, event: EventRow): Promise<number> {
  try {
    const response = await deps.fetch(event.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'webhook-id': event.id },
      body: event.body,
      // A redirect would carry the notice to an address that the merchant did not name.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.body?.cancel()
    return response.status
  } catch {
    return 0
  }
}
