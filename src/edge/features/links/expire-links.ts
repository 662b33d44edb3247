// What time ends by itself is written down and told, once: links at their expiry, accounts that nobody paid into.
// Everybody sees it at once, because statuses are derived; this is for the merchant and for the record.

import type { AppDeps, Room } from '../../context.ts'
import { roomOf } from '../../create-context.ts'
import { type News, paymentNewsOf } from '../../domain/events/event-body.ts'
import type { Link } from '../../domain/links/link.ts'
import { ageLink, type Status, statusOf } from '../../domain/links/link-status.ts'
import { always, type GoOn } from '../../platform/concurrency/should-continue.ts'
import { logBreak } from '../../platform/observability/log-error.ts'
import { DatabaseAway } from '../../platform/ports/database.ts'
import { makeRandomId } from '../../platform/random-id.ts'
import type { Move } from '../../store/links/transitions.ts'
import { tellMerchant } from '../webhooks/build-events.ts'
import { deliverSoon } from '../webhooks/deliver-in-background.ts'

const batchSize = 50
/** After a failure. */
const retryMs = 60 * 60 * 1000

type SweepResult = 'updated' | 'postponed' | 'lost_race'

/** Updates every overdue link. @returns how many */
export async function sweepDue(deps: AppDeps, goOn: GoOn = always): Promise<number> {
  const room = roomOf(deps)
  const counts: Record<SweepResult, number> = { updated: 0, postponed: 0, lost_race: 0 }
  for (let isDone = false; !isDone; ) {
    // Links that were updated or postponed are not found again.
    isDone = true
    for (const link of await room.store.findOverdue(room.now(), batchSize)) {
      if (!goOn()) break
      const result = await trySweep(room, link)
      counts[result] += 1
      isDone &&= result === 'lost_race'
    }
  }
  if (counts.updated > 0) deliverSoon(room)
  return counts.updated
}

async function trySweep(room: Room, link: Link): Promise<SweepResult> {
  try {
    return (await sweep(room, link)) ? 'updated' : 'lost_race'
  } catch (error) {
    if (error instanceof DatabaseAway) throw error
    logBreak(room.log, { event: 'sweep.failed', link: link.id }, error)
    const now = room.now()
    await room.store.postponeSweep(link, now, now + retryMs)
    return 'postponed'
  }
}

/** @returns false when it was moved by somebody meanwhile */
async function sweep(room: Room, link: Link): Promise<boolean> {
  const at = room.now()
  const isOver = ageLink(link, at) !== link
  if (statusOf(link, at) !== 'expired') return isOver && endAccount(room, link, at)
  // The merchant hears of the account's end first, also if the link's own expiry was reported before the account came.
  if (!isOver) return expire(room, link, at)
  if (await wasExpired(room, link)) return endAccount(room, link, at, { expired: true })
  if (!(await endAccount(room, link, at))) return false
  const freed = await room.store.findLink(link.id)
  if (freed) await expire(room, freed, at, 'expired')
  return true
}

/** A link's expiry is reported once: its history entry has a fixed id. */
const expiryId = ({ id }: Link) => `${id}:expired`

async function wasExpired({ store }: Room, link: Link): Promise<boolean> {
  return (await store.readHistory([link.id])).some(({ id }) => id === expiryId(link))
}

const expire = (room: Room, link: Link, at: number, before: Status = link.status) =>
  move(room, link, { type: 'link.expired', before }, { at, why: 'expired', expired: true }, expiryId(link))

function endAccount(room: Room, link: Link, at: number, last: Pick<Move, 'expired'> = {}) {
  const [type, before] = ['link.payment_failed', link.status] as const
  return move(
    room,
    link,
    { type, before },
    { at, why: 'account_expired', ...last },
    makeRandomId(room.random),
  )
}

async function move(
  room: Room,
  link: Link,
  event: Pick<News, 'type' | 'before'>,
  end: Pick<Move, 'at' | 'why' | 'expired'>,
  moveId: string,
): Promise<boolean> {
  const { at, why } = end
  const status = statusOf(link, at)
  const events = await tellMerchant(room, { ...event, link, payment: paymentNewsOf(link), status, at, why })
  const moved = await room.store.moveLink({ link, to: 'open', payment: null, events, ...end }, moveId)
  if (moved) room.log.info({ event: 'link.moved', link: link.id, from: link.status, to: status, why })
  return moved
}
