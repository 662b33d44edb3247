import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Link } from '../../../src/edge/domain/links/link.ts'
import {
  decideSettlement,
  type SettlementInput,
} from '../../../src/edge/features/settlement/decide-settlement.ts'
import type { Payment } from '../../../src/edge/iamport/payment.ts'
import { newRegistration } from '../../../src/edge/store/cards/registration-row.ts'
import { aLink, aLinkPayment, aPayment } from '../support/builders.ts'
import { start } from '../support/start.ts'

const settle = (link: Partial<Link>, payment: Partial<Payment>, more: Partial<SettlementInput> = {}) =>
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

const held = (differences = {}) => ({ payment: aLinkPayment(differences) })
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

describe('decideSettlement for a payment through the link’s window', () => {
  test.each<[string, Partial<Link>, Partial<Payment>, object]>([
    ['pays an open link with an approved payment', {}, {}, { do: 'move', to: 'paid', late: false }],
    ['rejects an approved payment of a lower amount', {}, { amount: 9999 }, { do: 'reject', why: 'amount' }],
    [
      'rejects an approved payment in another currency',
      {},
      { currency: 'USD' },
      { do: 'reject', why: 'currency' },
    ],
    [
      'pays an open link with an approved payment that was partly refunded',
      {},
      { cancel_amount: 1 },
      { do: 'move', to: 'paid' },
    ],
    [
      'pays an open link with a partly refunded payment that i’mport calls cancelled',
      {},
      { status: 'cancelled', cancel_amount: 1 },
      { do: 'move', to: 'paid' },
    ],
    [
      'makes an open link await the deposit when a virtual account is issued',
      {},
      account,
      { do: 'move', to: 'awaiting_deposit' },
    ],
    [
      'reports a virtual account of another amount as pending',
      {},
      { ...account, amount: 1 },
      { do: 'nothing', attempt: { outcome: 'pending' } },
    ],
    [
      'reports an undecided payment of another amount as started',
      {},
      { status: 'ready', paid_at: null, amount: 1 },
      { do: 'nothing', attempt: { outcome: 'started' } },
    ],
    [
      'reports a virtual account with the number "unknown" as started',
      {},
      { ...account, vbank_num: 'unknown' },
      { do: 'nothing', attempt: { outcome: 'started' } },
    ],
    [
      'records a declined payment on an open link',
      {},
      { status: 'failed', paid_at: null },
      { do: 'record', attempt: { outcome: 'declined' } },
    ],
    [
      'records a payment that the customer cancelled on an open link',
      {},
      { status: 'failed', fail_reason: '[결제포기] 사용자가 결제를 취소' },
      { do: 'record', attempt: { outcome: 'cancelled' } },
    ],
    [
      'marks an open link as refunded when its payment was approved and refunded unnoticed',
      {},
      { status: 'cancelled', cancel_amount: 10_000 },
      { do: 'move', to: 'refunded' },
    ],
    [
      'records a payment that was cancelled before approval',
      {},
      { status: 'cancelled', paid_at: null },
      { do: 'record', as: 'cancelled', attempt: { outcome: 'cancelled' } },
    ],
    [
      'reports a payment with an unknown status as pending',
      {},
      { status: 'pending' },
      { do: 'nothing', attempt: { outcome: 'pending' } },
    ],
    ['pays a link with the deposit that it awaits', waiting, {}, { do: 'move', to: 'paid', late: false }],
    [
      'pays a link that awaits a deposit when a card payment is approved',
      waiting,
      { imp_uid: 'imp_2' },
      { do: 'move', to: 'paid' },
    ],
    [
      'records a second virtual account of a link that awaits a deposit',
      waiting,
      { ...account, imp_uid: 'imp_2' },
      { do: 'record', as: 'ready' },
    ],
    [
      'reopens a link when its virtual account fails',
      waiting,
      { status: 'failed' },
      { do: 'move', to: 'open' },
    ],
    [
      'records a failed attempt beside an awaited deposit',
      waiting,
      { status: 'failed', imp_uid: 'imp_2' },
      { do: 'record', as: 'failed' },
    ],
    [
      'marks a link as refunded when its deposit came and was refunded',
      waiting,
      { status: 'cancelled' },
      { do: 'move', to: 'refunded' },
    ],
    [
      'changes nothing when the payment of a paid link is reported again',
      { status: 'paid', ...held() },
      {},
      { do: 'nothing', attempt: { outcome: 'paid' } },
    ],
    [
      'rejects a second payment of a paid link',
      { status: 'paid', ...held() },
      { imp_uid: 'imp_2' },
      { do: 'reject', why: 'second_payment' },
    ],
    [
      'records the partial refund of a paid link',
      { status: 'paid', ...held() },
      { cancel_amount: 5 },
      { do: 'note_return', returned: 5 },
    ],
    [
      'ignores an outdated "ready" of a paid link’s payment',
      { status: 'paid', ...held() },
      account,
      { do: 'nothing', attempt: { outcome: 'paid' } },
    ],
    [
      'ignores an outdated "failed" of a paid link’s payment',
      { status: 'paid', ...held() },
      { status: 'failed' },
      { do: 'nothing', attempt: { outcome: 'paid' } },
    ],
    [
      'marks a paid link as refunded when its payment is refunded in full',
      { status: 'paid', ...held() },
      { status: 'cancelled' },
      { do: 'move', to: 'refunded' },
    ],
    [
      'records the refund of another payment on a paid link',
      { status: 'paid', ...held() },
      { status: 'cancelled', imp_uid: 'imp_2' },
      { do: 'record' },
    ],
    [
      'ignores an outdated "paid" of a refunded link’s payment',
      { status: 'refunded', ended_at: start, ...held() },
      {},
      { do: 'nothing', attempt: { outcome: 'refunded' } },
    ],
    [
      'rejects a new payment of a refunded link',
      { status: 'refunded', ended_at: start, ...held() },
      { imp_uid: 'imp_2' },
      { do: 'reject', why: 'second_payment' },
    ],
    [
      'marks a payment as late if it is approved after the link is disabled',
      { status: 'disabled', ended_at: start - 61_000 },
      {},
      { do: 'move', to: 'paid', late: true },
    ],
    [
      'does not mark a payment as late if it is approved before the link is disabled',
      { status: 'disabled', ended_at: start + 90_000 },
      {},
      { do: 'move', to: 'paid', late: false },
    ],
    [
      'records a virtual account that is issued on a disabled link',
      { status: 'disabled', ended_at: start },
      account,
      { do: 'record', attempt: { outcome: 'pending' } },
    ],
    [
      'marks a payment as late if it is approved after the link expires',
      { expires_at: start - 61_000 },
      {},
      { do: 'move', to: 'paid', late: true },
    ],
    [
      'does not mark a payment as late within the clock tolerance',
      { expires_at: start - 60_000 },
      {},
      { do: 'move', to: 'paid', late: false },
    ],
    [
      'does not mark a payment as late if it is approved before the link expires',
      { expires_at: start + 61_000 },
      {},
      { do: 'move', to: 'paid', late: false },
    ],
  ])('%s', (_, link, payment, wanted) => {
    expect(settle(link, payment)).toMatchObject(wanted)
  })

  test('rejects a late payment if the merchant refunds late payments', () => {
    const late = settle({ expires_at: start - 61_000 }, {}, { latePayment: 'refund' })
    expect(late).toEqual({ do: 'reject', why: 'late' })
  })
  test('rejects a payment if another link of the order is paid', () => {
    expect(settle({}, {}, { orderPaid: true })).toEqual({ do: 'reject', why: 'second_payment' })
  })
  test('keeps a rejected payment rejected', () => {
    for (const status of ['paid', 'cancelled'])
      expect(settle({}, { status }, { rejected: 'amount' })).toEqual({ do: 'reject', why: 'amount' })
  })
})

