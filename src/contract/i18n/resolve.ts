// i18next is the only reader of the catalogues. It runs where bytes are free (edge, build, tests);
// the page gets what it resolved, because its runtime alone would fill the page's first flight.
import { createInstance, type i18n } from 'i18next'
import type { Language } from '../language.ts'
import { awayEn } from './away-en.ts'
import { type AwayWords, awayKo } from './away-ko.ts'
import { en } from './en.ts'
import { extrasEn } from './extras-en.ts'
import { extrasKo } from './extras-ko.ts'
import { ko } from './ko.ts'
import type { ExtraPlaceholder, ExtraWords, Placeholder, Words } from './words.ts'

// `{name}` stands for itself until the page knows its value.
const placeholders: Record<Placeholder | ExtraPlaceholder, string> = {
  amount: '{amount}',
  code: '{code}',
  contact: '{contact}',
  date: '{date}',
  host: '{host}',
  merchant: '{merchant}',
  minutes: '{minutes}',
  reason: '{reason}',
  seconds: '{seconds}',
}

export function resolveWords(language: Language): Words {
  return resolve(language, { ko, en })
}

/** What only links with extras say. */
export function resolveExtraWords(language: Language): ExtraWords {
  return resolve(language, { ko: extrasKo, en: extrasEn })
}

/** What the edge alone says, where it cannot reach its database. */
export function resolveAway(language: Language): AwayWords {
  const { t } = openCatalogues({ ko: { ...ko, ...awayKo }, en: { ...en, ...awayEn } }, language)
  const keys = Object.keys(awayKo) as (keyof AwayWords)[]
  return Object.fromEntries(keys.map((key) => [key, t(key)])) as AwayWords
}

function resolve<Key extends string>(
  language: Language,
  words: Record<Language, Record<Key, string>>,
): Record<Key, string> {
  const i18next = openCatalogues(words, language)
  return Object.fromEntries(
    (Object.keys(words.ko) as Key[]).map((key) => [key, i18next.t(key, placeholders)]),
  ) as Record<Key, string>
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
