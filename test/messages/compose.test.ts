import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messagesEn } from '../../src/contract/i18n/messages-en.ts'
import { messagesKo } from '../../src/contract/i18n/messages-ko.ts'
import { languages } from '../../src/contract/language.ts'
import { currencyCodes } from '../../src/contract/money/currency.ts'
import type { MessageKind } from '../../src/edge/domain/messages/message.ts'
import { composeMail } from '../../src/edge/features/messages/compose-mail.ts'
import { composeText } from '../../src/edge/features/messages/compose-text.ts'
import type { MessageSource } from '../../src/edge/features/messages/describe-message.ts'
import { countBytes, toEncodable } from '../../src/edge/features/messages/euc-kr.ts'
import { aLink, aLinkPayment } from '../edge/support/builders.ts'

const kinds: MessageKind[] = ['link', 'reminder', 'receipt']
const merchant = {
  user_code: 'imp1',
  imp_key: 'k',
  imp_secret: 's',
  name: { ko: '다리 상점', en: 'Dari Shop' },
  contact: '02-0000-0000',
}

type Differences = Omit<Partial<MessageSource>, 'link'> & { link?: Parameters<typeof aLink>[0] }

function aSource({ link = {}, ...differences }: Differences = {}): MessageSource {
  const id = '8kq2m4x7r0vbn3tz5w'
  const named = { id, name: '드립백 커피 10개입', expires_at: Date.parse('2026-11-21T15:00:00+09:00') }
  const method = { key: 'm1', label: { ko: '신용카드', en: 'Card' }, pay_method: 'card' }
  const payment =
    differences.kind === 'receipt' ? aLinkPayment({ paid_at: Date.parse('2026-11-20T10:30:00+09:00') }) : null
  return {
    kind: 'link',
    language: 'ko',
    seller: null,
    path: id,
    merchant,
    publicUrl: 'https://pay.shop.kr',
    link: aLink({ ...named, methods: [method], payment, ...link }),
    ...differences,
  }
}
const mail = (differences?: Differences) => composeMail(aSource(differences), 'msg-1', 'a@b.kr')
const sms = (differences?: Differences) => composeText(aSource(differences), 'msg-1', '+821012345678')

describe('an e-mail in both languages', () => {
  test('has the link', () => {
    expect(mail().subject).toBe('[다리 상점] 10,000원 결제 요청: 드립백 커피 10개입')
    expect(mail().text).toBe(`다리 상점에서 보낸 결제 요청이에요. 아래 내용을 확인하고 결제해 주세요.

결제 금액: 10,000원
주문 상품: 드립백 커피 10개입
주문번호: order-1
결제 기한: 2026년 11월 21일 (토) 오후 3:00

https://pay.shop.kr/8kq2m4x7r0vbn3tz5w

이 주문을 위해 보낸 안내예요. 주문한 적이 없다면 지우셔도 돼요.
문의: 다리 상점 02-0000-0000
`)
    const english = mail({ language: 'en' })
    expect(english.subject).toBe('[Dari Shop] Payment request of ₩10,000: 드립백 커피 10개입')
    expect(english.text).toContain('Pay by: Sat, 21 Nov 2026, 3:00 pm KST\n')
  })
  test('reminds of the deadline', () => {
    expect(mail({ kind: 'reminder' }).subject).toBe(
      '[다리 상점] 결제 기한이 다가오고 있어요: 드립백 커피 10개입',
    )
    expect(mail({ kind: 'reminder', language: 'en' }).text).toMatch(
      /^Your order at Dari Shop is still waiting to be paid\./,
    )
  })
  test('of a receipt says how and when it was paid, without a deadline', () => {
    const { subject, text } = mail({ kind: 'receipt' })
    expect(subject).toBe('[다리 상점] 결제가 완료됐어요: 드립백 커피 10개입')
    expect(text).toContain('결제수단: 신용카드\n결제 일시: 2026년 11월 20일 (금) 오전 10:30\n')
    expect(text).not.toContain('기한')
    expect(mail({ kind: 'receipt', language: 'en' }).text).toContain(
      'Paid at: Fri, 20 Nov 2026, 10:30 am KST\n',
    )
  })
  test('names the link’s seller, else the configured merchant, else the link’s title', () => {
    expect(mail({ seller: '작은 가게' }).subject).toContain('[작은 가게]')
    expect(mail({ merchant: undefined, link: { title: '봄 주문' } }).subject).toContain('[봄 주문]')
  })
  test('has the same content in HTML', () => {
    for (const language of languages)
      for (const kind of kinds) {
        const { text, html } = mail({ kind, language })
        const shown = html.replace(/<style.*?<\/style>|<[^>]+>/g, ' ').replace(/\s+/g, ' ')
        for (const line of text.split('\n').flatMap((line) => line.split(': '))) expect(shown).toContain(line)
      }
  })
})

