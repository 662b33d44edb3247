import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Payment } from '../../src/edge/iamport/payment.ts'
import type { Link } from '../../src/edge/link.ts'
import { decideSettlement, type Question } from '../../src/edge/rules/decide-settlement.ts'
import { aHeldPayment, aLink, aPayment } from './builders.ts'
import { start } from './start.ts'

const decide = (link: Partial<Link>, payment: Partial<Payment>, more: Partial<Question> = {}) =>
  decideSettlement({
    link: aLink(link),
    payment: aPayment(payment),
    from: 'window',
    isPrice: true,
    rejected: null,
    orderPaid: false,
    latePayment: 'keep',
    now: start + 120_000,
    ...more,
  })

const held = (differences = {}) => ({ payment: aHeldPayment(differences) })
const account = {
  status: 'ready',
  paid_at: null,
  vbank_num: '1',
  vbank_name: '은행',
  vbank_date: start + 7_200_000,
}
const waiting = {
  status: 'awaiting_deposit' as const,
  ...held({ paid_at: null, deposit: { bank: '', account: '1', holder: null, due_at: start + 7_200_000 } }),
}

describe('one payment and one link', () => {
  test.each<[string, Partial<Link>, Partial<Payment>, object]>([
    ['open, approved', {}, {}, { do: 'move', to: 'paid', late: false }],
    ['open, approved for less', {}, { amount: 9999 }, { do: 'reject', why: 'amount' }],
    ['open, approved in dollars', {}, { currency: 'USD' }, { do: 'reject', why: 'currency' }],
    ['open, approved then part returned', {}, { cancel_amount: 1 }, { do: 'move', to: 'paid' }],
    [
      'open, part returned as cancelled',
      {},
      { status: 'cancelled', cancel_amount: 1 },
      { do: 'move', to: 'paid' },
    ],
    ['open, account issued', {}, account, { do: 'move', to: 'awaiting_deposit' }],
    [
      'open, account of another amount',
      {},
      { ...account, amount: 1 },
      { do: 'nothing', attempt: { outcome: 'ignored' } },
    ],
    [
      'open, account called "unknown"',
      {},
      { ...account, vbank_num: 'unknown' },
      { do: 'nothing', attempt: { outcome: 'started' } },
    ],
    [
      'open, refused',
      {},
      { status: 'failed', paid_at: null },
      { do: 'record', attempt: { outcome: 'declined' } },
    ],
    [
      'open, left',
      {},
      { status: 'failed', fail_reason: '[결제포기] 사용자가 결제를 취소' },
      { do: 'record', attempt: { outcome: 'cancelled' } },
    ],
    [
      'open, paid and returned unheard',
      {},
      { status: 'cancelled', cancel_amount: 10_000 },
      { do: 'move', to: 'refunded' },
    ],
    [
      'open, cancelled unpaid',
      {},
      { status: 'cancelled', paid_at: null },
      { do: 'record', as: 'cancelled', attempt: { outcome: 'cancelled' } },
    ],
    ['open, who knows', {}, { status: 'pending' }, { do: 'nothing', attempt: { outcome: 'pending' } }],
    ['waiting, its deposit', waiting, {}, { do: 'move', to: 'paid', late: false }],
    ['waiting, paid by card meanwhile', waiting, { imp_uid: 'imp_2' }, { do: 'move', to: 'paid' }],
    ['waiting, a second account', waiting, { ...account, imp_uid: 'imp_2' }, { do: 'record', as: 'ready' }],
    ['waiting, its account failed', waiting, { status: 'failed' }, { do: 'move', to: 'open' }],
    [
      'waiting, another attempt failed',
      waiting,
      { status: 'failed', imp_uid: 'imp_2' },
      { do: 'record', as: 'failed' },
    ],
    ['waiting, deposited and returned', waiting, { status: 'cancelled' }, { do: 'move', to: 'refunded' }],
    ['paid, again', { status: 'paid', ...held() }, {}, { do: 'nothing', attempt: { outcome: 'paid' } }],
    [
      'paid, by another',
      { status: 'paid', ...held() },
      { imp_uid: 'imp_2' },
      { do: 'reject', why: 'second_payment' },
    ],
    [
      'paid, part returned',
      { status: 'paid', ...held() },
      { cancel_amount: 5 },
      { do: 'note_return', returned: 5 },
    ],
    [
      'paid, an older "ready"',
      { status: 'paid', ...held() },
      account,
      { do: 'nothing', attempt: { outcome: 'paid' } },
    ],
    [
      'paid, an older "failed"',
      { status: 'paid', ...held() },
      { status: 'failed' },
      { do: 'nothing', attempt: { outcome: 'paid' } },
    ],
    [
      'paid, returned',
      { status: 'paid', ...held() },
      { status: 'cancelled' },
      { do: 'move', to: 'refunded' },
    ],
    [
      'paid, another was returned',
      { status: 'paid', ...held() },
      { status: 'cancelled', imp_uid: 'imp_2' },
      { do: 'record' },
    ],
    [
      'refunded, an older "paid"',
      { status: 'refunded', ended_at: start, ...held() },
      {},
      { do: 'nothing', attempt: { outcome: 'refunded' } },
    ],
    [
      'refunded, paid anew',
      { status: 'refunded', ended_at: start, ...held() },
      { imp_uid: 'imp_2' },
      { do: 'reject', why: 'second_payment' },
    ],
    [
      'disabled before it was approved',
      { status: 'disabled', ended_at: start - 61_000 },
      {},
      { do: 'move', to: 'paid', late: true },
    ],
    [
      'disabled after it was approved',
      { status: 'disabled', ended_at: start + 90_000 },
      {},
      { do: 'move', to: 'paid', late: false },
    ],
    [
      'disabled, account issued',
      { status: 'disabled', ended_at: start },
      account,
      { do: 'record', attempt: { outcome: 'pending' } },
    ],
    ['expired, approved after', { expires_at: start - 61_000 }, {}, { do: 'move', to: 'paid', late: true }],
    [
      'expired, approved within what the clocks may differ by',
      { expires_at: start - 60_000 },
      {},
      { do: 'move', to: 'paid', late: false },
    ],
    ['expired, approved before', { expires_at: start + 61_000 }, {}, { do: 'move', to: 'paid', late: false }],
  ])('%s', (_, link, payment, wanted) => {
    expect(decide(link, payment)).toMatchObject(wanted)
  })

  test('a late payment is rejected where the shop wants none', () => {
    const late = decide({ expires_at: start - 61_000 }, {}, { latePayment: 'refund' })
    expect(late).toEqual({ do: 'reject', why: 'late' })
  })
  test('an order that another link took the money for takes no more', () => {
    expect(decide({}, {}, { orderPaid: true })).toEqual({ do: 'reject', why: 'second_payment' })
  })
  test('what was rejected stays rejected', () => {
    for (const status of ['paid', 'cancelled'])
      expect(decide({}, { status }, { rejected: 'amount' })).toEqual({ do: 'reject', why: 'amount' })
  })
})

