// Pure: derives a payment's state from i'mport's fields.
import type { Payment } from '../../iamport/payment.ts'
import type { VirtualAccount } from '../links/link.ts'

/**
 * `returned`: fully refunded. i'mport has no status for partial refunds (it may say `cancelled` with a `cancel_amount`
 * below `amount`), so the amounts decide.
 */
export type PaymentState = 'ready' | 'paid' | 'failed' | 'returned' | 'undecided'

export function paymentStateOf({ status, amount, cancel_amount }: Payment): PaymentState {
  if (status === 'ready' || status === 'failed') return status
  if (status === 'cancelled') return cancel_amount > 0 && cancel_amount < amount ? 'paid' : 'returned'
  if (status === 'paid') return amount > 0 && cancel_amount >= amount ? 'returned' : 'paid'
  return 'undecided'
}

export function virtualAccountOf(payment: Payment): VirtualAccount | null {
  // Eximbay's econtext sends the text "unknown".
  if (!payment.vbank_num || payment.vbank_num === 'unknown') return null
  return {
    bank: payment.vbank_name ?? '',
    account: payment.vbank_num,
    holder: payment.vbank_holder,
    due_at: payment.vbank_date,
  }
}

/**
 * True if the customer cancelled, rather than being declined. i'mport has one status for both and no code, so this
 * reads the gateway's message. It changes only the text shown; no money moved either way.
 */
export function wasAbandoned(failReason: string | null): boolean {
  // Stryker disable next-line StringLiteral: the text that it puts here does not match either.
  return /취소|포기|사용자.*종료|창.*닫|cancel|user.?(closed|exit)/i.test(failReason ?? '')
}
