// Placeholder texts that documents and public clients send in place of values. Upstream accepts them; here they count
// as absent, with a warning in the response, because tax and webhooks depend on these fields.

import type { FieldError } from '../../domain/field-error.ts'
import { isEmpty } from './drop-empty.ts'

interface Placeholder {
  /** False for text that might be meant as a value: that is validated and refused. */
  isPlaceholder: (text: string) => boolean
  lacks: string
}

const placeholders: Record<string, Placeholder> = {
  // "tax free amount". Text with a digit may be an amount ("1,000") and is refused instead.
  tax_free: { isPlaceholder: (text) => !/\p{N}/u.test(text), lacks: 'a number' },
  // "notification url", "https://your URL". Text with a dot, path or port may be an address without its scheme.
  notice_url: {
    isPlaceholder: (text) => /^(https?:\/\/)?[^\s./:][^./:]*$/i.test(text.trim()) && !URL.canParse(text),
    lacks: 'an address',
  },
}

/**
 * @param isStrict keeps the text, so that validation refuses it
 * @returns the fields without placeholders
 */
export function dropPlaceholders(
  given: Record<string, unknown>,
  isStrict: boolean,
  warnings: FieldError[],
): Record<string, unknown> {
  const found = Object.entries(placeholders).flatMap(([path, { isPlaceholder, lacks }]) => {
    const value = given[path]
    if (value !== undefined && isEmpty(value)) return { path, is: 'empty' }
    const isText = typeof value === 'string' && !isStrict && isPlaceholder(value)
    return isText ? { path, is: `not ${lacks}` } : []
  })
  if (found.length === 0) return given
  warnings.push(...found.map(({ path, is }) => ({ path, message: `${path} is ${is} and counts as absent` })))
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => !found.some(({ path }) => path === name)),
  )
}
