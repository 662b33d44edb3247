// What documents and public clients send where a value was to be filled in. Upstream takes it; here it counts as
// absent, and the answer says so, because tax and notices hang on it.

import type { FieldError } from '../../domain/field-error.ts'
import { isEmpty } from './drop-empty.ts'

interface Placeholder {
  /** Could this text still be meant as a value? Then it is refused, as any wrong one. */
  isPlaceholder: (text: string) => boolean
  lacks: string
}

const placeholders: Record<string, Placeholder> = {
  // "tax free amount". Any digit may be money: "1,000" is not guessed at.
  tax_free: { isPlaceholder: (text) => !/\p{N}/u.test(text), lacks: 'a number' },
  // "notification url", "https://your URL". What has a dot, a path or a port may be an address that lacks its scheme.
  notice_url: {
    isPlaceholder: (text) => /^(https?:\/\/)?[^\s./:][^./:]*$/i.test(text.trim()) && !URL.canParse(text),
    lacks: 'an address',
  },
}

/**
 * @param isStrict text stays, so that it is refused
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