describe('a text message', () => {
  test('is short if it fits into 90 bytes, in both languages', () => {
    const url = 'https://pay.shop.kr/8kq2m4x7r0vbn3tz5w'
    expect(sms({ link: { name: '드립백' } }).text).toBe(
      `[다리 상점] 드립백 10,000원 결제(~11/21 15:00) ${url}`,
    )
    expect(sms().text).toBe(`[다리 상점] 드립백 커… 10,000원 결제(~11/21 15:00) ${url}`)
    expect(sms({ kind: 'reminder', link: { name: '드립백' } }).text).toBe(
      `[다리 상점] 드립백 10,000원 결제 기한 11/21 15:00 ${url}`,
    )
    expect(sms({ kind: 'receipt' }).text).toBe(`[다리 상점] 드립백 커… 10,000원 결제가 완료됐어요 ${url}`)
    expect(sms({ language: 'en', link: { name: 'Tea', title: 'T' }, seller: 'Tea' }).text).toBe(
      `[Tea] Tea Pay KRW 10,000 by 21 Nov 15:00 KST ${url}`,
    )
  })
  test('is long with a subject and all details otherwise', () => {
    const long = sms({ publicUrl: 'https://payments.a-long-name.example.co.kr' })
    expect(long).toMatchObject({ type: 'LMS', subject: '[다리 상점] 결제 요청' })
    expect(long.text).toContain(
      '주문번호: order-1\n결제 기한: 2026년 11월 21일 (토) 오후 3:00\n\nhttps://payments.a-',
    )
  })
  test('uses only characters that Korean phones can show', () => {
    const { text } = sms({
      link: { currency: 'THB', amount: 250_000, name: '커피☕뷁👩‍👩‍👧' },
      publicUrl: 'https://a.kr',
    })
    expect(text).toContain('THB 2,500.00')
    expect(text).toContain('커피???')
  })
  test('never exceeds the limit of its type, never cuts URL, amount or time, and is encodable in EUC-KR', () => {
    const name = fc.string({
      unit: fc.oneof(
        fc.constantFrom('가', '힣', '뷁', 'A', ' ', '…', '☕', '\u0301', '{', '$'),
        fc.string({ unit: 'binary', maxLength: 1 }),
      ),
      minLength: 1,
      maxLength: 120,
    })
    const decoder = new TextDecoder('euc-kr')
    const encodable = new Set<string>()
    for (let lead = 0xa1; lead < 0xff; lead++)
      for (let trail = 0xa1; trail < 0xff; trail++) encodable.add(decoder.decode(Uint8Array.of(lead, trail)))
    encodable.delete('\ufffd')
    fc.assert(
      fc.property(
        fc.record({
          kind: fc.constantFrom(...kinds),
          language: fc.constantFrom(...languages),
          seller: fc.option(name),
          publicUrl: fc.constantFrom(
            'https://a.kr',
            'https://pay.shop.kr',
            'https://payments.a-long-name.example.co.kr/base',
          ),
        }),
        fc.record({
          name,
          currency: fc.constantFrom(...currencyCodes),
          amount: fc.integer({ min: 1, max: 999_999_999_999 }),
        }),
        (differences, link) => {
          const { type, subject = '', text } = sms({ ...differences, link })
          expect(countBytes(text)).toBeLessThanOrEqual(type === 'SMS' ? 90 : 2000)
          expect(countBytes(subject)).toBeLessThanOrEqual(40)
          expect(subject === '').toBe(type === 'SMS')
          for (const character of text + subject)
            expect(character < '\x7f' || encodable.has(character)).toBe(true)
          expect(text).toContain(`${differences.publicUrl}/8kq2m4x7r0vbn3tz5w`)
          const { text: written } = sms({ ...differences, link: { ...link, name: 'x' }, seller: 'x' })
          const amount = /[\d,]+(\.\d+)?(?=원)|(?<=[A-Z]{3} )[\d,]+(\.\d+)?/.exec(written)?.[0] ?? 'none'
          expect(text).toContain(amount)
          if (differences.kind !== 'receipt')
            expect(text).toMatch(/11\/21 15:00|21 Nov 15:00 KST|오후 3:00|3:00 pm KST/)
        },
      ),
    )
  })
  test('leaves encodable text unchanged', () => {
    const text = '[다리 상점] ABC 123 ~!? 결제… ㈜'
    expect(toEncodable(text)).toBe(text)
    expect(countBytes('가A\n')).toBe(4)
  })
})

