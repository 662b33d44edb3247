// Rendering of the extra content of links from the global API.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LinkExtras, SumLine } from '../../src/contract/links/link-extras.ts'
import type { LinkView } from '../../src/contract/links/link-view.ts'
import { formatMoney } from '../../src/contract/money/money.ts'
import { packDocument } from '../../src/edge/hosts/node/server/pack-document.ts'
import { createRenderer } from '../../src/page/entry/server.tsx'
import { aDisabledLink, anAwaitingLink, anOpenLink, aPaidLink } from '../support/builders.ts'

const assets = {
  script: 'first()',
  scriptSource: "'sha256-first'",
  style: '.first{}',
  extras: {
    script: 'extra()',
    scriptSource: "'sha256-extra'",
    style: '.extra{}',
    frame: 'frame()',
    frameSource: "'sha256-frame'",
  },
}
const page = createRenderer(assets, packDocument)

const documentOf = (view: LinkView, language: 'ko' | 'en' = 'ko') =>
  page.render({ view, language, returning: false, url: 'https://pay.example/x' })

/** Text that is visible without scripts. */
const shown = (view: LinkView, language: 'ko' | 'en' = 'ko') =>
  /<div id="app">(.*?)<\/div>\n<script/s.exec(documentOf(view, language).html)?.[1] ?? ''

const textOf = (html: string) => html.replace(/<[^>]+>/g, '|').replace(/\|+/g, '|')

const lines: SumLine[] = [
  { kind: 'items', amount: 9_000 },
  { kind: 'shipping', amount: 3_000 },
  { kind: 'discount', amount: 2_000, code: 'MARCH' },
]
const extras: LinkExtras = {
  seller: { name: '커피 로스터스', logo: '/logos/abc-120x40' },
  description: '첫 상자예요.',
  lines,
  customer: { name: '홍길동', email: 'h***@example.com' },
  billing: { name: '홍길동', address: ['세종대로 110', '서울'] },
  shipping: { name: '김철수', address: ['해운대로 1', '부산'] },
  notes: [
    { key: '메모', value: '경비실' },
    { key: '메모', value: '벨 누르지 마세요' },
  ],
  back_url: 'https://shop.example/cart?from=mail',
}

describe('a page of an ordinary link', () => {
  test('contains no style, script or text of extras', () => {
    const { html, scriptSources } = documentOf(anOpenLink())
    expect(html).not.toMatch(/extra|frame\(\)|details|seller/)
    expect(scriptSources).toEqual(["'sha256-first'"])
  })
  test('is identical byte for byte whether or not extras assets exist', () => {
    const plain = createRenderer({ script: 'first()', scriptSource: '', style: '.first{}' }, packDocument)
    const input = {
      language: 'ko',
      returning: false,
      url: 'https://pay.example/x',
    } as const
    for (const view of [anOpenLink(), aPaidLink, anAwaitingLink, aDisabledLink])
      expect(documentOf(view).html).toBe(plain.render({ ...input, view }).html)
  })
})

describe('a page of a link with extras', () => {
  test('loads its own style and script, and the frame script only if it may be embedded', () => {
    const open = documentOf(anOpenLink({ extras }))
    expect(open.html).toContain('<style>.first{}.extra{}</style>')
    expect(open.scriptSources).toEqual(["'sha256-extra'"])
    expect(open.html).not.toContain('frame()')
    const framed = documentOf(anOpenLink({ extras: { ...extras, embed: ['https://shop.example'] } }))
    expect(framed.scriptSources).toEqual(["'sha256-frame'", "'sha256-extra'"])
    expect(framed.html.indexOf('frame()')).toBeLessThan(framed.html.indexOf('extra()'))
  })
  test.each([
    [
      'ko',
      [
        '주문 정보 자세히 보기',
        '주문자',
        '청구 정보',
        '배송 정보',
        '참고 사항',
        'shop.example 사이트로 돌아가기',
      ],
    ],
    ['en', ['Order details', 'Customer', 'Billing', 'Shipping', 'Notes', 'Back to shop.example']],
  ] as const)('is readable in %s without scripts', (language, words) => {
    const html = shown(anOpenLink({ extras }), language)
    const values = [
      '커피 로스터스',
      '첫 상자예요.',
      'h***@example.com',
      '세종대로 110',
      '부산',
      '경비실',
      '벨 누르지 마세요',
    ]
    for (const part of [...words, ...values]) expect(textOf(html)).toContain(part)
    expect(html).toContain('<img src="/logos/abc-120x40" width="96" height="32" alt/>')
    expect(html).toContain('href="https://shop.example/cart?from=mail"')
  })
  test('shows identical billing and shipping data once and does not repeat the bill', () => {
    const same = { ...extras, shipping: extras.billing ?? {}, description: '드립백 커피 10개입' }
    const text = textOf(shown(anOpenLink({ extras: same })))
    expect(text).toContain('청구·배송 정보')
    expect(text.split('세종대로 110')).toHaveLength(2)
    expect(text.split('드립백 커피 10개입')).toHaveLength(2)
  })
  test("does not repeat the start of a long description as the order's name", () => {
    const description = '3월 정기구독 첫 상자예요. 문 앞에 두고 갈게요.'
    const text = textOf(shown(anOpenLink({ name: '3월 정기구독 첫 상자…', extras: { description } })))
    expect(text).toContain(description)
    expect(text).not.toContain('주문 상품')
    expect(textOf(shown(anOpenLink({ name: '커피…', extras: { description } })))).toContain('주문 상품')
  })
  test('offers no way back while the customer waits or on a receipt with an onward link', () => {
    const paid = { ...aPaidLink, extras: { ...extras, onward_url: 'https://shop.example/done' } }
    expect(shown(paid)).not.toContain('/cart')
    expect(shown({ ...aPaidLink, extras })).toContain('/cart')
  })
  test('escapes markup in every text', () => {
    const evil = '<img src=x onerror=alert(1)>'
    const html = shown(
      anOpenLink({
        extras: {
          seller: { name: evil, logo: `/logos/"><script>` },
          description: evil,
          notes: [{ key: evil, value: evil }],
          customer: { name: evil, address: [evil] },
          lines: [lines[0] as SumLine, lines[1] as SumLine, { kind: 'discount', amount: 2_000, code: evil }],
        },
      }),
    )
    expect(html).not.toMatch(/<img src=x|<script>/)
  })
  test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://shop.example/', '//shop.example', 'shop'])(
    'does not link to %s',
    (address) => {
      const urls = { back_url: address, onward_url: address }
      expect(shown(anOpenLink({ extras: { ...urls } }))).not.toContain('<a class="merchant')
      expect(shown({ ...aPaidLink, extras: urls })).not.toContain('class="onward')
    },
  )
})

