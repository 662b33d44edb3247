// The states of a registration as the edge renders them, and their claims about card and charge.
import { describe, expect, test } from 'vitest'
import type { CardView, RegisteringLink } from '../../src/contract/cards/card-view.ts'
import { en } from '../../src/contract/i18n/en.ts'
import { ko } from '../../src/contract/i18n/ko.ts'
import type { Language } from '../../src/contract/language.ts'
import { checkEntries } from '../../src/page/card/form-state.ts'
import { withCards } from '../../src/page/card/server.tsx'
import { aDisabledLink, anOpenLink, aPaidLink } from '../support/builders.ts'

const bills = {
  render: () => ({ html: 'a bill', scriptSources: ["'sha256-bill'"] }),
  renderTooMany: () => 'too many',
}
const renderer = withCards(bills, { script: '/assets/cards-1.js', style: '' })

function textOf(view: CardView, language: Language, returning = false): string {
  const { html } = renderer.render({
    view,
    language,
    returning,
    url: 'https://pay.example/x',
  })
  const body = /<div id="app">([\s\S]*)<\/div>\n<script/.exec(html)?.[1] ?? ''
  return body.replace(/<noscript>.*?<\/noscript>|<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

const { status: _, ...open } = anOpenLink({ amount: 0 })
const registering: RegisteringLink = { ...open, status: 'registering', card: {} }
const charging: CardView = { ...registering, amount: 9_900 }
const { sdk: ___, ...formless } = registering
const form: CardView = {
  ...formless,
  card: { form: { terms_url: 'https://shop.example/t', privacy_url: 'https://shop.example/p' } },
}
const { status: __, receipt, ...bill } = aPaidLink
const registered: CardView = {
  ...bill,
  status: 'registered',
  card: {},
  registered_at: '2026-11-20T06:01:00.000Z',
  card_name: '신한카드',
  deleted_at: null,
  receipt: null,
}
const expired: CardView = { ...bill, status: 'expired', card: {} }
const nothing = '새로 등록된 카드는 없어요. 청구된 금액은 없어요.'
const nothingEn = 'No new card was registered. You have not been charged.'

test.each<[string, CardView, string[], string[]]>([
  [
    'before, without a charge',
    registering,
    [
      '지금 결제되는 금액은 없어요.',
      '다리 상점에서 앞으로 이 카드로 결제를 청구할 수 있어요.',
      '카드 등록하기',
    ],
    ['You are not charged anything now.', 'Dari Shop can bill future payments to it.', 'Register card'],
  ],
  [
    'before, with one',
    charging,
    ['카드를 등록하면서 9,900원 결제도 함께 진행돼요.', '등록하고 9,900원 결제하기'],
    ['You are charged ₩9,900 as you register.', 'Register and pay ₩9,900'],
  ],
  [
    'before, in the place of another card',
    { ...registering, card: { replaces: true } },
    ['지금 등록돼 있는 카드가 있다면 새 카드로 바뀌어요.'],
    ['If a card is registered now, this one takes its place.'],
  ],
  [
    'registered, and a charge that nobody knows of yet',
    { ...registered, amount: 9_900 },
    ['카드가 등록됐어요', '9,900원 결제는 아직 확인되지 않았어요.'],
    ['Card registered', 'We could not confirm yet whether you were charged ₩9,900.'],
  ],
  [
    'registered, without a charge',
    { ...registered, amount: 0 },
    ['카드가 등록됐어요', '결제된 금액은 없어요.', '신한카드'],
    ['Card registered', 'You were not charged.'],
  ],
  [
    'registered and charged',
    { ...registered, receipt },
    ['카드가 등록됐어요', '10,000원 결제도 완료됐어요.'],
    ['Card registered', 'You were charged ₩10,000.'],
  ],
  [
    'registered and deleted',
    { ...registered, deleted_at: '2026-11-21T06:01:00.000Z' },
    ['등록된 카드가 삭제됐어요', '카드 등록을 해지했어요.'],
    ['The registered card was deleted', 'The seller ended this registration'],
  ],
  [
    'charged, and no card known',
    { ...aPaidLink, card: {} },
    ['결제가 완료됐어요', '카드가 등록됐는지는 아직 확인하지 못했어요.'],
    ['Payment complete', 'We could not confirm yet whether your card was registered.'],
  ],
  [
    'paid elsewhere',
    { ...charging, paid_elsewhere: true },
    ['이미 결제된 주문 같아요', '이 링크로 청구된 금액은 없어요.', '다시 확인'],
    ['This order seems to be paid already', 'Nothing was charged through this link.', 'Check again'],
  ],
  [
    'expired, and a charge may follow',
    { ...expired, unsettled: true, card: {} } as CardView,
    ['등록 결과를 확인하고 있어요'],
    ['Checking the registration'],
  ],
  [
    'expired',
    expired,
    ['카드 등록 기한이 지났어요', nothing],
    ['This registration link has expired', nothingEn],
  ],
  ['disabled', { ...aDisabledLink, card: {} }, ['판매자가 닫은 카드 등록 링크예요', nothing], [nothingEn]],
])('the registration page shows the right texts in both languages: %s', (_, view, korean, english) => {
  for (const sentence of korean) expect(textOf(view, 'ko')).toContain(sentence)
  for (const sentence of english) expect(textOf(view, 'en')).toContain(sentence)
})

test('an expired registration claims nothing while a call may still arrive', () => {
  for (const view of [expired, { ...aDisabledLink, card: {} } as CardView]) {
    const text = textOf({ ...view, card: { asking: true } } as CardView, 'ko')
    expect(text).toContain('카드가 등록됐는지 확인하고 있어요.')
    expect(text).not.toMatch(/없어요/)
  }
})

test('a registration whose order seems to be paid elsewhere offers no way to register', () => {
  expect(textOf({ ...charging, paid_elsewhere: true }, 'ko')).not.toMatch(/등록하고|카드 등록하기/)
})

test('a customer who returns from the gateway waits for the result first', () => {
  expect(textOf(registering, 'ko', true)).toContain('등록 결과를 확인하고 있어요')
})

describe('the document of a card form', () => {
  const { html, scriptSources } = renderer.render({
    view: form,
    language: 'ko',
    returning: false,
    url: 'https://pay.example/x',
  })
  test('runs one script of our own origin and contacts no other host', () => {
    expect([...html.matchAll(/<script(?! type="application\/json")[^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<script type="module" src="/assets/cards-1.js">',
    ])
    expect(scriptSources).toEqual([])
    expect(html).not.toMatch(/preconnect|iamport/)
  })
  test('accepts no input before the script has loaded and could not submit any', () => {
    expect(html).toMatch(/<fieldset class="card-form" disabled/)
    const inputs = [...html.matchAll(/<input[^>]*>/g)].map(([tag]) => tag)
    expect(inputs).toHaveLength(6)
    for (const input of inputs) expect(input).not.toMatch(/ name=/)
  })
})

test('every problem of a card field has a text in both languages', () => {
  const now = Date.parse('2026-11-20T06:00:00Z')
  const typed = ['', '1', '9', '00', '0120', '1230', '4242424242424241', '991332']
  const found = new Set<string>()
  for (const text of typed) {
    const entries = { number: text, expiry: text, birth: text, password: text, terms: false, privacy: false }
    for (const [name, problem] of Object.entries(checkEntries(entries, now)))
      found.add(`card.${name}.${problem}`)
  }
  expect(found.size).toBe(11)
  for (const key of found) {
    expect(ko).toHaveProperty([key])
    expect(en).toHaveProperty([key])
  }
})

test('the registration renderer leaves ordinary bills unchanged', () => {
  const input = { language: 'ko' as const, returning: false, url: '' }
  expect(renderer.render({ ...input, view: anOpenLink() }).html).toBe('a bill')
  expect(renderer.render({ ...input, view: null }).html).toBe('a bill')
})