const disabledWaiting = { ...waiting, status: 'disabled' as const, ended_at: start + 90_000 }
const foreign = (same: boolean) => ({ do: 'record_foreign', attempt: { outcome: 'foreign', same } })
const ignored = { do: 'nothing', attempt: { outcome: 'ignored' } }

describe('decideSettlement for a payment from elsewhere', () => {
  test.each<[string, Partial<Payment>, object]>([
    ['records money of the link’s amount as foreign, with same = true', {}, foreign(true)],
    ['records money of another amount as foreign, with same = false', { amount: 9_999 }, foreign(false)],
    [
      'records refunded money as foreign, with same = false',
      { status: 'cancelled', cancel_amount: 10_000 },
      foreign(false),
    ],
    ['ignores a payment cancelled before approval', { status: 'cancelled', paid_at: null }, ignored],
    ['ignores a declined payment', { status: 'failed' }, ignored],
    ['ignores a virtual account', account, ignored],
    ['ignores an undecided payment', { status: 'pending' }, ignored],
  ])('%s', (_, payment, wanted) => {
    expect(settle({}, payment, { from: 'elsewhere' })).toEqual(wanted)
  })
  test('treats the payment that the link already holds as the link’s own', () => {
    const refunded = settle({ status: 'paid', ...held() }, { status: 'cancelled' }, { from: 'elsewhere' })
    expect(refunded).toMatchObject({ do: 'move', to: 'refunded' })
    const deposited = settle(waiting, { amount: 9_999 }, { from: 'elsewhere' })
    expect(deposited).toEqual({ do: 'reject', why: 'amount' })
  })
  test('keeps a rejected payment rejected', () => {
    expect(settle({}, {}, { from: 'elsewhere', rejected: 'late' })).toEqual({ do: 'reject', why: 'late' })
  })
})

