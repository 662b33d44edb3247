import { type Payment, unixSeconds } from './payment.ts'

export interface RefundRequest {
  /** 0 refunds the whole remaining amount */
  amount: number
  /** expected refundable amount; the refund is refused if it differs */
  checksum: number | null
  reason: string
  account: { holder: string; bank: string; number: string } | null
}

export type RefundResult =
  | { ok: true; payment: Payment; cancellationId: string }
  | { ok: false; message: string }

/** Removes floating-point noise (0.1 + 0.2) before amounts are compared. */
const roundAmount = (amount: number): number => Math.round(amount * 1e4) / 1e4

export const refundableAmount = (payment: Payment): number =>
  roundAmount(payment.amount - payment.cancel_amount)

export function refund(payment: Payment, request: RefundRequest, now: number): RefundResult {
  const refundable = refundableAmount(payment)
  if (payment.status === 'ready' || payment.status === 'failed')
    return { ok: false, message: '결제되지 않은 거래는 취소할 수 없어요.' }
  if (refundable <= 0) return { ok: false, message: '이미 전액 취소된 거래예요.' }
  if (request.checksum !== null && roundAmount(request.checksum) !== refundable)
    return { ok: false, message: `취소 가능한 잔액이 달라요. 남은 금액은 ${refundable}이에요.` }
  const amount = roundAmount(request.amount) || refundable
  if (amount < 0 || amount > refundable)
    return { ok: false, message: `취소 금액이 남은 금액보다 커요. 남은 금액은 ${refundable}이에요.` }
  if (payment.pay_method === 'vbank' && request.account === null)
    return { ok: false, message: '가상계좌 환불에는 환불 계좌 정보가 필요해요.' }

  const sequence = payment.cancel_history.length + 1
  const cancellationId = `cancellation_${payment.imp_uid}_${sequence}`
  const at = unixSeconds(now)
  return {
    ok: true,
    cancellationId,
    payment: {
      ...payment,
      // Upstream has no "partially cancelled" status: compare the amounts instead.
      status: 'cancelled',
      cancel_amount: roundAmount(payment.cancel_amount + amount),
      cancelled_at: at,
      cancel_reason: request.reason,
      cancel_history: [
        ...payment.cancel_history,
        {
          pg_tid: `${payment.pg_tid ?? ''}C${sequence}`,
          amount,
          cancelled_at: at,
          reason: request.reason,
          cancellation_id: cancellationId,
          receipt_url: payment.receipt_url,
        },
      ],
      cancel_receipt_urls: payment.receipt_url
        ? [...payment.cancel_receipt_urls, payment.receipt_url]
        : payment.cancel_receipt_urls,
    },
  }
}
