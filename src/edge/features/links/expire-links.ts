// Records and reports, once each, links that expired and virtual accounts whose deposit deadline passed. Statuses are
// derived from the time, so readers see them before this job runs.

import type { AppContext, AppDeps } from '../../context.ts'
import { createContext } from '../../create-context.ts'
import { type EventData, paymentEventData } from '../../domain/events/event-body.ts'
import type { Link } from '../../domain/links/link.ts'
import { endDeposit, type MerchantStatus, statusOf } from '../../domain/links/link-status.ts'
import { always, type ShouldContinue } from '../../platform/concurrency/should-continue.ts'
import { logError } from '../../platform/observability/log-error.ts'
import { DatabaseUnavailable } from '../../platform/ports/database.ts'
import { makeRandomId } from '../../platform/random-id.ts'
import type { LinkTransition } from '../../store/links/transitions.ts'
import { buildEvents } from '../webhooks/build-events.ts'
import { deliverInBackground } from '../webhooks/deliver-in-background.ts'

const batchSize = 50
/** After a failure. */
const retryMs = 60 * 60 * 1000

type SweepResult = 'updated' | 'postponed' | 'lost_race'

/** Updates every overdue link. @returns their number */
export async function expireLinks(deps: AppDeps, shouldContinue: ShouldContinue = always): Promise<number> {
  const context = createContext(deps)
  const counts: Record<SweepResult, number> = { updated: 0, postponed: 0, lost_race: 0 }
  for (let isDone = false; !isDone; ) {
    // Updated or postponed links are not found again.
    isDone = true
    for (const link of await context.store.findExpired(context.now(), batchSize)) {
      if (!shouldContinue()) break
      const result = await trySweep(context, link)
      counts[result] += 1
      isDone &&= result === 'lost_race'
    }
  }
  if (counts.updated > 0) deliverInBackground(context)
  return counts.updated
}

async function trySweep(context: AppContext, link: Link): Promise<SweepResult> {
  try {
    return (await sweep(context, link)) ? 'updated' : 'lost_race'
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error
    logError(context.log, { event: 'sweep.failed', link: link.id }, error)
    const now = context.now()
    await context.store.postponeExpiry(link, now, now + retryMs)
    return 'postponed'
  }
}

/** @returns false if a concurrent write moved the link */
async function sweep(context: AppContext, link: Link): Promise<boolean> {
  const at = context.now()
  const isOver = endDeposit(link, at) !== link
  if (statusOf(link, at) !== 'expired') return isOver && endAccount(context, link, at)
  // The account's end is reported first, also if the link's expiry was reported before the account was issued.
  if (!isOver) return expire(context, link, at)
  if (await wasExpired(context, link)) return endAccount(context, link, at, { expired: true })
  if (!(await endAccount(context, link, at))) return false
  const freed = await context.store.findLink(link.id)
  if (freed) await expire(context, freed, at, 'expired')
  return true
}

/** The fixed id of the history entry makes the report idempotent. */
const expiryId = ({ id }: Link) => `${id}:expired`

async function wasExpired({ store }: AppContext, link: Link): Promise<boolean> {
  return (await store.readHistory([link.id])).some(({ id }) => id === expiryId(link))
}

const expire = (context: AppContext, link: Link, at: number, before: MerchantStatus = link.status) =>
  move(context, link, { type: 'link.expired', before }, { at, why: 'expired', expired: true }, expiryId(link))

function endAccount(context: AppContext, link: Link, at: number, last: Pick<LinkTransition, 'expired'> = {}) {
  const [type, before] = ['link.payment_failed', link.status] as const
  return move(
    context,
    link,
    { type, before },
    { at, why: 'account_expired', ...last },
    makeRandomId(context.random),
  )
}

async function move(
  context: AppContext,
  link: Link,
  event: Pick<EventData, 'type' | 'before'>,
  end: Pick<LinkTransition, 'at' | 'why' | 'expired'>,
  moveId: string,
): Promise<boolean> {
  const { at, why } = end
  const status = statusOf(link, at)
  const events = await buildEvents(context, {
    ...event,
    link,
    payment: paymentEventData(link),
    status,
    at,
    why,
  })
  const moved = await context.store.transitionLink(
    { link, to: 'open', payment: null, events, ...end },
    moveId,
  )
  if (moved)
    context.log.info({ event: 'link.status_changed', link: link.id, from: link.status, to: status, why })
  return moved
}
