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
    ['that is paid is paid', 'paid', 0, 'paid'],
    ['that is paid and refunded except for one won is paid', 'paid', 9_999, 'paid'],
    ['that is paid and fully refunded is returned', 'paid', 10_000, 'returned'],
    ['that is paid and refunded by more than its amount is returned', 'paid', 10_001, 'returned'],
    ['that is cancelled before approval is returned', 'cancelled', 0, 'returned'],
    ['that is cancelled for one won is paid', 'cancelled', 1, 'paid'],
    ['that is cancelled except for one won is paid', 'cancelled', 9_999, 'paid'],
    ['that is cancelled as a whole is returned', 'cancelled', 10_000, 'returned'],
    ['that has a virtual account is ready', 'ready', 0, 'ready'],
    ['that was declined is failed', 'failed', 0, 'failed'],
    ['that has an unknown status is undecided', 'pending', 0, 'undecided'],
  ] as const)('%s', (_, status, cancel_amount, standing) => {
    expect(paymentStateOf(aPayment({ status, cancel_amount }))).toBe(standing)
  })
})

test('a payment of zero is paid and not refundable', () => {
  expect(paymentStateOf(aPayment({ amount: 0 }))).toBe('paid')
})

describe('the virtual account of a payment', () => {
  const issued = { vbank_num: '1', vbank_name: '은행', vbank_holder: '다리', vbank_date: start }
  test('has upstream’s details', () => {
    const account = { bank: '은행', account: '1', holder: '다리', due_at: start }
    expect(virtualAccountOf(aPayment(issued))).toEqual(account)
    expect(virtualAccountOf(aPayment({ ...issued, vbank_name: null }))).toEqual({ ...account, bank: '' })
  })
  test.each([null, '', 'unknown'])('is missing if its number is %j', (vbank_num) => {
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
])('the failure reason "%s" means that the customer left: %s', (reason, left) => {
  expect(wasAbandoned(reason)).toBe(left)
})
