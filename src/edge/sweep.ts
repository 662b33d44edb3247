// What time ends by itself is written down and told, once: links at their expiry, accounts that nobody paid into.
// Everybody sees it at once, because statuses are derived; this is for the merchant and for the record.
import { deliverSoon } from './deliver-soon.ts'
import type { AppDeps, Room } from './deps.ts'
import type { Link } from './link.ts'
import { logBreak } from './log-break.ts'
import { makeRandomId } from './random-id.ts'
import { roomOf } from './room.ts'
import { always, type GoOn } from './rounds.ts'
import { type News, paymentNewsOf } from './rules/describe-event.ts'
import { ageLink, type Status, statusOf } from './rules/link-status.ts'
import { DatabaseAway } from './store/database.ts'
import type { Move } from './store/moves.ts'
import { tellMerchant } from './tell.ts'

const batchSize = 50
/** One that breaks is tried again then. */
const retryMs = 60 * 60 * 1000

type Swept = 'written' | 'postponed' | 'moved by another'

/** Writes down everything that is overdue. @returns how many links it wrote to */
export async function sweepDue(deps: AppDeps, goOn: GoOn = always): Promise<number> {
  const room = roomOf(deps)
  const counts: Record<Swept, number> = { written: 0, postponed: 0, 'moved by another': 0 }
  for (let isOver = false; !isOver; ) {
    // What is written down or postponed is not found again.
    isOver = true
    for (const link of await room.store.findOverdue(room.now(), batchSize)) {
      if (!goOn()) break
      const swept = await trySweep(room, link)
      counts[swept] += 1
      isOver &&= swept === 'moved by another'
    }
  }
  if (counts.written > 0) deliverSoon(room)
  return counts.written
}

async function trySweep(room: Room, link: Link): Promise<Swept> {
  try {
    return (await sweep(room, link)) ? 'written' : 'moved by another'
  } catch (error) {
    if (error instanceof DatabaseAway) throw error
    logBreak(room.log, { event: 'sweep.broke', link: link.id }, error)
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
  // The end of an account is told before the end of its link, and also where that was told before the account came.
  if (!isOver) return expire(room, link, at)
  if (await wasExpired(room, link)) return endAccount(room, link, at, { expired: true })
  if (!(await endAccount(room, link, at))) return false
  const freed = await room.store.findLink(link.id)
  if (freed) await expire(room, freed, at, 'expired')
  return true
}

/** A link expires once: the id of that event is the link's. */
const expiryOf = ({ id }: Link) => `${id}:expired`

async function wasExpired({ store }: Room, link: Link): Promise<boolean> {
  return (await store.readHistory([link.id])).some(({ id }) => id === expiryOf(link))
}

const expire = (room: Room, link: Link, at: number, before: Status = link.status) =>
  move(room, link, { type: 'link.expired', before }, { at, why: 'expired', expired: true }, expiryOf(link))

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
  told: Pick<News, 'type' | 'before'>,
  end: Pick<Move, 'at' | 'why' | 'expired'>,
  moveId: string,
): Promise<boolean> {
  const { at, why } = end
  const status = statusOf(link, at)
  const events = await tellMerchant(room, { ...told, link, payment: paymentNewsOf(link), status, at, why })
  const moved = await room.store.moveLink({ link, to: 'open', payment: null, events, ...end }, moveId)
  if (moved) room.log.info({ event: 'link.moved', link: link.id, from: link.status, to: status, why })
  return moved
}
