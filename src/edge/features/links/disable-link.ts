// The merchant closes a link, whichever API they ask by.

import type { Room } from '../../context.ts'
import { paymentNewsOf } from '../../domain/events/event-body.ts'
import type { Link } from '../../domain/links/link.ts'
import { ageLink, statusOf } from '../../domain/links/link-status.ts'
import { makeRandomId } from '../../platform/random-id.ts'
import { tellMerchant } from '../webhooks/build-events.ts'
import { deliverSoon } from '../webhooks/deliver-in-background.ts'

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
