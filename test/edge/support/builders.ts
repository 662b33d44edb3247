import type { Link, LinkPayment } from '../../../src/edge/domain/links/link.ts'
import type { Permission } from '../../../src/edge/domain/payments/payment-origin.ts'
import type { Payment } from '../../../src/edge/iamport/payment.ts'
import type { PaymentsTable } from '../../../src/edge/store/sql/tables.ts'
import { start } from './start.ts'

export function aLink(differences: Partial<Link> = {}): Link {
  return {
    id: '0123456789abcdefgh',
    user_code: 'imp11111111',
    tier: '',
    merchant_uid: 'order-1',
    title: '다리 상점',
    name: '사과 5kg',
    amount: 10_000,
    currency: 'KRW',
    tax_free: null,
    language: null,
    display_language: null,
    buyer: { name: null, tel: null, addr: null, email: null, postcode: null },
    custom_data: null,
    notice_url: null,
    methods: [{ key: 'm1', label: '카드', pay_method: 'card', provider: 'html5_inicis', pg: 'html5_inicis' }],
    direct: false,
    expires_at: start + 3_600_000,
    status: 'open',
    move_id: 'move-1',
    content_hash: 'hash',
    created_at: start,
    ended_at: null,
    payment: null,
    ...differences,
  }
}

export function aLinkPayment(differences: Partial<LinkPayment> = {}): LinkPayment {
  return {
    imp_uid: 'imp_1',
    pay_method: 'card',
    method_key: 'm1',
    gateway: 'listed',
    late: false,
    paid_at: start + 60_000,
    returned: 0,
    receipt_url: null,
    deposit: null,
    ...differences,
  }
}

export function aPayment(differences: Partial<Payment> = {}): Payment {
  return {
    imp_uid: 'imp_1',
    merchant_uid: 'order-1',
    status: 'paid',
    amount: 10_000,
    cancel_amount: 0,
    currency: 'KRW',
    sandbox: false,
    channel: 'pc',
    name: null,
    custom_data: null,
    customer_uid: null,
    pay_method: 'card',
    pg_provider: 'html5_inicis',
    pg_id: 'INIpayTest',
    vbank_name: null,
    vbank_num: null,
    vbank_holder: null,
    vbank_date: null,
    vbank_issued_at: null,
    started_at: start,
    paid_at: start + 60_000,
    cancelled_at: null,
    fail_reason: null,
    cancel_history: [],
    receipt_url: null,
    ...differences,
  }
}

/** A permission for a window that `aLink` opened at the start. */
export function aPermission(differences: Partial<Permission> = {}): Permission {
  return {
    id: '0123456789abcdef'.repeat(2),
    link_id: aLink().id,
    method_key: 'm1',
    granted_at: start,
    holds_until: start + 600_000,
    ended_at: null,
    ...differences,
  }
}

export function aPaymentRow(differences: Partial<PaymentsTable> = {}): PaymentsTable {
  return {
    imp_uid: 'imp_1',
    link_id: '0123456789abcdefgh',
    status: 'paid',
    kept: 1,
    why: null,
    amount: 10_000,
    currency: 'KRW',
    returned: 0,
    pay_method: 'card',
    method_key: 'm1',
    gateway: 'listed',
    late: 0,
    paid_at: start,
    receipt_url: null,
    bank: null,
    account: null,
    holder: null,
    due_at: null,
    seen_at: start,
    ...differences,
  }
}