const anyPayment = fc.record({
  imp_uid: fc.constantFrom('imp_1', 'imp_2', 'imp_3'),
  status: fc.constantFrom('ready', 'paid', 'failed', 'cancelled', 'odd'),
  amount: fc.constantFrom(10_000, 9_999, 0),
  cancel_amount: fc.constantFrom(0, 1, 10_000),
  currency: fc.constantFrom('KRW', 'USD'),
  paid_at: fc.constantFrom(null, start + 1, start + 9_000_000),
  vbank_num: fc.constantFrom(null, '1'),
})

test('whatever i’mport says, in any order: paid once, by the right money, and left only by a refund', () => {
  fc.assert(
    fc.property(
      fc.array(anyPayment, { maxLength: 12 }),
      fc.constantFrom('keep' as const, 'refund' as const),
      (news, latePayment) => {
        let link = aLink()
        let timesPaid = 0
        for (const differences of news) {
          const payment = aPayment(differences)
          const decision = decideSettlement({
            link,
            payment,
            from: 'window',
            isPrice: true,
            rejected: null,
            orderPaid: false,
            latePayment,
            now: start + 120_000,
          })
          if (decision.do !== 'move') {
            if ('attempt' in decision && decision.attempt.outcome === 'paid') expect(link.status).toBe('paid')
            continue
          }
          if (decision.to === 'paid') {
            timesPaid++
            expect([payment.amount, payment.currency]).toEqual([link.amount, link.currency])
          }
          if (link.status === 'paid')
            expect([decision.to, payment.imp_uid]).toEqual(['refunded', link.payment?.imp_uid])
          expect(link.status).not.toBe('refunded')
          const keeps = decision.to !== 'open'
          link = {
            ...link,
            status: decision.to,
            ended_at: decision.to === 'refunded' ? start : null,
            payment: keeps ? aHeldPayment({ imp_uid: payment.imp_uid, paid_at: payment.paid_at }) : null,
          }
        }
        expect(timesPaid).toBeLessThanOrEqual(1)
      },
    ),
    { numRuns: 2000 },
  )
})
