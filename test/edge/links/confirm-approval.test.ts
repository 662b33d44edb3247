import { describe, expect, test } from 'vitest'
import type { Link } from '../../../src/edge/domain/links/link.ts'
import { confirmApproval } from '../../../src/edge/features/links/confirm-approval.ts'
import { newRegistration } from '../../../src/edge/store/cards/registration-row.ts'
import { aLink, aLinkPayment } from '../support/builders.ts'
import { start } from '../support/start.ts'

const asked = { merchant_uid: 'order-1', amount: 10_000 as unknown }
const registered = {
  ...newRegistration({ customer_uid: 'kim', customer_id: null, replace: false, form: false }),
  registered_at: start,
}

describe('confirmApproval', () => {
  test.each([10_000, '10000', '10000.0'])('approves an open link’s exact amount (%j)', (amount) => {
    expect(confirmApproval(aLink(), { ...asked, amount }, start)).toEqual({ ok: true })
  })
  test.each<[string, Partial<Link>, Partial<typeof asked>, string]>([
    ['a link that is paid', { status: 'paid', payment: aLinkPayment() }, {}, '이미 결제된 주문'],
    ['an open link whose order is paid elsewhere', { paid_elsewhere: true }, {}, '이미 결제된 주문'],
    ['a link at its expiry', { expires_at: start }, {}, '결제 기한이 지난 주문'],
    ['a link that awaits a deposit', { status: 'awaiting_deposit' }, {}, '결제할 수 없는 주문'],
    ['a disabled link', { status: 'disabled' }, {}, '결제할 수 없는 주문'],
    ['a refunded link', { status: 'refunded' }, {}, '결제할 수 없는 주문'],
    ['a link whose card is registered', { registration: registered }, {}, '결제할 수 없는 주문'],
    ['another order number', {}, { merchant_uid: 'order-2' }, '주문번호 불일치'],
    ['a higher amount', {}, { amount: 10_001 }, '결제 금액 불일치'],
    ['a lower amount', {}, { amount: 9_999 }, '결제 금액 불일치'],
    ['a fraction of a won', {}, { amount: 10_000.5 }, '결제 금액 불일치'],
    ['no amount', {}, { amount: undefined }, '결제 금액 불일치'],
  ])('rejects %s', (_, link, differences, reason) => {
    expect(confirmApproval(aLink(link), { ...asked, ...differences }, start)).toEqual({ ok: false, reason })
  })
})
