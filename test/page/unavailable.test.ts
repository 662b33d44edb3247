// The document that customers see while the database is unavailable.
import { expect, test } from 'vitest'
import { resolveUnavailableWords } from '../../src/contract/i18n/resolve.ts'
import { languages } from '../../src/contract/language.ts'
import { aPage } from '../support/page.ts'

const words = { ko: resolveUnavailableWords('ko'), en: resolveUnavailableWords('en') }

test('the unavailable document resolves every text and never mixes the languages', () => {
  for (const [key, korean] of Object.entries(words.ko)) {
    expect(korean).not.toMatch(/\$t|\{|claim\.|[A-Za-z]{2,}/)
    expect(words.en[key as keyof typeof words.en]).not.toMatch(/\$t|\{|claim\.|\p{Script=Hangul}/u)
  }
})

test('the unavailable document never says that nothing was charged', () => {
  for (const text of [...Object.values(words.ko), ...Object.values(words.en)])
    expect(text).not.toMatch(/청구된|not been charged|were not charged/)
})

test.each(languages)('a customer who returns from a gateway is told not to pay again, in %s', (language) => {
  const html = aPage().renderUnavailable({ language, returning: true })
  expect(html).toContain({ ko: '결제가 됐을 수도 있으니', en: 'You may have been charged' }[language])
  expect(html).toContain({ ko: '다시 결제하지 마세요', en: 'please do not pay again' }[language])
})

test('the unavailable document is text with a retry link to the same address and no script', () => {
  const html = aPage().renderUnavailable({ language: 'ko', returning: false })
  expect(html).not.toContain('<script')
  expect(html).toMatch(/<a [^>]*href(="")?>/)
})