describe('text of a merchant', () => {
  test('is escaped in HTML', () => {
    const hostile = `"><script>x</script><a href='javascript:x'>&amp;`
    const { html } = mail({ seller: hostile, link: { name: hostile, merchant_uid: hostile } })
    expect(html).not.toMatch(/<script|href='|javascript:x'>&amp;</)
    expect(html.match(/href="[^"]*"/g)).toEqual(
      Array(2).fill('href="https://pay.shop.kr/8kq2m4x7r0vbn3tz5w"'),
    )
    expect(html).toContain('&quot;&gt;&lt;script&gt;')
  })
  test('cannot inject a header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, seller) => {
        for (const kind of kinds)
          expect(mail({ kind, seller: `${seller}\r\nBcc: x@y.kr`, link: { name } }).subject).not.toMatch(
            /[\r\n\u2028\u2029\p{Cc}]/u,
          )
      }),
    )
  })
  test('is never interpolated as a placeholder', () => {
    const name = '$t(claim.paid) {{amount}} {url}'
    expect(mail({ link: { name } }).subject).toBe(`[다리 상점] 10,000원 결제 요청: ${name}`)
    expect(mail({ kind: 'receipt', link: { name } }).subject).toBe(`[다리 상점] 결제가 완료됐어요: ${name}`)
  })
})

describe('the texts of messages', () => {
  const keys = Object.keys(messagesKo) as (keyof typeof messagesKo)[]
  const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}|\$t\([\w.]+\)/g) ?? [])].sort()
  test('have the same keys in both languages', () => {
    expect(Object.keys(messagesEn)).toEqual(keys)
    for (const key of keys) expect(placeholders(messagesEn[key]), key).toEqual(placeholders(messagesKo[key]))
  })
  test('never mix the languages, and advertise nothing', () => {
    for (const key of keys.filter((key) => key !== 'shelf.switch')) {
      expect(messagesEn[key]).not.toMatch(/\p{Script=Hangul}/u)
      expect(messagesKo[key].replace(/\{\{\w+\}\}|\$t\([\w.]+\)/g, '')).not.toMatch(/[A-Za-z]{2,}/)
      expect(`${messagesEn[key]} ${messagesKo[key]}`).not.toMatch(
        /sale|offer|discount|할인|혜택|이벤트|광고/i,
      )
    }
  })
  test('say nothing about money that the page does not say', () => {
    for (const key of keys) {
      expect(messagesKo[key], key).not.toMatch(/청구된|돌려드려|완료됐/)
      expect(messagesEn[key], key).not.toMatch(/\bcharged\b|way back|Payment complete/)
    }
  })
})
