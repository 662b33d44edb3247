// Formatting of card fields and caret position while typing. Pure.
import { groupsOf, lengthOf } from '../../contract/cards/card-check.ts'

export interface TypedText {
  text: string
  caret: number
}

/** Some keyboards type full-width digits. */
export const digitsIn = (text: string) => text.normalize('NFKC').replace(/\D/g, '')

export function showNumber(digits: string): string {
  const number = digits.slice(0, lengthOf(digits))
  return joinGroups(number, groupsOf(number), ' ')
}

/** MM/YY. A first digit above 1 is a one-digit month. */
export function showExpiry(digits: string): string {
  const full = /^[2-9]/.test(digits) ? `0${digits}` : digits
  return joinGroups(full.slice(0, 4), [2, 2], '/')
}

/** Six digits are a date of birth; more are a business number, in its usual groups. */
export function showBirth(digits: string): string {
  return digits.length <= 6 ? digits : joinGroups(digits.slice(0, 10), [3, 2, 5], '-')
}

export const showPassword = (digits: string): string => digits.slice(0, 2)

/** Accepts the browser's autofill of `cc-exp`: `12/31`, `12/2031`, `2031-12`. */
export function expiryDigits(text: string): string {
  const [, late, month = ''] = /^\s*20(\d{2})\D?(0[1-9]|1[0-2])\s*$/.exec(text) ?? []
  if (late !== undefined) return month + late
  const digits = digitsIn(text)
  return /^(0[1-9]|1[0-2])20\d{2}$/.test(digits) ? digits.slice(0, 2) + digits.slice(4) : digits
}

function joinGroups(digits: string, groups: readonly number[], gap: string): string {
  let at = 0
  const parts = groups.map((length) => {
    at += length
    return digits.slice(at - length, at)
  })
  return parts.filter((part) => part !== '').join(gap)
}

/** Reformats the input and keeps the caret behind the same digit. */
export function retype(
  raw: string,
  caret: number,
  show: (digits: string) => string,
  read: (text: string) => string = digitsIn,
): TypedText {
  const text = show(read(raw))
  const added = digitsIn(text).length - read(raw).length
  // A caret at the end stays at the end.
  if (caret >= raw.length) return { text, caret: text.length }
  let before = digitsIn(raw.slice(0, caret)).length + (added > 0 && caret > 0 ? added : 0)
  let at = 0
  while (before > 0 && at < text.length) {
    if (/\d/.test(text.charAt(at))) before -= 1
    at += 1
  }
  return { text, caret: at }
}
