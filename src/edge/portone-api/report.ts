// Pure: a link as the global API returns it. Upstream documents no body; names are those of its request and webhook,
// and the three fields that its clients read.
import { z } from 'zod'
import { majorOf } from '../../contract/money/money.ts'
import type { Link } from '../domain/links/link.ts'
import { billStatusOf } from '../domain/links/link-status.ts'
import type { PortoneLink } from '../domain/links/portone-link.ts'
import { portoneStatuses, portoneStatusOf } from '../features/webhooks/portone-status.ts'

const time = z.iso.datetime()

export const portoneReportSchema = z
  .object({
    payment_link: z.url().meta({ example: 'https://pay.example/8kq2m4x7r0vbn3tz5w' }),
    payment_link_ref: z.string(),
    status: z.enum(portoneStatuses),
    merchant_order_id: z.string(),
    merchant_order_ref: z.string().meta({ description: 'The same' }),
    amount: z.number().meta({ description: 'In major units' }),
    currency: z.string(),
    country_code: z.string().nullable(),
    description: z.string().nullable(),
    source: z.string().nullable(),
    environment: z.enum(['sandbox', 'live']),
    created_at: time,
    expiry_date: time,
    paid_at: time.nullable(),
    refunded_at: time.nullable(),
    cancelled_at: time.nullable(),
    order_ref: z.string().meta({ description: 'Id of the link, as in redirections' }),
    channel_order_ref: z.string().nullable().meta({ description: "i'mport's imp_uid" }),
    payment_channel: z.string().nullable(),
    payment_method: z.string().nullable(),
  })
  .meta({ id: 'GlobalLink' })

const iso = (at: number | null | undefined) => (at ? new Date(at).toISOString() : null)

export function portoneReport(
  link: Link,
  { ref, details }: PortoneLink,
  publicUrl: string,
  now: number,
): z.infer<typeof portoneReportSchema> {
  const { payment, status: stored } = link
  const used = details.chosen[payment?.method_key ?? '']
  const payment_link_ref = ref ?? link.id
  return {
    payment_link: `${publicUrl}/${payment_link_ref}`,
    payment_link_ref,
    status: portoneStatusOf(billStatusOf(link, now)),
    merchant_order_id: link.merchant_uid,
    merchant_order_ref: link.merchant_uid,
    amount: majorOf(link.amount, link.currency),
    currency: link.currency,
    country_code: details.country_code,
    description: details.description,
    source: details.source,
    environment: details.environment,
    created_at: new Date(link.created_at).toISOString(),
    expiry_date: new Date(link.expires_at).toISOString(),
    paid_at: iso(payment?.paid_at),
    refunded_at: iso(stored === 'refunded' ? link.ended_at : null),
    cancelled_at: iso(stored === 'disabled' ? link.ended_at : null),
    order_ref: link.id,
    channel_order_ref: payment?.imp_uid ?? null,
    payment_channel: used?.payment_channel ?? null,
    payment_method: used?.payment_method ?? null,
  }
}
