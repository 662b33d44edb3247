import { formatWhen } from '../../contract/date-time.ts'
import { type Say, sayWith, type Words } from '../../contract/i18n/words.ts'
import type { Language } from '../../contract/language.ts'
import type { Label } from '../../contract/links/link-view.ts'
import type { CurrencyCode } from '../../contract/money/currency.ts'
import { formatMoney } from '../../contract/money/money.ts'

/** Who reads the page: their language, and everything that is written by it. */
export interface Reader {
  language: Language
  say: Say
  money: (minor: number, currency: CurrencyCode) => string
  when: (iso: string) => string
  label: (label: Label) => string
}

export function readerOf(language: Language, words: Words, zone: string): Reader {
  return {
    language,
    say: sayWith(words),
    money: (minor, currency) => formatMoney(minor, currency, language),
    when: (iso) => formatWhen(iso, language, zone),
    label: (label) => (typeof label === 'string' ? label : label[language]),
  }
}
