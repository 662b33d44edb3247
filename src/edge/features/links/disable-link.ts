// Disables a link on the merchant's request, for both APIs.

import type { AppContext } from '../../context.ts'
import { paymentEventData } from '../../domain/events/event-body.ts'
import type { Link } from '../../domain/links/link.ts'
import { endDeposit, statusOf } from '../../domain/links/link-status.ts'
import { makeRandomId } from '../../platform/random-id.ts'
import { buildEvents } from '../webhooks/build-events.ts'
import { deliverInBackground } from '../webhooks/deliver-in-background.ts'

export type DisableResult = 'ended' | 'no such link' | 'paid' | 'refunded' | 'registered' | 'busy'

/** Idempotent for links that are already disabled or expired. @param find reads the link if it is the caller's */
export async function disableLink(
  context: AppContext,
  find: () => Promise<Link | undefined>,
): Promise<DisableResult> {
  for (let attempt = 0; attempt < 8; attempt++) {
    const link = await find()
    if (!link) return 'no such link'
    const now = context.now()
    const status = statusOf(link, now)
    if (status === 'paid' || status === 'refunded' || status === 'registered') return status
    if (status === 'disabled' || status === 'expired') return 'ended'
    const end = { link, at: now, why: 'merchant' }
    const eventData = { status: 'disabled', payment: paymentEventData(endDeposit(link, now)) } as const
    const events = await buildEvents(context, { type: 'link.disabled', ...eventData, ...end })
    const move = { ...end, to: 'disabled', payment: null, events } as const
    if (!(await context.store.transitionLink(move, makeRandomId(context.random)))) continue
    deliverInBackground(context)
    context.log.info({
      event: 'link.status_changed',
      link: link.id,
      from: status,
      to: 'disabled',
      why: 'merchant',
    })
    return 'ended'
  }
  return 'busy'
}
