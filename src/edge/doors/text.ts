import { z } from 'zod'

// Control and format characters, lone surrogates and the overrides that turn text around:
// what a page shows must be what was written.
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

/** Text of 1 to `max` characters, as people count them: a Hangul syllable and an emoji are one. */
export function text(name: string, max: number) {
  return z
    .string({ error: ({ input }) => (input === undefined ? `${name} is required` : `${name} must be text`) })
    .refine((value) => [...value].length <= max, {
      error: ({ input }) => `${name} must be at most ${max} characters, not ${[...String(input)].length}`,
    })
    .refine((value) => !unprintable.test(value), {
      error: `${name} must not contain control characters`,
    })
    .meta({ maxLength: max })
}

/** One of a few words. */
export function word<const Word extends string>(name: string, words: readonly [Word, ...Word[]]) {
  return z.enum(words, { error: `${name} must be ${words.join(', ').replace(/, ([^,]*)$/, ' or $1')}` })
}
