// The words of messages, with the page's beside them: both speak of the same amount, order and claims.
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

export type SayMessage = <Key extends MessageKey>(key: Key, ...values: Values<Key>) => string

// `{name}` stands for itself until its value comes, and a value is taken as it is: what a merchant named an order
// is never read as a sentence of ours.
const names = ['amount', 'bytes', 'contact', 'date', 'merchant', 'minutes', 'order', 'seconds', 'url']
const placeholders = Object.fromEntries(names.map((name) => [name, `{${name}}`]))

export function sayMessages(language: Language): SayMessage {
  const i18next = openCatalogues({ ko: catalogue, en: { ...en, ...messagesEn } }, language)
  return (key, ...[values]) =>
    i18next
      .t(key, placeholders)
      .replace(/\{(\w+)\}/g, (_, name: string) => String((values as Record<string, unknown>)[name]))
}
