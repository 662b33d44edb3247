import type { AppContext } from '../../context.ts'
import { paymentEventData } from '../../domain/events/event-body.ts'
import type { Link, Sibling } from '../../domain/links/link.ts'
import { statusOf } from '../../domain/links/link-status.ts'
import type { Closing } from '../../store/links/transitions.ts'
import { buildEvents } from '../webhooks/build-events.ts'

/** After an older link of an order was paid: the current link, with a `link.disabled` event if it was still payable. */
export async function closeSibling(
  context: AppContext,
  paid: Link,
  order: Sibling[],
  now: number,
): Promise<Closing | undefined> {
  const link = order.find(({ current }) => current)?.link
  if (!link || link.id === paid.id) return undefined
  const status = statusOf(link, now)
  const payable = status === 'open' || status === 'awaiting_deposit'
  const eventData = { at: now, link, payment: paymentEventData(link), why: 'order_paid' }
  const events = payable
    ? await buildEvents(context, { type: 'link.disabled', status: 'disabled', ...eventData })
    : null
  return { link, events }
}
