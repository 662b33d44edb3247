import { describe, expect, test } from 'vitest'
import { en } from '../../src/contract/i18n/en.ts'
import { extrasEn } from '../../src/contract/i18n/extras-en.ts'
import { extrasKo } from '../../src/contract/i18n/extras-ko.ts'
import { ko } from '../../src/contract/i18n/ko.ts'
import { resolveExtraWords, resolveWords } from '../../src/contract/i18n/resolve.ts'
import { type ExtraKey, translator, type WordKey } from '../../src/contract/i18n/words.ts'
import { languages } from '../../src/contract/language.ts'

const keys = Object.keys(ko) as WordKey[]
const resolved = { ko: resolveWords('ko'), en: resolveWords('en') }
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

test('both languages have the same keys', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(ko).sort())
})

test.each(keys)('%s needs the same values in both languages', (key) => {
  expect(placeholders(resolved.en[key])).toEqual(placeholders(resolved.ko[key]))
})

test.each(languages)('every text is fully resolved in %s', (language) => {
  for (const key of keys) expect(resolved[language][key]).not.toMatch(/\$t|\{\{|claim\./)
})

test('the languages are never mixed', () => {
  // The switch names the other language in that language.
  for (const key of keys.filter((key) => key !== 'app.switch')) {
    expect(resolved.en[key]).not.toMatch(/\p{Script=Hangul}/u)
    expect(resolved.ko[key].replace(/\{\w+\}/g, '')).not.toMatch(/[A-Za-z]{2,}/)
  }
})

describe('claims about money are the same in both languages', () => {
  test.each([
    ['claim.notCharged', '청구된 금액은 없어요.', 'You have not been charged.'],
    ['claim.notChargedYet', '아직 청구된 금액은 없어요.', 'You have not been charged.'],
    ['claim.notChargedSoFar', '지금까지 청구된 금액은 없어요.', 'You have not been charged so far.'],
    [
      'claim.mayFollow',
      '진행 중이던 결제가 뒤늦게 완료될 수도 있어요. 그때는 이 화면에서 바로 알려 드릴게요.',
      'A payment in progress may still go through. If it does, this page will tell you.',
    ],
    ['claim.linkNotCharged', '이 링크로 청구된 금액은 없어요.', 'Nothing was charged through this link.'],
    [
      'claim.linkNotChargedSoFar',
      '지금까지 이 링크로 청구된 금액은 없지만, 진행 중이던 결제가 뒤늦게 완료될 수도 있어요.',
      'Nothing was charged through this link so far, but a payment in progress may still go through.',
    ],
    [
      'claim.paidElsewhere',
      '판매자의 쇼핑몰 같은 다른 곳에서 이 주문의 결제가 있었어요.',
      'A payment for it was made elsewhere, for example in the seller’s shop.',
    ],
    [
      'claim.maybeCharged',
      '결제가 됐을 수도 있으니 다시 결제하지 마세요.',
      'You may have been charged, so please do not pay again.',
    ],
    ['claim.paid', '결제가 완료됐어요', 'Payment complete'],
    [
      'claim.returning',
      '결제하신 금액({amount})을 돌려드려요.',
      'Your payment of {amount} is on its way back.',
    ],
    [
      'claim.secondCancelled',
      '나중에 결제한 금액({amount})은 취소했어요.',
      'We cancelled your later payment of {amount}.',
    ],
    [
      'claim.returnAsked',
      '결제하신 금액({amount})의 취소를 요청했지만 아직 확인되지 않았어요.',
      'We asked for your payment of {amount} to be cancelled, but it is not confirmed yet.',
    ],
    ['claim.cardNoCharge', '지금 결제되는 금액은 없어요.', 'You are not charged anything now.'],
    [
      'claim.cardCharge',
      '카드를 등록하면서 {amount} 결제도 함께 진행돼요.',
      'You are charged {amount} as you register.',
    ],
    ['claim.cardNotRegistered', '새로 등록된 카드는 없어요.', 'No new card was registered.'],
    [
      'claim.cardNotRegisteredSoFar',
      '지금까지 새로 등록된 카드는 없어요.',
      'No new card was registered so far.',
    ],
    [
      'claim.cardMayFollow',
      '진행 중이던 등록이 뒤늦게 완료될 수도 있어요. 그때는 이 화면에서 바로 알려 드릴게요.',
      'A registration in progress may still go through. If it does, this page will tell you.',
    ],
    [
      'claim.cardMaybe',
      '카드가 등록됐을 수도 있으니 다시 등록하지 마세요.',
      'Your card may have been registered, so please do not register again.',
    ],
    [
      'claim.cardMaybeCharged',
      '카드가 등록되고 결제됐을 수도 있으니 다시 등록하지 마세요.',
      'Your card may have been registered and charged, so please do not register again.',
    ],
    ['claim.cardRegistered', '카드가 등록됐어요', 'Card registered'],
    ['claim.cardNotCharged', '결제된 금액은 없어요.', 'You were not charged.'],
    ['claim.cardCharged', '{amount} 결제도 완료됐어요.', 'You were charged {amount}.'],
    [
      'claim.cardChargeUnknown',
      '{amount} 결제는 아직 확인되지 않았어요.',
      'We could not confirm yet whether you were charged {amount}.',
    ],
  ] as const)('for %s', (key, korean, english) => {
    expect([resolved.ko[key], resolved.en[key]]).toEqual([korean, english])
  })

  test('make no final claim while only a preliminary one is known, and never urge to pay again', () => {
    for (const key of ['soFar.text', 'expired.soFar', 'card.soFarText', 'card.expiredSoFar'] as const) {
      expect(resolved.ko[key]).toMatch(/지금까지 .*뒤늦게 완료될 수도 있어요/)
      expect(resolved.ko[key]).not.toMatch(/다시|새 링크/)
      expect(resolved.en[key]).toMatch(/so far\..* may still go through/)
      expect(resolved.en[key]).not.toMatch(/again|new link|another|charged\./)
    }
  })

  test('appear in no text except the claims themselves', () => {
    expect(keys.filter((key) => key.startsWith('claim.'))).toHaveLength(23)
    for (const key of keys.filter((key) => !key.startsWith('claim.'))) {
      expect(ko[key], key).not.toMatch(/청구된|돌려드려|완료됐/)
      expect(en[key], key).not.toMatch(/\bcharged\b|way back|Payment complete/)
    }
  })
})

describe('texts of links with extras', () => {
  const extra = { ko: resolveExtraWords('ko'), en: resolveExtraWords('en') }
  const extraKeys = Object.keys(extrasKo) as ExtraKey[]

  test('exist in both languages, are resolved and never mixed', () => {
    expect(Object.keys(extrasEn).sort()).toEqual([...extraKeys].sort())
    for (const key of extraKeys) {
      expect(placeholders(extra.en[key]), key).toEqual(placeholders(extra.ko[key]))
      expect(extra.ko[key] + extra.en[key]).not.toMatch(/\$t|\{\{/)
      expect(extra.en[key]).not.toMatch(/\p{Script=Hangul}/u)
      expect(extra.ko[key].replace(/\{\w+\}/g, '')).not.toMatch(/[A-Za-z]{2,}/)
    }
  })
  test('make no claims about money', () => {
    for (const key of extraKeys) {
      expect(extra.ko[key]).not.toMatch(/청구된|돌려드|완료|결제됐/)
      expect(extra.en[key]).not.toMatch(/charged|refund|paid|way back|complete/i)
    }
  })
  test('need their values to compile', () => {
    expect(translator(extra.en)('extras.back', { host: 'shop.example' })).toBe('Back to shop.example')
    // @ts-expect-error host is missing
    expect(() => translator(extra.en)('extras.back')).toThrow()
  })
})

test('translate inserts the values into a text', () => {
  expect(translator(resolved.ko)('open.pay', { amount: '10,000원' })).toBe('10,000원 결제하기')
  expect(translator(resolved.en)('refunded.text', { amount: '₩10,000' })).toMatch(
    /^Your payment of ₩10,000 is on its way back\./,
  )
})

test('a text without its values, or with those of another, does not compile', () => {
  const t = translator(resolved.ko)
  // @ts-expect-error amount is missing
  const missing = () => t('open.pay')
  // @ts-expect-error there is no date in it
  const other = () => t('open.pay', { date: 'x' })
  // @ts-expect-error nested sentences need their values too
  const nested = () => t('refunded.text')
  expect([missing, other, nested]).toHaveLength(3)
})
