import { ordinaryDue } from './deposit-deadline.ts'
import { type Payment, unixSeconds } from './payment.ts'

export interface Approval {
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

/** Every made-up number grows out of the payment's own digits, so the same payment always looks the same. */
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

/** Some gateways report another method than the one they were asked for. */
function reportedMethod({ pg_provider, pay_method }: Payment): string {
  if (pg_provider === 'kakaopay') return 'point'
  if (pg_provider.startsWith('paypal')) return 'paypal'
  return pay_method === 'samsungpay' ? 'samsung' : pay_method
}

export function approve(payment: Payment, { amount, now, receiptUrl }: Approval): Payment {
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

/** Gives the customer an account to pay into; the money itself comes later (`deposit`). */
export function issueAccount(
  payment: Payment,
  { amount, now, due }: { amount: number; now: number; due: number | null },
): Payment {
  return {
    ...payment,
    amount,
    pg_tid: tid(payment),
    vbank_code: '088',
    vbank_name: '신한은행',
    vbank_num: `562${digitsOf(payment).slice(0, 11)}`,
    vbank_holder: payment.pg_provider === 'tosspayments' ? null : '다리테스트',
    vbank_date: unixSeconds(due ?? ordinaryDue(payment.pg_provider, now)),
    vbank_issued_at: unixSeconds(now),
  }
}

export const awaitsDeposit = (payment: Payment): boolean =>
  payment.status === 'ready' && payment.vbank_issued_at > 0

export function deposit(payment: Payment, now: number): Payment {
  return { ...payment, status: 'paid', paid_at: unixSeconds(now) }
}

export function refuse(payment: Payment, reason: string, now: number): Payment {
  return { ...payment, status: 'failed', fail_reason: reason, failed_at: unixSeconds(now) }
}
