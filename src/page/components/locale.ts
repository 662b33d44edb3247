import { formatDateTime } from '../../contract/date-time.ts'
import { type Translate, translator, type Words } from '../../contract/i18n/words.ts'
import type { Language } from '../../contract/language.ts'
import type { Label } from '../../contract/links/link-view.ts'
import type { CurrencyCode } from '../../contract/money/currency.ts'
import { formatMoney } from '../../contract/money/money.ts'

/** Language, time zone and formatters of the customer. */
export interface Locale {
  language: Language
  t: Translate
  money: (minor: number, currency: CurrencyCode) => string
  dateTime: (iso: string) => string
  label: (label: Label) => string
}

export function createLocale(language: Language, words: Words, zone: string): Locale {
  return {
    language,
    t: translator(words),
    money: (minor, currency) => formatMoney(minor, currency, language),
    dateTime: (iso) => formatDateTime(iso, language, zone),
    label: (label) => (typeof label === 'string' ? label : label[language]),
  }
}
