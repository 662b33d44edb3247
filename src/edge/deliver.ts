// The outbox: what the merchant is told, at least once, with growing pauses for a day (design §5).
import { always, type GoOn } from './go-on.ts'
import { logBreak } from './log-break.ts'
import { type DeliveryDeps, sendEvent } from './send-event.ts'
import type { Database } from './store/database.ts'
import { createStore, type Store } from './store/store.ts'
import type { EventRow } from './store/tables.ts'

/** Longer than an attempt: whoever died during one leaves it to another. */
const leaseMs = 20_000
const mostAtOnce = 32
/** So that one who answers slowly leaves room for the others. */
const mostPerReceiver = 4

/** Attempts under way in this process, by receiver, whoever began them. */
const underway = new WeakMap<Database, Map<string, number>>()

/**
 * Tries every event that is due and whose turn it is, until none is left.
 * @param goOn false: what is under way is ended, nothing is begun
 * @returns how many were delivered
 */
export async function deliverDue(deps: DeliveryDeps, goOn: GoOn = always): Promise<number> {
  const store = createStore(deps.database)
  // Of a request that is cut off nobody would take back what it counted.
  const shared = deps.requestsApart ? undefined : underway.get(deps.database)
  const busy = shared ?? new Map<string, number>()
  underway.set(deps.database, busy)
  const own = new Set<Promise<void>>()
  let delivered = 0

  const take = async (event: EventRow): Promise<boolean> => {
    const until = deps.now() + leaseMs
    if (!(await store.claimEvent(event, deps.now(), until))) return false
    const sending = sendEvent(deps, store, event, until)
      .then((done) => {
        if (done) delivered += 1
      })
      .catch((error: unknown) => logBreak(deps.log, { event: 'event.delivery_broke', id: event.id }, error))
      .finally(() => {
        own.delete(sending)
        leave(busy, event.receiver)
      })
    own.add(sending)
    return true
  }

  for (;;) {
    const before = own.size
    if (goOn() && (await takeDue(deps, store, busy, take))) continue
    // An attempt that ended during the look may have made way for the next of its lane.
    if (before === 0) return delivered
    if (own.size > 0) await Promise.race(own)
  }
}

/** @returns whether an attempt was begun */
async function takeDue(
  { now }: DeliveryDeps,
  store: Store,
  busy: Map<string, number>,
  take: (event: EventRow) => Promise<boolean>,
): Promise<boolean> {
  let atOnce = 0
  for (const count of busy.values()) atOnce += count
  const limit = mostAtOnce - atOnce
  if (limit <= 0) return false
  const without = [...busy].filter(([, count]) => count >= mostPerReceiver).map(([receiver]) => receiver)
  let began = false
  for (const event of await store.findDueEvents(now(), { without, limit })) {
    const { receiver } = event
    const count = busy.get(receiver) ?? 0
    if (count >= mostPerReceiver) continue
    // Counted before it is claimed: another call of this process may be choosing at the same time.
    busy.set(receiver, count + 1)
    let taken = false
    try {
      taken = await take(event)
    } finally {
      if (!taken) leave(busy, receiver)
    }
    began ||= taken
  }
  return began
}

function leave(busy: Map<string, number>, receiver: string): void {
  const left = (busy.get(receiver) ?? 1) - 1
  if (left > 0) busy.set(receiver, left)
  else busy.delete(receiver)
}
