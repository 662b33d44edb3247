import type { Checkout, SettleResult } from '../../src/contract/links/checkout.ts'
import type { LinkView, OpenLink } from '../../src/contract/links/link-view.ts'

const bill = {
  id: '0123456789abcdefgh',
  title: '다리 상점',
  name: '드립백 커피 10개입',
  merchant_uid: 'order_1',
  amount: 10_000,
  currency: 'KRW',
  merchant: { name: { ko: '다리 상점', en: 'Dari Shop' } },
  display_language: null,
  languages: ['ko', 'en'],
  expires_at: '2026-11-21T06:00:00.000Z',
  now: '2026-11-20T06:00:00.000Z',
} as const

export function anOpenLink(overrides: Partial<OpenLink> = {}): OpenLink {
  return {
    ...bill,
    status: 'open',
    methods: [
      { key: 'm1', label: { ko: '카드', en: 'Card' }, pay_method: 'card', provider: 'html5_inicis' },
      { key: 'm2', label: '카카오페이', pay_method: 'kakaopay', provider: 'kakaopay' },
    ],
    direct: false,
    sdk: { url: '/sandbox/v1/iamport.js', user_code: 'imp00000000' },
    ...overrides,
  }
}

export const aPaidLink: Extract<LinkView, { status: 'paid' }> = {
  ...bill,
  status: 'paid',
  receipt: {
    paid_at: '2026-11-20T06:01:00.000Z',
    method: '카드',
    pay_method: 'card',
    receipt_url: null,
    returned: 0,
  },
}

export const anAwaitingLink: Extract<LinkView, { status: 'awaiting_deposit' }> = {
  ...bill,
  status: 'awaiting_deposit',
  deposit: { bank: '국민은행', account: '1234567890', holder: '다리', due_at: null },
}

export const aDisabledLink: Extract<LinkView, { status: 'disabled' }> = {
  ...bill,
  status: 'disabled',
  ended_at: '2026-11-20T06:01:00.000Z',
}

export function aCheckout(overrides: Partial<Checkout> = {}): Checkout {
  return {
    params: { merchant_uid: 'order_1', amount: 10_000, buyer_tel: '', pay_method: 'card' },
    holds_until: '2026-11-20T06:10:00.000Z',
    now: '2026-11-20T06:00:00.000Z',
    ...overrides,
  }
}

export function settledAs(view: LinkView, attempt: SettleResult['attempt']): SettleResult {
  return { ...view, attempt }
}
