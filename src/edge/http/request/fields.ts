import { z } from 'zod'

// Control characters, lone surrogates and bidirectional overrides: the page must show text as it was written.
export const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

// Invisible characters: white space, Unicode's Default_Ignorable, and some that it lacks (empty braille pattern, null
// note head, annotation marks).
const blank = /^[\s\p{Default_Ignorable_Code_Point}\u2800\u{1d159}\ufff9-\ufffb]*$/u

/** Text of 1 to `max` code points. */
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

export function wordField<const Word extends string>(name: string, words: readonly [Word, ...Word[]]) {
  return z.enum(words, { error: `${name} must be ${words.join(', ').replace(/, ([^,]*)$/, ' or $1')}` })
}
