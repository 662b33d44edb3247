// Pure: the notice that i'mport itself would send to the `notice_url`.
import type { Payment } from '../../iamport/payment.ts'

export interface PaymentNotice {
  status: 'paid' | 'ready' | 'cancelled'
  /** The latest refund. */
  cancellation_id?: string | null | undefined
}

export function noticeOf(status: PaymentNotice['status'], { cancel_history }: Payment): PaymentNotice {
  if (status !== 'cancelled') return { status }
  const latest = cancel_history.toSorted((a, b) => (a.cancelled_at ?? 0) - (b.cancelled_at ?? 0)).at(-1)
  return { status, cancellation_id: latest?.cancellation_id }
}
