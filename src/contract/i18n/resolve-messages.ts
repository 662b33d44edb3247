// Message texts are resolved together with the page's, because they share amount, order and claims.
import type { Language } from '../language.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'
import { messagesEn } from './messages-en.ts'
import { type MessageWords, messagesKo } from './messages-ko.ts'
import { openCatalogues } from './resolve.ts'
import type { Named, WordKey } from './words.ts'

export type MessageKey = keyof MessageWords | WordKey

const catalogue = { ...ko, ...messagesKo }

type Values<Key extends MessageKey> = [Named<(typeof catalogue)[Key]>] extends [never]
  ? []
  : [values: Record<Named<(typeof catalogue)[Key]>, string | number>]

export type TranslateMessage = <Key extends MessageKey>(key: Key, ...values: Values<Key>) => string

// i18next leaves `{name}` in place; the value is inserted afterwards, so a merchant's text is never interpreted as
// a template.
const names = ['amount', 'bytes', 'contact', 'date', 'merchant', 'minutes', 'order', 'seconds', 'url']
const placeholders = Object.fromEntries(names.map((name) => [name, `{${name}}`]))

export function messageTranslator(language: Language): TranslateMessage {
  const i18next = openCatalogues({ ko: catalogue, en: { ...en, ...messagesEn } }, language)
  return (key, ...[values]) =>
    i18next
      .t(key, placeholders)
      .replace(/\{(\w+)\}/g, (_, name: string) => String((values as Record<string, unknown>)[name]))
}
