import { z } from 'zod'

// Control characters, lone surrogates and the overrides that turn text around:
// what a page shows must be what was written.
export const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

// What shows nothing: white space, what Unicode calls ignorable (joiners, fillers, selectors, tags), and what it does
// not: the empty braille pattern, the null note head, annotation marks.
const blank = /^[\s\p{Default_Ignorable_Code_Point}\u2800\u{1d159}\ufff9-\ufffb]*$/u

/** Text of 1 to `max` code points: a Hangul syllable and a plain emoji are one each. */
export function freeText(name: string, max: number) {
  return z
    .string({ error: ({ input }) => (input === undefined ? `${name} is required` : `${name} must be text`) })
    .refine((value) => [...value].length <= max, {
      error: ({ input }) => `${name} must be at most ${max} characters, not ${[...String(input)].length}`,
    })
    .refine((value) => value === '' || !blank.test(value), { error: `${name} must not be blank` })
    .refine((value) => !unprintable.test(value), {
      error: `${name} must not contain control characters`,
    })
    .meta({ maxLength: max })
}

/** One of a few words. */
export function wordField<const Word extends string>(name: string, words: readonly [Word, ...Word[]]) {
  return z.enum(words, { error: `${name} must be ${words.join(', ').replace(/, ([^,]*)$/, ' or $1')}` })
}
