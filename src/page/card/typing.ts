// Pure: what a field shows while one types, and where the caret stands in it.
import { groupsOf, lengthOf } from '../../contract/cards/card-check.ts'

export interface Typed {
  text: string
  caret: number
}

/** Digits of any width: some keyboards write full-width ones. */
export const digitsIn = (text: string) => text.normalize('NFKC').replace(/\D/g, '')

export function showNumber(digits: string): string {
  const number = digits.slice(0, lengthOf(digits))
  return grouped(number, groupsOf(number), ' ')
}

/** MM/YY. A first digit above 1 can only be a month of its own. */
export function showExpiry(digits: string): string {
  const full = /^[2-9]/.test(digits) ? `0${digits}` : digits
  return grouped(full.slice(0, 4), [2, 2], '/')
}

/** Six digits are a date of birth; more of them, a business number in its usual groups. */
export function showBirth(digits: string): string {
  return digits.length <= 6 ? digits : grouped(digits.slice(0, 10), [3, 2, 5], '-')
}

export const showPassword = (digits: string): string => digits.slice(0, 2)

/** What browsers fill in for `cc-exp`: `12/31`, `12/2031`, `2031-12`. */
export function expiryDigits(text: string): string {
  const [, late, month = ''] = /^\s*20(\d{2})\D?(0[1-9]|1[0-2])\s*$/.exec(text) ?? []
  if (late !== undefined) return month + late
  const digits = digitsIn(text)
  return /^(0[1-9]|1[0-2])20\d{2}$/.test(digits) ? digits.slice(0, 2) + digits.slice(4) : digits
}

function grouped(digits: string, groups: readonly number[], gap: string): string {
  let at = 0
  const parts = groups.map((length) => {
    at += length
    return digits.slice(at - length, at)
  })
  return parts.filter((part) => part !== '').join(gap)
}

/** Shows anew what was typed; the caret stays behind the digit that it stood behind. */
export function retype(
  raw: string,
  caret: number,
  show: (digits: string) => string,
  read: (text: string) => string = digitsIn,
): Typed {
  const text = show(read(raw))
  const added = digitsIn(text).length - read(raw).length
  // At the end one goes on typing at the end, whatever was added or cut.
  if (caret >= raw.length) return { text, caret: text.length }
  let before = digitsIn(raw.slice(0, caret)).length + (added > 0 && caret > 0 ? added : 0)
  let at = 0
  while (before > 0 && at < text.length) {
    if (/\d/.test(text.charAt(at))) before -= 1
    at += 1
  }
  return { text, caret: at }
}
