import { defaultDepositDeadline } from './deposit-deadline.ts'
import { type Payment, unixSeconds } from './payment.ts'

export interface ApprovalInput {
  amount: number
  now: number
  receiptUrl: string
}

const cards = [
  { code: '366', name: '신한카드', bin: '465887' },
  { code: '381', name: '국민카드', bin: '457973' },
  { code: '361', name: 'BC카드', bin: '537145' },
  { code: '365', name: '삼성카드', bin: '552103' },
] as const

/** Generated numbers are derived from imp_uid, so they are stable for a payment. */
const digitsOf = (payment: Payment): string => payment.imp_uid.replace(/\D/g, '')

const tid = (payment: Payment, suffix = ''): string =>
  `${payment.pg_id}${payment.started_at}${digitsOf(payment)}${suffix}`.slice(0, 64)

function cardOf(payment: Payment): Partial<Payment> {
  const digits = digitsOf(payment)
  const card = cards[Number(digits.at(-1)) % cards.length] ?? cards[0]
  return {
    apply_num: digits.slice(0, 8),
    card_code: card.code,
    card_name: card.name,
    card_number: `${card.bin}******${digits.slice(-4)}`,
    card_type: 0,
  }
}

/** Some gateways report a method other than the requested one. */
function reportedMethod({ pg_provider, pay_method }: Payment): string {
  if (pg_provider === 'kakaopay') return 'point'
  if (pg_provider.startsWith('paypal')) return 'paypal'
  return pay_method === 'samsungpay' ? 'samsung' : pay_method
}

export function approvePayment(payment: Payment, { amount, now, receiptUrl }: ApprovalInput): Payment {
  const method = reportedMethod(payment)
  return {
    ...payment,
    ...(method === 'card' || method === 'samsung' ? cardOf(payment) : {}),
    ...(method === 'trans' ? { bank_code: '004', bank_name: '국민은행', apply_num: digitsOf(payment) } : {}),
    pay_method: method,
    amount,
    status: 'paid',
    pg_tid: tid(payment),
    paid_at: unixSeconds(now),
    receipt_url: receiptUrl,
    customer_uid_usage: payment.customer_uid ? 'issue' : null,
  }
}

/** Issues a virtual account; `receiveDeposit` settles it. */
export function issueAccount(
  payment: Payment,
  { amount, now, deadline }: { amount: number; now: number; deadline: number | null },
): Payment {
  return {
    ...payment,
    amount,
    pg_tid: tid(payment),
    vbank_code: '088',
    vbank_name: '신한은행',
    vbank_num: `562${digitsOf(payment).slice(0, 11)}`,
    vbank_holder: payment.pg_provider === 'tosspayments' ? null : '다리테스트',
    vbank_date: unixSeconds(deadline ?? defaultDepositDeadline(payment.pg_provider, now)),
    vbank_issued_at: unixSeconds(now),
  }
}

export const awaitsDeposit = (payment: Payment): boolean =>
  payment.status === 'ready' && payment.vbank_issued_at > 0

export function receiveDeposit(payment: Payment, now: number): Payment {
  return { ...payment, status: 'paid', paid_at: unixSeconds(now) }
}

export function failPayment(payment: Payment, reason: string, now: number): Payment {
  return { ...payment, status: 'failed', fail_reason: reason, failed_at: unixSeconds(now) }
}
