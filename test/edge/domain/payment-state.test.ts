import { describe, expect, test } from 'vitest'
import {
  paymentStateOf,
  virtualAccountOf,
  wasAbandoned,
} from '../../../src/edge/domain/payments/payment-state.ts'
import { aPayment } from '../support/builders.ts'
import { start } from '../support/start.ts'

describe('a payment of 10,000', () => {
  test.each([
    ['that is paid, is paid', 'paid', 0, 'paid'],
    ['that is paid and all but a won given back, is paid', 'paid', 9_999, 'paid'],
    ['that is paid and all given back, is returned', 'paid', 10_000, 'returned'],
    ['that is paid and more than all given back, is returned', 'paid', 10_001, 'returned'],
    ['that is cancelled before any money came, is returned', 'cancelled', 0, 'returned'],
    ['that is cancelled for a won, is paid', 'cancelled', 1, 'paid'],
    ['that is cancelled for all but a won, is paid', 'cancelled', 9_999, 'paid'],
    ['that is cancelled as a whole, is returned', 'cancelled', 10_000, 'returned'],
    ['that has an account, is ready', 'ready', 0, 'ready'],
    ['that was refused, has failed', 'failed', 0, 'failed'],
    ['that i’mport says something new of, is undecided', 'pending', 0, 'undecided'],
  ] as const)('%s', (_, status, cancel_amount, standing) => {
    expect(paymentStateOf(aPayment({ status, cancel_amount }))).toBe(standing)
  })
})

test('a payment of nothing is paid, with nothing to give back', () => {
  expect(paymentStateOf(aPayment({ amount: 0 }))).toBe('paid')
})

describe('the account to pay into', () => {
  const issued = { vbank_num: '1', vbank_name: '은행', vbank_holder: '다리', vbank_date: start }
  test('is what upstream says of it', () => {
    const account = { bank: '은행', account: '1', holder: '다리', due_at: start }
    expect(virtualAccountOf(aPayment(issued))).toEqual(account)
    expect(virtualAccountOf(aPayment({ ...issued, vbank_name: null }))).toEqual({ ...account, bank: '' })
  })
  test.each([null, '', 'unknown'])('is none where its number is %j', (vbank_num) => {
    expect(virtualAccountOf(aPayment({ ...issued, vbank_num }))).toBeNull()
  })
})

test.each([
  ['사용자가 결제를 취소하셨습니다', true],
  ['[결제포기] 결제를 포기하셨습니다', true],
  ['사용자가 결제를 종료했습니다', true],
  ['결제창을 닫았습니다', true],
  ['PAY_PROCESS_CANCELED', true],
  ['user closed the window', true],
  ['USEREXIT', true],
  ['한도초과', false],
  ['고객사 요청에 의해 결제를 중단합니다. (상세사유 : 재고 부족)', false],
  [null, false],
])('"%s": did the customer leave? %s', (reason, left) => {
  expect(wasAbandoned(reason)).toBe(left)
})
