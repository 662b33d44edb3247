// Pure: bodies of events sent to the merchant's `events_url`. They hold no data of the buyer.
import { z } from 'zod'
import { majorOf } from '../../../contract/money/money.ts'
import { type WindowFailure, windowFailureCodes } from '../gateways/window-failure.ts'
import type { GatewayCheck, Link, Registration } from '../links/link.ts'
import { linkStatuses, type MerchantStatus } from '../links/link-status.ts'
import { majorAmountOf } from '../payments/compare-money.ts'

export const eventTypes = [
  'link.paid',
  'link.awaiting_deposit',
  'link.payment_failed',
  'link.expired',
  'link.disabled',
  'link.refunded',
  'link.payment_rejected',
  'link.payment_returned',
  'link.payment_not_returned',
  'link.payment_foreign',
  'link.card_registered',
  'link.card_failed',
  'link.window_failed',
] as const

export type EventType = (typeof eventTypes)[number]

const time = z.iso.datetime()

export const eventSchema = z
  .object({
    type: z.enum(eventTypes),
    timestamp: time.meta({ description: 'When the event happened' }),
    sandbox: z.literal(true).optional().meta({
      description:
        'Present, and true, if no real money may have moved: in a sandbox, or for a merchant with test payments enabled',
    }),
    data: z.object({
      link: z.object({
        id: z.string(),
        user_code: z.string(),
        tier: z.string().nullable(),
        merchant_uid: z.string(),
        status: z.enum(linkStatuses).meta({ description: 'After the event' }),
        amount: z.number().meta({ description: 'In major units' }),
        currency: z.string(),
        url: z.url(),
      }),
      payment: z
        .object({
          imp_uid: z.string(),
          pay_method: z.string().nullable(),
          amount: z.number().meta({ description: 'In major units' }),
          currency: z.string(),
          paid_at: time.nullable(),
          gateway: z.enum(['listed', 'unlisted', 'unknown']).meta({
            description: 'unlisted: the right amount, but through a gateway that the link does not list',
          }),
          late: z.boolean().meta({ description: 'Approved after the link had ended' }),
          returned: z.number().meta({ description: 'Refunded so far, in major units' }),
        })
        .nullable(),
      card: z
        .object({
          customer_uid: z.string(),
          registered_at: time.nullable(),
          card_name: z.string().nullable().meta({ description: "The card's company" }),
        })
        .optional()
        .meta({ description: 'Only for links that register a card' }),
      window: z
        .object({
          code: z.enum(windowFailureCodes),
          method: z.string().meta({ description: "The method's key" }),
          pay_method: z.string(),
          pg: z.string().nullable(),
          channelKey: z.string().nullable(),
        })
        .optional()
        .meta({
          description:
            'Only for link.window_failed: the method whose payment window did not open, as reported by the browser',
        }),
      why: z.string().meta({
        description:
          'Reason. Rejected payments and their refunds: amount, currency, second_payment, late. Payments made outside the link: foreign. Failures: declined, cancelled, account_closed, account_expired. Failed cards also: no_key (paid, but no card was registered), refused. link.window_failed: the code in window. Ended links: merchant, superseded, order_paid, expired. Otherwise: paid, paid_late, account_issued, refunded, returned_in_part, registered, registered_late.',
      }),
    }),
  })
  .meta({ id: 'Event' })

/** The event's payment; `amount` and `returned` (refunded so far) in the minor unit. */
export interface PaymentEventData {
  imp_uid: string
  pay_method: string | null
  amount: number
  currency: string
  paid_at: number | null
  gateway: GatewayCheck
  late: boolean
  returned: number
}

export interface EventData {
  type: EventType
  at: number
  link: Link
  /** The link's status after the event. */
  status: MerchantStatus
  /** The status last reported; defaults to the stored one. */
  before?: MerchantStatus
  payment: PaymentEventData | null
  why: string
  /** A card that was registered just now, and is not stored in the link yet. */
  card?: { registered_at: number; card_name: string | null }
  window?: WindowFailure
}

export function eventBody(
  { type, at, link, status, payment, why, card, window }: EventData,
  { publicUrl, isSandbox }: { publicUrl: string; isSandbox: boolean },
): string {
  const event: z.infer<typeof eventSchema> = {
    type,
    timestamp: new Date(at).toISOString(),
    ...(isSandbox && { sandbox: true }),
    data: {
      link: {
        id: link.id,
        user_code: link.user_code,
        tier: link.tier || null,
        merchant_uid: link.merchant_uid,
        status,
        amount: majorOf(link.amount, link.currency),
        currency: link.currency,
        url: `${publicUrl}/${link.id}`,
      },
      payment: payment && describePayment(payment),
      ...(link.registration && { card: describeCard(link.registration, card) }),
      ...(window && { window }),
      why,
    },
  }
  return JSON.stringify(event)
}

function describeCard(registration: Registration, registered: EventData['card']) {
  const { registered_at, card_name } = registered ?? registration
  return {
    customer_uid: registration.customer_uid,
    registered_at: registered_at === null ? null : new Date(registered_at).toISOString(),
    card_name,
  }
}

function describePayment({ amount, returned, paid_at, ...payment }: PaymentEventData) {
  return {
    ...payment,
    amount: majorAmountOf(amount, payment.currency),
    returned: majorAmountOf(returned, payment.currency),
    paid_at: paid_at === null ? null : new Date(paid_at).toISOString(),
  }
}

/** Event data of the payment that settled the link; its amount and currency are always the link's. */
export function paymentEventData({ payment, amount, currency }: Link): PaymentEventData | null {
  if (!payment) return null
  const { imp_uid, pay_method, paid_at, gateway, late, returned } = payment
  return { imp_uid, pay_method, amount, currency, paid_at, gateway, late, returned }
}
