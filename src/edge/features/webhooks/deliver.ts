// The outbox: what the merchant is told, at least once, with growing pauses for a day (design §5).

import { always, type ShouldContinue } from '../../platform/concurrency/should-continue.ts'
import { workLoops } from '../../platform/concurrency/work-loop.ts'
import { logError } from '../../platform/observability/log-error.ts'
import type { EventRow } from '../../store/sql/tables.ts'
import { createStore } from '../../store/store.ts'
import { chooseDeliveries, processSlots, requestSlots, takenSlots } from './delivery-slots.ts'
import { provenReceivers, recordReceiver } from './proven-receivers.ts'
import { type DeliveryDeps, sendEvent } from './send-event.ts'

/** Longer than an attempt: whoever died during one leaves it to another. */
const leaseMs = 20_000

const loops = workLoops<EventRow>()

/**
 * Tries every event that is due and whose turn it is, until none is left.
 * @param goOn false: what is under way is ended, nothing is begun
 * @returns how many were delivered; 0 where this process was at it already, and these went with that
 */
export async function deliverEvents(deps: DeliveryDeps, goOn: ShouldContinue = always): Promise<number> {
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
      logError(deps.log, { event: 'event.delivery_broke', id: event.id }, error)
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

  await loop.run(startDue, goOn)
  return delivered
}
