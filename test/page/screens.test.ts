// Server rendering of links that open no window, and their text without scripts.
import { describe, expect, test } from 'vitest'
import type { Language } from '../../src/contract/language.ts'
import type { LinkView } from '../../src/contract/links/link-view.ts'
import { anOpenLink, aPaidLink } from '../support/builders.ts'
import { aPage } from '../support/page.ts'

const renderer = aPage()

function documentFor(view: LinkView, language: Language): { html: string; body: string; text: string } {
  const { html } = renderer.render({
    view,
    language,
    returning: false,
    url: 'https://pay.example/x',
  })
  const body = /<div id="app">([\s\S]*)<\/div>\n<script/.exec(html)?.[1] ?? ''
  return { html, body, text: body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') }
}

describe('an order that seems to be paid elsewhere', () => {
  const view = anOpenLink({
    paid_elsewhere: true,
    sdk: { url: 'https://cdn.example/sdk.js', user_code: 'imp1' },
  })

  test.each<[Language, string[]]>([
    [
      'ko',
      [
        '이미 결제된 주문 같아요',
        '판매자의 쇼핑몰 같은 다른 곳에서 이 주문의 결제가 있었어요. 이 링크로 청구된 금액은 없어요.',
        '다시 결제하지 마시고 판매자에게 문의해 주세요.',
        '10,000원',
        '드립백 커피 10개입',
        '다시 확인',
      ],
    ],
    [
      'en',
      [
        'This order seems to be paid already',
        'A payment for it was made elsewhere, for example in the seller’s shop. Nothing was charged through this link.',
        'Please do not pay again, and ask the seller.',
        '₩10,000',
        'Check again',
      ],
    ],
  ])('is shown in %s without a way to pay', (language, sentences) => {
    const { html, body, text } = documentFor(view, language)
    for (const sentence of sentences) expect(text).toContain(sentence)
    expect(body).toContain('data-screen="paid_elsewhere"')
    expect(body).not.toMatch(/type="radio"|결제하기|Pay ₩/)
    expect(html).not.toContain('preconnect')
  })

  test('can be checked again without scripts, because the form reloads the page', () => {
    const { body } = documentFor(view, 'en')
    expect(body).toMatch(/<form><input type="hidden" name="lang" value="en"\/><button type="submit"/)
  })

  test('makes only a preliminary claim while a window is open on another screen', () => {
    expect(documentFor({ ...view, busy: true }, 'en').text).toContain(
      'Nothing was charged through this link so far, but a payment in progress may still go through.',
    )
  })
})

test.each<[Language, string]>([
  ['ko', '결제 금액 10,000원 결제 일시'],
  ['en', 'Amount ₩10,000 Paid at'],
])('a receipt with nothing but the payment reads as complete, in %s', (language, facts) => {
  const receipt = { ...aPaidLink.receipt, method: null, pay_method: null, receipt_url: null }
  const { body, text } = documentFor({ ...aPaidLink, receipt }, language)
  expect(text).toContain(facts)
  expect(text).not.toMatch(/null|undefined|결제수단|Method|영수증|receipt/)
  expect(body).not.toContain('class="actions"')
})

test.each(['constructor', 'toString', '__proto__'])(
  'a bill with a method named %s is shown',
  (pay_method) => {
    const view = anOpenLink({
      methods: [{ key: 'm1', pay_method, provider: pay_method, label: { ko: '새 수단', en: 'New method' } }],
    })
    expect(documentFor(view, 'en').text).toContain('New method')
  },
)
