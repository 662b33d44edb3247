import { findMerchant } from '../../config/merchants.ts'
import type { AppDeps } from '../../context.ts'
import { nextAttemptAt } from '../../platform/concurrency/backoff.ts'
import { rejectionReason } from '../../platform/network/safe-fetch.ts'
import type { Outcome } from '../../store/queues/events.ts'
import type { EventRow } from '../../store/sql/tables.ts'
import type { Store } from '../../store/store.ts'
import { signEvent } from './sign-event.ts'

export type DeliveryDeps = Pick<
  AppDeps,
  'settings' | 'database' | 'safeFetch' | 'now' | 'random' | 'log' | 'isolatesRequests'
>

const timeoutMs = 10_000
/** An answer within this time marks the receiver as proven. */
const promptMs = 2_000

export interface DeliveryResult {
  isDelivered: boolean
  /** The receiver answered promptly, with any status. */
  isPrompt: boolean
}

/** One delivery attempt. @param until end of the lease */
export async function sendEvent(
  deps: DeliveryDeps,
  store: Store,
  event: EventRow,
  until: number,
): Promise<DeliveryResult> {
  const startedAt = deps.now()
  const answer = await post(deps, event)
  const now = deps.now()
  const isPrompt = 'status' in answer && now - startedAt < promptMs
  const outcome = outcomeOf(deps, event, answer, now)
  await store.closeAttempt(event, until, now, outcome)
  if (outcome.delivered) return { isDelivered: true, isPrompt }
  const { id, type, link_id } = event
  const logFields = { id, type, link: link_id, attempts: event.attempts + 1, why: outcome.why }
  if (outcome.due_at === null) deps.log.error({ event: 'event.abandoned', ...logFields })
  else deps.log.warn({ event: 'event.failed', ...logFields, due_at: outcome.due_at })
  return { isDelivered: false, isPrompt }
}

type Answer = { status: number } | { why: string }

function outcomeOf({ random }: DeliveryDeps, event: EventRow, answer: Answer, now: number): Outcome {
  if ('status' in answer && answer.status >= 200 && answer.status < 300) return { delivered: true, at: now }
  // 410 Gone: the receiver asks for no more attempts.
  if ('status' in answer && answer.status === 410) return { delivered: false, due_at: null, why: 'HTTP 410' }
  const why = 'status' in answer ? `HTTP ${answer.status}` : answer.why
  const [byte = 0] = random(new Uint8Array(1))
  const due_at = nextAttemptAt(event.attempts + 1, event.since, now, byte / 255)
  return { delivered: false, due_at, why }
}

async function post(
  { settings, safeFetch, now }: DeliveryDeps,
  { id, url, body, user_code }: EventRow,
): Promise<Answer> {
  const merchant = findMerchant(settings.merchants, user_code)
  const address = url ?? merchant?.events_url
  if (!address) return { why: 'the merchant has no events_url' }
  try {
    const response = await safeFetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Dari',
        ...signEvent(merchant?.events_secret, id, body, now()),
      },
      body,
      // A redirect would send the event to an address that the merchant did not configure.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.body?.cancel()
    return { status: response.status }
  } catch (error) {
    return { why: rejectionReason(error) }
  }
}
