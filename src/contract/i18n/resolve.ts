// Runs i18next on the edge, in the build and in tests. The page gets resolved texts, because the i18next runtime
// would not fit the first flight of the connection.
import { createInstance, type i18n } from 'i18next'
import type { Language } from '../language.ts'
import { awayEn } from './away-en.ts'
import { type AwayWords, awayKo } from './away-ko.ts'
import { en } from './en.ts'
import { extrasEn } from './extras-en.ts'
import { extrasKo } from './extras-ko.ts'
import { ko } from './ko.ts'
import type { ExtraPlaceholder, ExtraWords, Placeholder, Words } from './words.ts'

// Left in place; the page inserts the value.
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

/** Texts of links with extras. */
export function resolveExtraWords(language: Language): ExtraWords {
  return resolve(language, { ko: extrasKo, en: extrasEn })
}

/** Texts of the document that the edge sends while its database is unavailable. */
export function resolveUnavailableWords(language: Language): AwayWords {
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

/** An i18next instance for one language, without fallback. */
export function openCatalogues(words: Record<Language, Record<string, string>>, language: Language): i18n {
  const i18next = createInstance()
  void i18next.init({
    lng: language,
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    // A missing text shows its key in tests instead of the other language on a bill.
    fallbackLng: false,
    interpolation: { escapeValue: false },
    resources: { ko: { translation: words.ko }, en: { translation: words.en } },
  })
  return i18next
}