describe('decideSettlement for a payment that probably came through a window', () => {
  test('pays the link if the amount is right', () => {
    expect(settle({}, {}, { from: 'likely' })).toMatchObject({ do: 'move', to: 'paid' })
  })
  test('records a declined payment', () => {
    const refused = settle({}, { status: 'failed' }, { from: 'likely' })
    expect(refused).toMatchObject({ do: 'record', as: 'failed' })
  })
  test.each<[string, Partial<Link>, Partial<Payment>, Partial<SettlementInput>, boolean]>([
    ['a payment of another amount', {}, { amount: 9_999 }, {}, false],
    ['a payment in another currency', {}, { currency: 'USD' }, {}, false],
    ['a second payment', { status: 'paid', ...held() }, { imp_uid: 'imp_2' }, {}, true],
    ['a late payment', { expires_at: start - 61_000 }, {}, { latePayment: 'refund' }, true],
  ])('records %s as foreign instead of refunding it', (_, link, payment, more, same) => {
    expect(settle(link, payment, { from: 'likely', ...more })).toEqual(foreign(same))
  })
  test('rejects a payment that the link holds or that was rejected before', () => {
    const other = settle(waiting, { amount: 9_999 }, { from: 'likely' })
    expect(other).toEqual({ do: 'reject', why: 'amount' })
    const again = settle({}, {}, { from: 'likely', rejected: 'amount' })
    expect(again).toEqual({ do: 'reject', why: 'amount' })
  })
})

describe('decideSettlement at a price that was replaced before the window opened', () => {
  test('rejects the payment for a wrong amount', () => {
    expect(settle({}, {}, { isPrice: false })).toEqual({ do: 'reject', why: 'amount' })
  })
  test('reports a virtual account as pending without binding the link to it', () => {
    const pending = { do: 'nothing', attempt: { outcome: 'pending' } }
    expect(settle({}, account, { isPrice: false })).toEqual(pending)
  })
})

describe('decideSettlement for a partly refunded payment', () => {
  const paid = { status: 'paid' as const, ...held({ returned: 5 }) }
  test('records only an increase of the refunded amount', () => {
    const attempt = { outcome: 'paid' }
    expect(settle(paid, { cancel_amount: 6 })).toEqual({ do: 'note_return', returned: 6, attempt })
    expect(settle(paid, { cancel_amount: 5 })).toEqual({ do: 'nothing', attempt })
    expect(settle(paid, { cancel_amount: 4 })).toEqual({ do: 'nothing', attempt })
  })
})