describe('the breakdown of the amount', () => {
  const moneyIn = (html: string) => /<section class="sum".*?<\/section>/s.exec(html)?.[0] ?? ''

  test('lists every line with the promo code', () => {
    const text = textOf(moneyIn(shown(anOpenLink({ extras: { lines } }), 'en')))
    expect(text).toBe(
      '|Items|₩9,000|Shipping|₩3,000|Discount (MARCH)|−|₩2,000|Total|₩10,000|'.replace('−|', '−'),
    )
  })
  test.each<[string, SumLine[]]>([
    ['one line', [{ kind: 'items', amount: 10_000 }]],
    ['no line', []],
    ['lines that do not add up', [...lines, { kind: 'shipping', amount: 1 }]],
  ])('is hidden for %s', (_, given) => {
    expect(moneyIn(shown(anOpenLink({ extras: { lines: given } })))).toBe('')
  })
  test('always adds up to the charged amount', () => {
    const part = fc.integer({ min: 0, max: 400_000_000 })
    fc.assert(
      fc.property(part, part, part, (items, shipping, off) => {
        const discount = Math.min(off, items)
        const amount = items + shipping - discount
        const given: SumLine[] = [
          { kind: 'items', amount: items },
          { kind: 'shipping', amount: shipping },
          { kind: 'discount', amount: discount },
        ]
        const html = moneyIn(shown(anOpenLink({ amount, extras: { lines: given } }), 'en'))
        const amounts = [...html.matchAll(/<dd>(\u2212?)₩([\d,]+)<\/dd>/g)].map(
          ([, sign, digits = '']) => (sign ? -1 : 1) * Number(digits.replaceAll(',', '')),
        )
        const total = amounts.pop()
        expect(total).toBe(amount)
        expect(amounts.reduce((sum, line) => sum + line, 0)).toBe(total)
        expect(html).toContain(formatMoney(amount, 'KRW', 'en'))
      }),
      { numRuns: 100 },
    )
  })
})

describe('the onward link', () => {
  const onward = { onward_url: 'https://shop.example/done?status=Success&signature_hash=x' }
  test.each(['ko', 'en'] as const)('passes on the current language, %s', (language) => {
    const own = 'https://shop.example/done?lang=fr&status=Success'
    const view = {
      ...aPaidLink,
      extras: { onward_url: `${own}&signature_hash=x&description=y&lang=ko#lang=fr` },
    }
    expect(shown(view, language)).toContain(
      `href="${own}&signature_hash=x&description=y&lang=${language}#lang=fr"`.replaceAll('&', '&amp;'),
    )
  })

  test('appears after a payment and while a deposit is awaited', () => {
    for (const view of [aPaidLink, anAwaitingLink]) {
      const html = shown({ ...view, extras: onward })
      expect(html).toContain('href="https://shop.example/done?status=Success&amp;signature_hash=x"')
      expect(textOf(html)).toContain('shop.example 사이트로 이동하기')
    }
  })
  test('promises no automatic redirect without scripts', () => {
    expect(shown({ ...aPaidLink, extras: onward })).not.toMatch(/초 뒤|http-equiv/)
  })
  test('is not offered next to a bill that can be paid', () => {
    expect(shown(anOpenLink({ extras: onward }))).not.toContain('shop.example')
  })
})
