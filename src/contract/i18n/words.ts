import type { extrasKo } from './extras-ko.ts'
import type { ko } from './ko.ts'

/** Keys and placeholders are derived from the Korean catalogue. */
export type WordKey = keyof typeof ko

/** Texts of one language, by key. */
export type Words = Record<WordKey, string>

export type Named<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Named<Rest>
  : never

type Nested<Text extends string> = Text extends `${string}$t(${infer Key extends WordKey})${infer Rest}`
  ? Named<(typeof ko)[Key]> | Nested<Rest>
  : never

/** Placeholders of a text, including nested texts. */
export type PlaceholderOf<Key extends WordKey> = Named<(typeof ko)[Key]> | Nested<(typeof ko)[Key]>

export type Placeholder = { [Key in WordKey]: PlaceholderOf<Key> }[WordKey]

type Values<Key extends WordKey> = [PlaceholderOf<Key>] extends [never]
  ? []
  : [values: Record<PlaceholderOf<Key>, string | number>]

export type Translate = <Key extends WordKey>(key: Key, ...values: Values<Key>) => string

/** The same types for links with extras, which nest no texts. */
export type ExtraKey = keyof typeof extrasKo
export type ExtraWords = Record<ExtraKey, string>
export type ExtraPlaceholder = { [Key in ExtraKey]: Named<(typeof extrasKo)[Key]> }[ExtraKey]
export type TranslateExtra = <Key extends ExtraKey>(
  key: Key,
  ...values: [Named<(typeof extrasKo)[Key]>] extends [never]
    ? []
    : [values: Record<Named<(typeof extrasKo)[Key]>, string | number>]
) => string

/** Translates resolved texts, which contain only `{name}` placeholders. */
export function translator(words: Words): Translate
export function translator(words: ExtraWords): TranslateExtra
export function translator(words: Record<string, string>) {
  return (key: string, ...[values]: [values?: Record<string, unknown>]) =>
    (words[key] as string).replace(/\{(\w+)\}/g, (_, name: string) =>
      String((values as Record<string, unknown>)[name]),
    )
}