describe('decideSettlement on an approval', () => {
  const expired = { expires_at: start - 120_000 }
  const card = { imp_uid: 'imp_2' }
  const registration = newRegistration({ customer_uid: 'kim', customer_id: null, replace: false, form: true })
  const closed = { status: 'disabled' as const, ended_at: start - 61_000 }
  test.each<[string, Partial<Link>, Partial<Payment>, boolean]>([
    [
      'counts it as in time within the clock tolerance after the link was disabled',
      { ...closed, ended_at: start - 60_000 },
      {},
      false,
    ],
    ['counts it as late just past the clock tolerance', { ...closed, ended_at: start - 60_001 }, {}, true],
    [
      'counts it as in time if registering the link’s own card closed the link',
      { ...closed, registration: { ...registration, registered_at: closed.ended_at } },
      {},
      false,
    ],
    [
      'counts it as late if the link was closed before its card was registered',
      { ...closed, registration: { ...registration, registered_at: closed.ended_at + 1 } },
      {},
      true,
    ],
    [
      'counts it as in time after the expiry while a deposit is awaited',
      { ...waiting, ...expired },
      card,
      false,
    ],
    [
      'counts it as late after the expiry if the awaited account is unknown',
      { status: 'awaiting_deposit', ...expired },
      card,
      true,
    ],
    [
      'counts it as late after the expiry of a link that was disabled while awaiting a deposit',
      { ...disabledWaiting, ...expired },
      card,
      true,
    ],
    [
      'counts a deposit as in time after the expiry but before the account is due',
      expired,
      { ...account, status: 'paid', paid_at: start + 60_000 },
      false,
    ],
    [
      'counts a deposit as in time until an hour after the account is due',
      { expires_at: start + 36_000_000 },
      { ...account, status: 'paid', vbank_date: start, paid_at: start + 3_600_000 + 120_000 },
      false,
    ],
    [
      'counts a deposit as late an hour after the account is due, even if the link is open',
      { expires_at: start + 36_000_000 },
      { ...account, status: 'paid', vbank_date: start, paid_at: start + 3_600_000 + 120_001 },
      true,
    ],
  ])('%s', (_, link, payment, late) => {
    const why = late ? 'paid_late' : 'paid'
    const attempt = { outcome: 'paid' }
    expect(settle(link, payment)).toEqual({ do: 'move', to: 'paid', why, late, attempt })
  })
})

describe('decideSettlement on an issued virtual account', () => {
  const issued = { outcome: 'awaiting_deposit' }
  const move = { do: 'move', to: 'awaiting_deposit', why: 'account_issued', late: false, attempt: issued }
  const recordOnly = { do: 'record', as: 'ready', attempt: { outcome: 'pending' } }
  const now = start + 120_000
  test('makes the link await the deposit', () => {
    expect(settle({}, account)).toEqual(move)
  })
  test('does not make the link await the deposit an hour after the account was due', () => {
    const due = (vbank_date: number) => settle({}, { ...account, vbank_date })
    expect(due(now - 3_600_000)).toEqual({ do: 'nothing', attempt: { outcome: 'cancelled' } })
    expect(due(now - 3_600_000 + 1)).toEqual(move)
  })
  test('changes nothing if the link already awaits this deposit', () => {
    expect(settle(waiting, account)).toEqual({ do: 'nothing', attempt: issued })
  })
  test('records a second account beside the awaited one', () => {
    const second = settle(waiting, { ...account, imp_uid: 'imp_2' })
    expect(second).toEqual({ do: 'record', as: 'ready', attempt: issued })
  })
  test('only records it if another link of the order is paid', () => {
    expect(settle({}, account, { orderPaid: true })).toEqual(recordOnly)
  })
  test('makes an expired link await the deposit if the merchant keeps late payments', () => {
    const late = { ...account, vbank_issued_at: start + 1 }
    expect(settle({ expires_at: start - 120_000 }, late, { latePayment: 'keep' })).toEqual(move)
  })
  test('only records it after the expiry, within the clock tolerance, if late payments are refunded', () => {
    const refund = { latePayment: 'refund' as const }
    const at = (vbank_issued_at: number | null, expires_at: number) =>
      settle({ expires_at }, { ...account, vbank_issued_at }, refund)
    expect(at(start, start - 120_000)).toEqual(move)
    expect(at(start + 1, start - 120_000)).toEqual(recordOnly)
    // Without an issue time from upstream, it counts as issued now.
    expect(at(null, now - 120_000)).toEqual(move)
    expect(at(null, now - 120_001)).toEqual(recordOnly)
  })
})

