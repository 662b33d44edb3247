// Pure: a link as the merchant's API returns it (`GET /api/supplements/v1/link/payment`).
import { z } from 'zod'
import { majorOf } from '../../../contract/money/money.ts'
import type { Link, Registration } from '../../domain/links/link.ts'
import { linkStatuses, statusOf } from '../../domain/links/link-status.ts'
import { majorAmountOf } from '../../domain/payments/compare-money.ts'
import type { ForeignPaymentsTable, PaymentsTable } from '../../store/sql/tables.ts'

const time = z.iso.datetime()

export const linkReportSchema = z
  .object({
    id: z.string(),
    shortenedUrl: z.url(),
    status: z.enum(linkStatuses),
    user_code: z.string(),
    tier: z.string().nullable(),
    merchant_uid: z.string(),
    title: z.string(),
    name: z.string(),
    amount: z.number().meta({ description: 'In major units' }),
    currency: z.string(),
    created_at: time,
    expires_at: time,
    paid_at: time.nullable(),
    disabled_at: time.nullable(),
    refunded_at: time.nullable(),
    deposit_due_at: time.nullable(),
    method: z
      .object({ key: z.string(), pay_method: z.string(), label: z.unknown() })
      .nullable()
      .meta({ description: 'The method that was used' }),
    imp_uid: z.string().nullable(),
    returned: z.number().meta({ description: 'Refunded so far, in major units' }),
    late: z.boolean().meta({ description: 'Paid after the link had ended' }),
    gateway: z
      .enum(['listed', 'unlisted', 'unknown'])
      .nullable()
      .meta({ description: "Whether the payment's gateway is one of the link's methods" }),
    card: z
      .object({
        customer_uid: z.string(),
        replace: z.boolean(),
        card_form: z.boolean(),
        registered_at: time.nullable(),
        card_name: z.string().nullable().meta({ description: "The card's company" }),
        deleted_at: time.nullable(),
        late: z.boolean().meta({ description: 'Registered after the link had ended' }),
      })
      .optional()
      .meta({ description: 'Only for links that register a card' }),
    rejected: z
      .array(
        z.object({
          imp_uid: z.string(),
          why: z.enum(['amount', 'currency', 'second_payment', 'late']),
          amount: z.number().meta({ description: 'In major units' }),
          currency: z.string(),
          returned: z.number().meta({ description: 'Refunded so far, in major units' }),
          rejected_at: time,
        }),
      )
      .meta({ description: 'Payments that the link did not accept; they are refunded' }),
    foreign: z
      .array(
        z.object({
          imp_uid: z.string(),
          amount: z.number().meta({ description: 'In major units' }),
          currency: z.string(),
          returned: z.number().meta({ description: 'Refunded so far, in major units' }),
          paid_at: time.nullable(),
          seen_at: time,
        }),
      )
      .meta({
        description:
          "Payments with the order's number that came from outside Dari's windows; never refunded by Dari",
      }),
    history: z.array(
      z.object({
        at: time,
        from: z.string().nullable(),
        to: z.string(),
        imp_uid: z.string().nullable(),
        why: z.string(),
      }),
    ),
  })
  .meta({ id: 'Link' })

export type LinkReport = z.infer<typeof linkReportSchema>

interface HistoryRow {
  at: number
  from_status: string | null
  to_status: string
  imp_uid: string | null
  why: string
}

const iso = (at: number | null | undefined) => (at ? new Date(at).toISOString() : null)

function reportCard({
  customer_uid,
  replace,
  form,
  registered_at,
  card_name,
  deleted_at,
  late,
}: Registration) {
  const times = { registered_at: iso(registered_at), deleted_at: iso(deleted_at) }
  return { customer_uid, replace, card_form: form, ...times, card_name, late }
}

/** Stored rows that belong to the link. */
export interface RecordedLink {
  history: HistoryRow[]
  rejected: Pick<PaymentsTable, 'imp_uid' | 'why' | 'amount' | 'currency' | 'returned' | 'seen_at'>[]
  foreign: ForeignPaymentsTable[]
}

type Money = Pick<ForeignPaymentsTable, 'imp_uid' | 'amount' | 'currency' | 'returned'>

function reportMoney({ imp_uid, amount, currency, returned }: Money) {
  return {
    imp_uid,
    amount: majorAmountOf(amount, currency),
    currency,
    returned: majorAmountOf(returned, currency),
  }
}

export function reportLink(
  link: Link,
  { history, rejected, foreign }: RecordedLink,
  publicUrl: string,
  now: number,
): LinkReport {
  const { payment, status: stored } = link
  const method = link.methods.find(({ key }) => key === payment?.method_key)
  return {
    id: link.id,
    shortenedUrl: `${publicUrl}/${link.id}`,
    status: statusOf(link, now),
    user_code: link.user_code,
    tier: link.tier || null,
    merchant_uid: link.merchant_uid,
    title: link.title,
    name: link.name,
    amount: majorOf(link.amount, link.currency),
    currency: link.currency,
    created_at: new Date(link.created_at).toISOString(),
    expires_at: new Date(link.expires_at).toISOString(),
    paid_at: iso(payment?.paid_at),
    disabled_at: iso(stored === 'disabled' && !link.registration?.registered_at ? link.ended_at : null),
    refunded_at: iso(stored === 'refunded' ? link.ended_at : null),
    deposit_due_at: iso(payment?.deposit?.due_at),
    method: method ? { key: method.key, pay_method: method.pay_method, label: method.label } : null,
    imp_uid: payment?.imp_uid ?? null,
    returned: majorOf(payment?.returned ?? 0, link.currency),
    late: payment?.late ?? false,
    gateway: payment?.gateway ?? null,
    ...(link.registration && { card: reportCard(link.registration) }),
    rejected: rejected.map((row) => ({
      ...reportMoney(row),
      why: row.why as LinkReport['rejected'][number]['why'],
      rejected_at: new Date(row.seen_at).toISOString(),
    })),
    foreign: foreign.map((row) => ({
      ...reportMoney(row),
      paid_at: iso(row.paid_at),
      seen_at: new Date(row.seen_at).toISOString(),
    })),
    history: history.map(({ at, from_status, to_status, imp_uid, why }) => ({
      at: new Date(at).toISOString(),
      from: from_status,
      to: to_status,
      imp_uid,
      why,
    })),
  }
}
