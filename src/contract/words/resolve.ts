// i18next is the only reader of the catalogues. It runs where bytes are free (edge, build, tests);
// the page gets what it resolved, because its runtime alone would fill the page's first flight.
import { createInstance, type i18n } from 'i18next'
import type { Language } from '../language.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'
import type { Placeholder, WordKey, Words } from './words.ts'

// `{name}` stands for itself until the page knows its value.
const placeholders: Record<Placeholder, string> = {
  amount: '{amount}',
  contact: '{contact}',
  date: '{date}',
  merchant: '{merchant}',
  minutes: '{minutes}',
  reason: '{reason}',
  seconds: '{seconds}',
}

export function resolveWords(language: Language): Words {
  const i18next = openCatalogues({ ko, en }, language)
  return Object.fromEntries(
    (Object.keys(ko) as WordKey[]).map((key) => [key, i18next.t(key, placeholders)]),
  ) as Words
}

/** i18next, told to resolve one language's sentences and nothing else. */
export function openCatalogues(words: Record<Language, Record<string, string>>, language: Language): i18n {
  const i18next = createInstance()
  void i18next.init({
    lng: language,
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    // A missing sentence shows as its key in a test, never as the other language on a bill.
    fallbackLng: false,
    interpolation: { escapeValue: false },
    resources: { ko: { translation: words.ko }, en: { translation: words.en } },
  })
  return i18next
}
