import type { extrasKo } from './extras-ko.ts'
import type { ko } from './ko.ts'

/** Every key, and what a sentence under it needs, follow from the Korean catalogue. */
export type WordKey = keyof typeof ko

/** The sentences of one language, by key. */
export type Words = Record<WordKey, string>

export type Named<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Named<Rest>
  : never

type Nested<Text extends string> = Text extends `${string}$t(${infer Key extends WordKey})${infer Rest}`
  ? Named<(typeof ko)[Key]> | Nested<Rest>
  : never

/** Names of the placeholders that a sentence must be given, nested sentences included. */
export type PlaceholderOf<Key extends WordKey> = Named<(typeof ko)[Key]> | Nested<(typeof ko)[Key]>

/** All placeholders of all sentences. */
export type Placeholder = { [Key in WordKey]: PlaceholderOf<Key> }[WordKey]

type Values<Key extends WordKey> = [PlaceholderOf<Key>] extends [never]
  ? []
  : [values: Record<PlaceholderOf<Key>, string | number>]

export type Say = <Key extends WordKey>(key: Key, ...values: Values<Key>) => string

/** The same for what only links with extras say; nothing is nested there. */
export type ExtraKey = keyof typeof extrasKo
export type ExtraWords = Record<ExtraKey, string>
export type ExtraPlaceholder = { [Key in ExtraKey]: Named<(typeof extrasKo)[Key]> }[ExtraKey]
export type SayExtra = <Key extends ExtraKey>(
  key: Key,
  ...values: [Named<(typeof extrasKo)[Key]>] extends [never]
    ? []
    : [values: Record<Named<(typeof extrasKo)[Key]>, string | number>]
) => string

/** Speaks resolved words: only `{name}` placeholders are left in them, whatever i18next could do is done. */
export function sayWith(words: Words): Say
export function sayWith(words: ExtraWords): SayExtra
export function sayWith(words: Record<string, string>) {
  return (key: string, ...[values]: [values?: Record<string, unknown>]) =>
    (words[key] as string).replace(/\{(\w+)\}/g, (_, name: string) =>
      String((values as Record<string, unknown>)[name]),
    )
}
