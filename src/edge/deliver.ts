// The outbox: what the merchant is told, at least once, with growing pauses for a day (design §5).
import { logBreak } from './log-break.ts'
import { always, countsUnderWay, type GoOn, untilNoneIsLeft } from './rounds.ts'
import { type DeliveryDeps, sendEvent } from './send-event.ts'
import { createStore, type Store } from './store/store.ts'
import type { EventRow } from './store/tables.ts'

/** Longer than an attempt: whoever died during one leaves it to another. */
const leaseMs = 20_000
const mostAtOnce = 32
/** So that one who answers slowly leaves room for the others. */
const mostPerReceiver = 4

/** Attempts under way in this process, by receiver, whoever began them. */
const underway = countsUnderWay(() => new Map<string, number>())

/**
 * Tries every event that is due and whose turn it is, until none is left.
 * @param goOn false: what is under way is ended, nothing is begun
 * @returns how many were delivered
 */
export async function deliverDue(deps: DeliveryDeps, goOn: GoOn = always): Promise<number> {
  const store = createStore(deps.database)
  const busy = underway(deps.database, deps.requestsApart)
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

  await untilNoneIsLeft(own, async () => goOn() && takeDue(deps, store, busy, take))
  return delivered
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
