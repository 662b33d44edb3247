import { type Payment, unixSeconds } from './payment.ts'

export interface RefundRequest {
  /** 0 means all that is left */
  amount: number
  checksum: number | null
  reason: string
  account: { holder: string; bank: string; number: string } | null
}

export type Refund = { ok: true; payment: Payment; cancellationId: string } | { ok: false; message: string }

/** Keeps 0.1 + 0.2 from turning into a refund that is too large by nothing. */
const exact = (amount: number): number => Math.round(amount * 1e4) / 1e4

export const remaining = (payment: Payment): number => exact(payment.amount - payment.cancel_amount)

export function refund(payment: Payment, request: RefundRequest, now: number): Refund {
  const left = remaining(payment)
  if (payment.status === 'ready' || payment.status === 'failed')
    return { ok: false, message: '결제되지 않은 거래는 취소할 수 없어요.' }
  if (left <= 0) return { ok: false, message: '이미 전액 취소된 거래예요.' }
  if (request.checksum !== null && exact(request.checksum) !== left)
    return { ok: false, message: `취소 가능한 잔액이 달라요. 남은 금액은 ${left}이에요.` }
  const amount = exact(request.amount) || left
  if (amount < 0 || amount > left)
    return { ok: false, message: `취소 금액이 남은 금액보다 커요. 남은 금액은 ${left}이에요.` }
  if (payment.pay_method === 'vbank' && request.account === null)
    return { ok: false, message: '가상계좌 환불에는 환불 계좌 정보가 필요해요.' }

  const turn = payment.cancel_history.length + 1
  const cancellationId = `cancellation_${payment.imp_uid}_${turn}`
  const at = unixSeconds(now)
  return {
    ok: true,
    cancellationId,
    payment: {
      ...payment,
      // Upstream knows no "partly cancelled": compare the amounts, not the status.
      status: 'cancelled',
      cancel_amount: exact(payment.cancel_amount + amount),
      cancelled_at: at,
      cancel_reason: request.reason,
      cancel_history: [
        ...payment.cancel_history,
        {
          pg_tid: `${payment.pg_tid ?? ''}C${turn}`,
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
