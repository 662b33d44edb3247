// The outbox: what the merchant is told, at least once, with growing pauses for a day (design §5).
import { logBreak } from './log-break.ts'
import { always, type GoOn } from './rounds.ts'
import { type DeliveryDeps, sendEvent } from './send-event.ts'
import { createStore } from './store/store.ts'
import type { EventRow } from './store/tables.ts'
import { workLoops } from './work-loop.ts'

/** Longer than an attempt: whoever died during one leaves it to another. */
const leaseMs = 20_000
const mostAtOnce = 32
/** So that one who answers slowly leaves room for the others. */
const mostPerReceiver = 4

const loops = workLoops<EventRow>()

/**
 * Tries every event that is due and whose turn it is, until none is left.
 * @param goOn false: what is under way is ended, nothing is begun
 * @returns how many were delivered; 0 where this process is at it already, and goes on with these
 */
export async function deliverDue(deps: DeliveryDeps, goOn: GoOn = always): Promise<number> {
  const store = createStore(deps.database)
  const loop = loops(deps.database, deps.requestsApart)
  let delivered = 0

  async function send(event: EventRow, until: number): Promise<void> {
    try {
      if (await sendEvent(deps, store, event, until)) delivered += 1
    } catch (error) {
      logBreak(deps.log, { event: 'event.delivery_broke', id: event.id }, error)
    }
  }

  async function claim(event: EventRow) {
    const until = deps.now() + leaseMs
    return (await store.claimEvent(event, deps.now(), until)) ? () => send(event, until) : undefined
  }

  async function startDue(): Promise<boolean> {
    const limit = mostAtOnce - loop.inFlight.size
    if (limit <= 0) return false
    const busy = countReceivers(loop.inFlight)
    const without = [...busy].filter(([, count]) => count >= mostPerReceiver).map(([receiver]) => receiver)
    const due = await store.findDueEvents(deps.now(), { without, limit })
    const chosen: EventRow[] = []
    for (const event of due) {
      const held = countReceivers([...loop.inFlight, ...chosen]).get(event.receiver) ?? 0
      if (held < mostPerReceiver) chosen.push(event)
    }
    await loop.start(chosen, claim)
    return chosen.length > 0
  }

  await loop.run(startDue, goOn)
  return delivered
}

function countReceivers(events: Iterable<EventRow>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { receiver } of events) counts.set(receiver, (counts.get(receiver) ?? 0) + 1)
  return counts
}
