import type { Language } from '../contract/language.ts'
import type { Words } from '../contract/words/words.ts'

const catalogues = {
  ko: () => import('virtual:words/ko'),
  en: () => import('virtual:words/en'),
}

/** The sentences of one language, resolved by i18next at build time. A file of its own: a page needs one. */
export async function loadWords(language: Language): Promise<Words> {
  return (await catalogues[language]()).default
}
