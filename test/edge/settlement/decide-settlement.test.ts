import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Link } from '../../../src/edge/domain/links/link.ts'
import {
  decideSettlement,
  type SettlementInput,
} from '../../../src/edge/features/settlement/decide-settlement.ts'
import type { Payment } from '../../../src/edge/iamport/payment.ts'
import { newRegistration } from '../../../src/edge/store/cards/registration-row.ts'
import { aHeldPayment, aLink, aPayment } from '../support/builders.ts'
import { start } from '../support/start.ts'

const decide = (link: Partial<Link>, payment: Partial<Payment>, more: Partial<SettlementInput> = {}) =>
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
      { do: 'nothing', attempt: { outcome: 'pending' } },
    ],
    [
      'open, a window of another amount that upstream has not decided',
      {},
      { status: 'ready', paid_at: null, amount: 1 },
      { do: 'nothing', attempt: { outcome: 'started' } },
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

const disabledWaiting = { ...waiting, status: 'disabled' as const, ended_at: start + 90_000 }
const foreign = (same: boolean) => ({ do: 'record_foreign', attempt: { outcome: 'foreign', same } })
const ignored = { do: 'nothing', attempt: { outcome: 'ignored' } }

describe('a payment from elsewhere', () => {
  test.each<[string, Partial<Payment>, object]>([
    ['of the link’s money is told as foreign, and as the same', {}, foreign(true)],
    ['of other money is told as foreign', { amount: 9_999 }, foreign(false)],
    [
      'that was given back is told as foreign',
      { status: 'cancelled', cancel_amount: 10_000 },
      foreign(false),
    ],
    ['that was cancelled before any money came is ignored', { status: 'cancelled', paid_at: null }, ignored],
    ['that was refused is ignored', { status: 'failed' }, ignored],
    ['that has an account is ignored', account, ignored],
    ['that is undecided is ignored', { status: 'pending' }, ignored],
  ])('%s', (_, payment, wanted) => {
    expect(decide({}, payment, { from: 'elsewhere' })).toEqual(wanted)
  })
  test('that the link holds already is the link’s own', () => {
    const refunded = decide({ status: 'paid', ...held() }, { status: 'cancelled' }, { from: 'elsewhere' })
    expect(refunded).toMatchObject({ do: 'move', to: 'refunded' })
    const deposited = decide(waiting, { amount: 9_999 }, { from: 'elsewhere' })
    expect(deposited).toEqual({ do: 'reject', why: 'amount' })
  })
  test('that was rejected before is rejected again', () => {
    expect(decide({}, {}, { from: 'elsewhere', rejected: 'late' })).toEqual({ do: 'reject', why: 'late' })
  })
})

describe('a payment that came likely through a window', () => {
  test('is kept where it is of the right money', () => {
    expect(decide({}, {}, { from: 'likely' })).toMatchObject({ do: 'move', to: 'paid' })
  })
  test('is recorded where it was refused', () => {
    const refused = decide({}, { status: 'failed' }, { from: 'likely' })
    expect(refused).toMatchObject({ do: 'record', as: 'failed' })
  })
  test.each<[string, Partial<Link>, Partial<Payment>, Partial<SettlementInput>, boolean]>([
    ['of another amount', {}, { amount: 9_999 }, {}, false],
    ['of another currency', {}, { currency: 'USD' }, {}, false],
    ['that is a second one', { status: 'paid', ...held() }, { imp_uid: 'imp_2' }, {}, true],
    ['that is late', { expires_at: start - 61_000 }, {}, { latePayment: 'refund' }, true],
  ])('%s is told as foreign, not given back', (_, link, payment, more, same) => {
    expect(decide(link, payment, { from: 'likely', ...more })).toEqual(foreign(same))
  })
  test('is given back where the link holds it, or it was rejected before', () => {
    const other = decide(waiting, { amount: 9_999 }, { from: 'likely' })
    expect(other).toEqual({ do: 'reject', why: 'amount' })
    const again = decide({}, {}, { from: 'likely', rejected: 'amount' })
    expect(again).toEqual({ do: 'reject', why: 'amount' })
  })
})

describe('of a price that was replaced before the window was opened', () => {
  test('money is rejected as a wrong amount', () => {
    expect(decide({}, {}, { isPrice: false })).toEqual({ do: 'reject', why: 'amount' })
  })
  test('an account binds no link, and is asked about until it is over', () => {
    const pending = { do: 'nothing', attempt: { outcome: 'pending' } }
    expect(decide({}, account, { isPrice: false })).toEqual(pending)
  })
})

describe('money that is given back in parts', () => {
  const paid = { status: 'paid' as const, ...held({ returned: 5 }) }
  test('is noted when it has become more', () => {
    const attempt = { outcome: 'paid' }
    expect(decide(paid, { cancel_amount: 6 })).toEqual({ do: 'note_return', returned: 6, attempt })
    expect(decide(paid, { cancel_amount: 5 })).toEqual({ do: 'nothing', attempt })
    expect(decide(paid, { cancel_amount: 4 })).toEqual({ do: 'nothing', attempt })
  })
})

describe('an approval', () => {
  const expired = { expires_at: start - 120_000 }
  const card = { imp_uid: 'imp_2' }
  const registration = newRegistration({ customer_uid: 'kim', customer_id: null, replace: false, form: true })
  const closed = { status: 'disabled' as const, ended_at: start - 61_000 }
  test.each<[string, Partial<Link>, Partial<Payment>, boolean]>([
    [
      'is in time as far as the clocks may differ from when the link was closed',
      { ...closed, ended_at: start - 60_000 },
      {},
      false,
    ],
    ['is late a moment after that', { ...closed, ended_at: start - 60_001 }, {}, true],
    [
      'is in time where the link was closed by its own card, which was registered just before',
      { ...closed, registration: { ...registration, registered_at: closed.ended_at } },
      {},
      false,
    ],
    [
      'is late where the link was closed before its card was registered',
      { ...closed, registration: { ...registration, registered_at: closed.ended_at + 1 } },
      {},
      true,
    ],
    [
      'is in time past the link’s end, while an account is still to be paid into',
      { ...waiting, ...expired },
      card,
      false,
    ],
    [
      'is late past the link’s end, while nothing is known of the account',
      { status: 'awaiting_deposit', ...expired },
      card,
      true,
    ],
    [
      'is late past the end of a link that was closed with such an account',
      { ...disabledWaiting, ...expired },
      card,
      true,
    ],
    [
      'is in time past the link’s end, before its own account is due',
      expired,
      { ...account, status: 'paid', paid_at: start + 60_000 },
      false,
    ],
    [
      'is in time until an hour after its account was due',
      { expires_at: start + 36_000_000 },
      { ...account, status: 'paid', vbank_date: start, paid_at: start + 3_600_000 + 120_000 },
      false,
    ],
    [
      'is late from then on, however long the link itself is open',
      { expires_at: start + 36_000_000 },
      { ...account, status: 'paid', vbank_date: start, paid_at: start + 3_600_000 + 120_001 },
      true,
    ],
  ])('%s', (_, link, payment, late) => {
    const why = late ? 'paid_late' : 'paid'
    const attempt = { outcome: 'paid' }
    expect(decide(link, payment)).toEqual({ do: 'move', to: 'paid', why, late, attempt })
  })
})

describe('an account that is issued', () => {
  const issued = { outcome: 'awaiting_deposit' }
  const move = { do: 'move', to: 'awaiting_deposit', why: 'account_issued', late: false, attempt: issued }
  const aside = { do: 'record', as: 'ready', attempt: { outcome: 'pending' } }
  const now = start + 120_000
  test('binds the link', () => {
    expect(decide({}, account)).toEqual(move)
  })
  test('binds it no more an hour after it was due', () => {
    const due = (vbank_date: number) => decide({}, { ...account, vbank_date })
    expect(due(now - 3_600_000)).toEqual({ do: 'nothing', attempt: { outcome: 'cancelled' } })
    expect(due(now - 3_600_000 + 1)).toEqual(move)
  })
  test('is no news while the link waits for its money', () => {
    expect(decide(waiting, account)).toEqual({ do: 'nothing', attempt: issued })
  })
  test('is recorded beside the one that the link waits for', () => {
    const second = decide(waiting, { ...account, imp_uid: 'imp_2' })
    expect(second).toEqual({ do: 'record', as: 'ready', attempt: issued })
  })
  test('is only recorded where another link of the order is paid', () => {
    expect(decide({}, account, { orderPaid: true })).toEqual(aside)
  })
  test('binds an expired link where the shop keeps late payments', () => {
    const late = { ...account, vbank_issued_at: start + 1 }
    expect(decide({ expires_at: start - 120_000 }, late, { latePayment: 'keep' })).toEqual(move)
  })
  test('is only recorded after the link’s end, give or take the clocks, where the shop keeps none', () => {
    const refund = { latePayment: 'refund' as const }
    const at = (vbank_issued_at: number | null, expires_at: number) =>
      decide({ expires_at }, { ...account, vbank_issued_at }, refund)
    expect(at(start, start - 120_000)).toEqual(move)
    expect(at(start + 1, start - 120_000)).toEqual(aside)
    // Where upstream does not tell when, it counts as issued now.
    expect(at(null, now - 120_000)).toEqual(move)
    expect(at(null, now - 120_001)).toEqual(aside)
  })
})

describe('an account that is closed', () => {
  const unpaid = { status: 'cancelled', paid_at: null }
  test('opens the link that waited for it', () => {
    const move = { do: 'move', to: 'open', why: 'account_closed', late: false }
    expect(decide(waiting, { status: 'failed' })).toEqual({ ...move, attempt: { outcome: 'declined' } })
    expect(decide(waiting, unpaid)).toEqual({ ...move, attempt: { outcome: 'cancelled' } })
  })
  test.each<[string, Partial<Payment>, object]>([
    ['failed', { status: 'failed' }, { as: 'failed', attempt: { outcome: 'declined' } }],
    ['was cancelled unpaid', unpaid, { as: 'cancelled', attempt: { outcome: 'cancelled' } }],
    [
      'was paid and given back',
      { status: 'cancelled' },
      { as: 'cancelled', attempt: { outcome: 'refunded' } },
    ],
  ])('leaves a disabled link as it is, where it %s', (_, payment, wanted) => {
    expect(decide(disabledWaiting, payment)).toEqual({ do: 'record', ...wanted })
  })
})

describe('a payment that was given back', () => {
  const back = { status: 'cancelled', cancel_amount: 10_000 }
  const attempt = { outcome: 'refunded' }
  const move = { do: 'move', to: 'refunded', why: 'refunded', late: false, attempt }
  test.each<[string, Partial<Link>]>([
    ['that is paid by it', { status: 'paid', ...held() }],
    ['that waited for it', waiting],
    ['that is open, and never heard of it', {}],
  ])('ends a link %s', (_, link) => {
    expect(decide(link, back)).toEqual(move)
  })
  test('is no news to the link that it has ended', () => {
    expect(decide({ status: 'refunded', ended_at: start, ...held() }, back)).toEqual({
      do: 'nothing',
      attempt,
    })
  })
  test.each<[string, Partial<Payment>, Partial<SettlementInput>]>([
    ['it was of another amount', { amount: 9_999 }, {}],
    ['it was of a price that was replaced', {}, { isPrice: false }],
    ['another link of the order is paid', {}, { orderPaid: true }],
  ])('leaves an open link as it is, where %s', (_, payment, more) => {
    expect(decide({}, { ...back, ...payment }, more)).toEqual({ do: 'record', as: 'cancelled', attempt })
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
