// The merchant closes a link, whichever API they ask by.
import { deliverSoon } from './deliver-soon.ts'
import type { Room } from './deps.ts'
import type { Link } from './link.ts'
import { makeRandomId } from './random-id.ts'
import { paymentNewsOf } from './rules/describe-event.ts'
import { ageLink, statusOf } from './rules/link-status.ts'
import { tellMerchant } from './tell.ts'

export type Ended = 'ended' | 'no such link' | 'paid' | 'refunded' | 'registered' | 'busy'

/** Calm about a link that has ended unpaid already. @param find the link as it is now, if it is the caller's */
export async function endLink(room: Room, find: () => Promise<Link | undefined>): Promise<Ended> {
  for (let race = 0; race < 8; race++) {
    const link = await find()
    if (!link) return 'no such link'
    const now = room.now()
    const status = statusOf(link, now)
    if (status === 'paid' || status === 'refunded' || status === 'registered') return status
    if (status === 'disabled' || status === 'expired') return 'ended'
    const end = { link, at: now, why: 'merchant' }
    const news = { status: 'disabled', payment: paymentNewsOf(ageLink(link, now)) } as const
    const events = await tellMerchant(room, { type: 'link.disabled', ...news, ...end })
    const move = { ...end, to: 'disabled', payment: null, events } as const
    if (!(await room.store.moveLink(move, makeRandomId(room.random)))) continue
    deliverSoon(room)
    room.log.info({ event: 'link.moved', link: link.id, from: status, to: 'disabled', why: 'merchant' })
    return 'ended'
  }
  return 'busy'
}
