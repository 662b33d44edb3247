// The outbox: delivers events to merchants at least once, retried with exponential backoff for a day.

import { always, type ShouldContinue } from '../../platform/concurrency/should-continue.ts'
import { workLoops } from '../../platform/concurrency/work-loop.ts'
import { logError } from '../../platform/observability/log-error.ts'
import type { EventRow } from '../../store/sql/tables.ts'
import { createStore } from '../../store/store.ts'
import { chooseDeliveries, processSlots, requestSlots, takenSlots } from './delivery-slots.ts'
import { provenReceivers, recordReceiver } from './proven-receivers.ts'
import { type DeliveryDeps, sendEvent } from './send-event.ts'

/** Longer than an attempt; after a crash the event becomes due again. */
const leaseMs = 20_000

const loops = workLoops<EventRow>()

/**
 * Delivers every due event until none is left; events with the same ordering key one after another.
 * @param shouldContinue false: finishes what is in flight, starts nothing
 * @returns number of delivered events; 0 if this process is delivering already
 */
export async function deliverEvents(
  deps: DeliveryDeps,
  shouldContinue: ShouldContinue = always,
): Promise<number> {
  const store = createStore(deps.database)
  const loop = loops(deps.database, deps.isolatesRequests)
  const proven = provenReceivers(deps.settings)
  const limits = deps.isolatesRequests ? requestSlots : processSlots
  let delivered = 0

  async function send(event: EventRow, until: number): Promise<void> {
    try {
      const { isDelivered, isPrompt } = await sendEvent(deps, store, event, until)
      recordReceiver(deps.settings, event.receiver, isPrompt)
      if (isDelivered) delivered += 1
    } catch (error) {
      logError(deps.log, { event: 'event.delivery_error', id: event.id }, error)
    }
  }

  async function claim(event: EventRow) {
    const until = deps.now() + leaseMs
    return (await store.claimEvent(event, deps.now(), until)) ? () => send(event, until) : undefined
  }

  async function startDue(): Promise<boolean> {
    const { free, receivers, merchants, unproven } = takenSlots(loop.inFlight, proven, limits)
    if (free <= 0) return false
    const isAnyReceiverGood = unproven !== 'all' && unproven.length === 0
    const due = await store.findDueEvents(deps.now(), {
      limit: free,
      without: receivers,
      withoutNoticesOf: merchants,
      ...(!isAnyReceiverGood && { proven: { receivers: [...proven], orNoNoticesOf: unproven } }),
    })
    const chosen = chooseDeliveries(due, loop.inFlight, proven, limits)
    await loop.start(chosen, claim)
    return chosen.length > 0
  }

  await loop.run(startDue, shouldContinue)
  return delivered
}
