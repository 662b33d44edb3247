// Builds the outbox entries for one change of a link: the merchant's event, i'mport's webhook for the link's
// `notice_url`, and upstream's webhook for links of the global API.

import { findMerchant } from '../../config/merchants.ts'
import type { NewEvent } from '../../domain/events/event.ts'
import { type EventData, eventBody } from '../../domain/events/event-body.ts'
import type { Link } from '../../domain/links/link.ts'
import type { PaymentNotice } from '../../domain/payments/payment-notice.ts'
import { buildPortoneWebhook, type WebhookContext } from './build-portone-webhook.ts'

/** @param notice absent if i'mport sends no webhook for this change */
export async function buildEvents(
  { settings, now, store }: WebhookContext & { now: () => number },
  eventData: EventData,
  notice?: PaymentNotice | undefined,
): Promise<NewEvent[]> {
  const { link, payment } = eventData
  const created_at = now()
  const merchant = findMerchant(settings.merchants, link.user_code)
  const events: NewEvent[] = []
  if (merchant?.events_url)
    events.push({
      created_at,
      type: eventData.type,
      url: null,
      body: eventBody(eventData, {
        publicUrl: settings.publicUrl,
        isSandbox: merchant.sandbox === true,
      }),
      lane: orderingKeyOf(link, ''),
      receiver: `events of ${link.user_code}`,
    })
  if (link.notice_url && notice && payment) {
    const { status, cancellation_id } = notice
    events.push({
      created_at,
      type: 'notice',
      url: link.notice_url,
      body: JSON.stringify({
        imp_uid: payment.imp_uid,
        merchant_uid: link.merchant_uid,
        status,
        ...(cancellation_id && { cancellation_id }),
      }),
      lane: orderingKeyOf(link, link.notice_url),
      receiver: new URL(link.notice_url).origin,
    })
  }
  const webhook = await buildPortoneWebhook({ settings, store }, eventData)
  if (webhook)
    events.push({
      created_at,
      type: 'notice',
      ...webhook,
      lane: orderingKeyOf(link, webhook.url),
      receiver: new URL(webhook.url).origin,
    })
  return events
}

function orderingKeyOf({ user_code, tier, merchant_uid }: Link, address: string): string {
  return JSON.stringify([user_code, tier, merchant_uid, address])
}
