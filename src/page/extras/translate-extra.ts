/// <reference path="../virtual.d.ts" />
import en from 'virtual:extra-words/en'
import ko from 'virtual:extra-words/ko'
import { type TranslateExtra, translator } from '../../contract/i18n/words.ts'
import { usePage } from '../components/page-context.ts'

const translators = { ko: translator(ko), en: translator(en) }

export function useTranslateExtra(): TranslateExtra {
  return translators[usePage().locale.language]
}
