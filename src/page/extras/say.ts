/// <reference path="../virtual.d.ts" />
import en from 'virtual:extra-words/en'
import ko from 'virtual:extra-words/ko'
import { type SayExtra, sayWith } from '../../contract/i18n/words.ts'
import { usePage } from '../components/page-context.ts'

const says = { ko: sayWith(ko), en: sayWith(en) }

/** What only links with extras say, in the reader's language. */
export function useSayExtra(): SayExtra {
  return says[usePage().reader.language]
}
