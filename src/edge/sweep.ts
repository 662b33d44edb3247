// What time ends by itself is written down and told, once: links at their expiry, accounts that nobody paid into.
// Everybody sees it at once, because statuses are derived; this is for the merchant and for the record.
import { deliverSoon } from './deliver-soon.ts'
import type { AppDeps, Room } from './deps.ts'
import type { Link } from './link.ts'
import { makeRandomId } from './random-id.ts'
import { roomOf } from './room.ts'
import { always, type GoOn } from './rounds.ts'
import { type EventType, paymentNewsOf } from './rules/describe-event.ts'
import { ageLink, statusOf } from './rules/link-status.ts'
import { tellMerchant } from './tell.ts'

const mostPerRound = 50

/** One bounded round. @returns how many links it wrote to */
export async function sweepDue(deps: AppDeps, goOn: GoOn = always): Promise<number> {
  const room = roomOf(deps)
  const overdue = await room.store.findOverdue(room.now(), mostPerRound)
  let swept = 0
  for (const link of overdue) if (goOn() && (await sweep(room, link))) swept += 1
  if (swept > 0) deliverSoon(room)
  return swept
}

/** @returns false when it was moved by somebody meanwhile */
async function sweep(room: Room, link: Link): Promise<boolean> {
  const at = room.now()
  const status = statusOf(link, at)
  const freed = ageLink(link, at) !== link
  if (status === 'expired')
    return move(room, link, 'link.expired', { at, status, why: 'expired', expired: true })
  return freed && move(room, link, 'link.payment_failed', { at, status, why: 'account_expired' })
}

async function move(
  room: Room,
  link: Link,
  type: EventType,
  end: { at: number; status: ReturnType<typeof statusOf>; why: string; expired?: true },
): Promise<boolean> {
  const { status, ...rest } = end
  const news = { link, payment: paymentNewsOf(link), status, at: end.at, why: end.why }
  const events = await tellMerchant(room, { type, ...news })
  // A link expires once: the event's id is that of the link.
  const moveId = end.expired ? `${link.id}:expired` : makeRandomId(room.random)
  const moved = await room.store.moveLink({ link, to: 'open', payment: null, events, ...rest }, moveId)
  if (moved)
    room.log.info({ event: 'link.moved', link: link.id, from: link.status, to: status, why: end.why })
  return moved
}
