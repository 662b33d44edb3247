// What a change tells the merchant: an event to their own address, and to the link's `notice_url`
// what i'mport itself would say; of a link of the global API, to the merchant's webhook what upstream would.

import { findMerchant } from '../../config/merchants.ts'
import type { NewEvent } from '../../domain/events/event.ts'
import { type EventData, eventBody } from '../../domain/events/event-body.ts'
import type { Link } from '../../domain/links/link.ts'
import type { PaymentNotice } from '../../domain/payments/payment-notice.ts'
import { buildPortoneWebhook, type WebhookContext } from './build-portone-webhook.ts'

/** @param notice nothing where i'mport would say nothing */
export async function buildEvents(
  { settings, now, store }: WebhookContext & { now: () => number },
  news: EventData,
  notice?: PaymentNotice | undefined,
): Promise<NewEvent[]> {
  const { link, payment } = news
  const created_at = now()
  const merchant = findMerchant(settings.merchants, link.user_code)
  const events: NewEvent[] = []
  if (merchant?.events_url)
    events.push({
      created_at,
      type: news.type,
      url: null,
      body: eventBody(news, {
        publicUrl: settings.publicUrl,
        isSandbox: merchant.sandbox === true,
      }),
      lane: laneOf(link, ''),
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
      lane: laneOf(link, link.notice_url),
      receiver: new URL(link.notice_url).origin,
    })
  }
  const webhook = await buildPortoneWebhook({ settings, store }, news)
  if (webhook)
    events.push({
      created_at,
      type: 'notice',
      ...webhook,
      lane: laneOf(link, webhook.url),
      receiver: new URL(webhook.url).origin,
    })
  return events
}

function laneOf({ user_code, tier, merchant_uid }: Link, address: string): string {
  return JSON.stringify([user_code, tier, merchant_uid, address])
}
