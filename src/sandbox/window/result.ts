import type { Attempt } from '../engine/ledger.ts'
import type { Payment } from '../engine/payment.ts'
import { usesCheckoutService } from '../engine/window-modes.ts'
import { buildReturnUrl } from './return-url.ts'

const errorCode = 'F400'

function errorOf({ status, fail_reason }: Payment): { error_code: string; error_msg: string } | undefined {
  return status === 'failed' ? { error_code: errorCode, error_msg: fail_reason ?? '' } : undefined
}

/** Omits null and 0, as upstream's callback does. */
const omitEmpty = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== 0))

function classicResult({ payment, order }: Attempt): Record<string, unknown> {
  const { imp_uid, merchant_uid, pay_method, pg_provider } = payment
  const { request_id } = order
  const error = errorOf(payment)
  if (error) return { request_id, success: false, imp_uid, merchant_uid, pay_method, pg_provider, ...error }
  return {
    request_id,
    success: true,
    imp_uid,
    merchant_uid,
    pay_method,
    paid_amount: payment.amount,
    status: payment.status,
    pg_provider,
    ...omitEmpty({
      name: payment.name,
      pg_tid: payment.pg_tid,
      currency: payment.currency,
      buyer_name: payment.buyer_name,
      buyer_email: payment.buyer_email,
      buyer_tel: payment.buyer_tel,
      buyer_addr: payment.buyer_addr,
      buyer_postcode: payment.buyer_postcode,
      custom_data: payment.custom_data,
      paid_at: payment.paid_at,
      receipt_url: payment.receipt_url,
      apply_num: payment.apply_num,
      card_name: payment.card_name,
      card_number: payment.card_number,
      vbank_num: payment.vbank_num,
      vbank_name: payment.vbank_name,
      vbank_holder: payment.vbank_holder,
      vbank_date: payment.vbank_date,
    }),
  }
}

/** The message posted to the SDK, as JSON. The checkout flow receives it parsed, the classic flow as text. */
export function resultMessage(attempt: Attempt): string {
  const { payment, channel } = attempt
  if (!usesCheckoutService(channel.pg_provider, attempt.order))
    return JSON.stringify({ action: 'done', data: classicResult(attempt) })
  const { imp_uid, merchant_uid } = payment
  return JSON.stringify({
    from: 'PORT_IFRAME',
    type: 'TRANSACTION_OVER',
    transactionResponse: { imp_uid, merchant_uid, ...errorOf(payment) },
  })
}

/** Return URL after a redirect, or null without `m_redirect_url`. */
export function returnUrlOf({ payment, order, channel }: Attempt): string | null {
  if (!order.m_redirect_url) return null
  const { imp_uid, merchant_uid } = payment
  const imp_success = { imp_success: String(payment.status !== 'failed') }
  return buildReturnUrl(order.m_redirect_url, {
    imp_uid,
    merchant_uid,
    ...(usesCheckoutService(channel.pg_provider, order) ? {} : imp_success),
    ...errorOf(payment),
  })
}