describe('decideSettlement on a closed virtual account', () => {
  const unpaid = { status: 'cancelled', paid_at: null }
  test('reopens the link that awaited its deposit', () => {
    const move = { do: 'move', to: 'open', why: 'account_closed', late: false }
    expect(settle(waiting, { status: 'failed' })).toEqual({ ...move, attempt: { outcome: 'declined' } })
    expect(settle(waiting, unpaid)).toEqual({ ...move, attempt: { outcome: 'cancelled' } })
  })
  test.each<[string, Partial<Payment>, object]>([
    ['failed', { status: 'failed' }, { as: 'failed', attempt: { outcome: 'declined' } }],
    ['was cancelled unpaid', unpaid, { as: 'cancelled', attempt: { outcome: 'cancelled' } }],
    ['was paid and refunded', { status: 'cancelled' }, { as: 'cancelled', attempt: { outcome: 'refunded' } }],
  ])('leaves a disabled link unchanged if the account %s', (_, payment, wanted) => {
    expect(settle(disabledWaiting, payment)).toEqual({ do: 'record', ...wanted })
  })
})

describe('decideSettlement on a refunded payment', () => {
  const refund = { status: 'cancelled', cancel_amount: 10_000 }
  const attempt = { outcome: 'refunded' }
  const move = { do: 'move', to: 'refunded', why: 'refunded', late: false, attempt }
  test.each<[string, Partial<Link>]>([
    ['a paid link', { status: 'paid', ...held() }],
    ['a link that awaits its deposit', waiting],
    ['an open link that never saw the payment', {}],
  ])('marks %s as refunded', (_, link) => {
    expect(settle(link, refund)).toEqual(move)
  })
  test('changes nothing on a link that is already refunded', () => {
    expect(settle({ status: 'refunded', ended_at: start, ...held() }, refund)).toEqual({
      do: 'nothing',
      attempt,
    })
  })
  test.each<[string, Partial<Payment>, Partial<SettlementInput>]>([
    ['the amount differs', { amount: 9_999 }, {}],
    ['the price was replaced', {}, { isPrice: false }],
    ['another link of the order is paid', {}, { orderPaid: true }],
  ])('leaves an open link unchanged if %s', (_, payment, more) => {
    expect(settle({}, { ...refund, ...payment }, more)).toEqual({ do: 'record', as: 'cancelled', attempt })
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

test('for any sequence of i’mport answers, a link is paid at most once, by the right amount, and leaves "paid" only by a refund', () => {
  fc.assert(
    fc.property(
      fc.array(anyPayment, { maxLength: 12 }),
      fc.constantFrom('keep' as const, 'refund' as const),
      (answers, latePayment) => {
        let link = aLink()
        let timesPaid = 0
        for (const differences of answers) {
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
          const holdsPayment = decision.to !== 'open'
          link = {
            ...link,
            status: decision.to,
            ended_at: decision.to === 'refunded' ? start : null,
            payment: holdsPayment
              ? aLinkPayment({ imp_uid: payment.imp_uid, paid_at: payment.paid_at })
              : null,
          }
        }
        expect(timesPaid).toBeLessThanOrEqual(1)
      },
    ),
    { numRuns: 2000 },
  )
})
