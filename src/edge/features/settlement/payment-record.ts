import type { PaymentEventData } from '../../domain/events/event-body.ts'
import { checkPaidGateway, findPaidMethod } from '../../domain/gateways/gateway.ts'
import type { GatewayCheck, Link } from '../../domain/links/link.ts'
import { minorOf } from '../../domain/payments/compare-money.ts'
import { virtualAccountOf } from '../../domain/payments/payment-state.ts'
import type { Payment } from '../../iamport/payment.ts'
import type { PaymentsTable } from '../../store/sql/tables.ts'

interface PaymentRowOptions {
  status: 'ready' | 'paid' | 'failed' | 'cancelled'
  /** Key of the method that the customer opened last. */
  lastOpened: string | undefined
  /** The link counts it as its payment (paid or refunded). */
  kept: boolean
  late: boolean
  now: number
}

/** The payment's row. Contains no data of the buyer. */
export function paymentRow(link: Link, payment: Payment, options: PaymentRowOptions): PaymentsTable {
  const { status, lastOpened, now } = options
  const account = virtualAccountOf(payment)
  const amount = minorOf(payment.amount, payment.currency)
  return {
    imp_uid: payment.imp_uid,
    link_id: link.id,
    status,
    kept: options.kept ? 1 : 0,
    why: null,
    amount,
    currency: payment.currency,
    returned: status === 'cancelled' ? amount : minorOf(payment.cancel_amount, payment.currency),
    pay_method: payment.pay_method,
    method_key: findPaidMethod(link.methods, payment, lastOpened)?.key ?? null,
    gateway: checkPaidGateway(link.methods, payment),
    late: options.late ? 1 : 0,
    paid_at: payment.paid_at ?? (status === 'paid' ? now : null),
    receipt_url: payment.receipt_url,
    bank: account?.bank ?? null,
    account: account?.account ?? null,
    holder: account?.holder ?? null,
    due_at: account?.due_at ?? null,
    seen_at: now,
  }
}

/** Payment part of an event. */
export function eventDataOf(row: PaymentsTable): PaymentEventData {
  const { imp_uid, pay_method, amount, currency, paid_at, returned } = row
  const gateway = row.gateway as GatewayCheck
  return { imp_uid, pay_method, amount, currency, paid_at, gateway, late: row.late === 1, returned }
}
