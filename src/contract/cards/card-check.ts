// Offline checks of card fields. The page runs them while the customer types, the edge before it forwards anything.
// Results never contain a value.

export type CardField = 'number' | 'expiry' | 'birth' | 'password'
export type CardProblem = 'missing' | 'wrong' | 'past'

export interface TypedCard {
  /** Digits only, as in every field here. */
  number: string
  /** MMYY */
  expiry: string
  birth: string
  password: string
}

/** American Express and Diners use their own digit groups. */
export function groupsOf(number: string): readonly number[] {
  if (/^3[47]/.test(number)) return [4, 6, 5]
  return /^3(0[0-5]|[689])/.test(number) ? [4, 6, 4] : [4, 4, 4, 4]
}

export const lengthOf = (number: string): number => groupsOf(number).reduce((sum, group) => sum + group, 0)

/** The check digit of ISO/IEC 7812-1, Annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits.at(-1 - at)) * (at % 2 === 0 ? 1 : 2)
    sum += digit > 9 ? digit - 9 : digit
  }
  return digits.length > 0 && sum % 10 === 0
}

const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5]

/** A Korean business registration number; its tenth digit checks the others (National Tax Service). */
export function isBusinessNumber(digits: string): boolean {
  if (!/^\d{10}$/.test(digits)) return false
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  const carried = sum + Math.floor((5 * Number(digits[8])) / 10)
  return (10 - (carried % 10)) % 10 === Number(digits[9])
}

const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** `YYMMDD` without a century: 29 February is accepted in every fourth year, 2000 included. */
export function isBirthDate(digits: string): boolean {
  if (!/^\d{6}$/.test(digits)) return false
  const [year = 0, month = 0, day = 0] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2)))
  const days = month === 2 && year % 4 !== 0 ? 28 : monthDays[month - 1]
  return days !== undefined && day >= 1 && day <= days
}

const koreaMs = 9 * 60 * 60 * 1000
/** Cards are not issued for longer. */
const maxYears = 20

/** MMYY to `YYYY-MM`, in the century of `now`. */
export function expiryOf(digits: string, now: number): string | undefined {
  const month = Number(digits.slice(0, 2))
  if (!/^\d{4}$/.test(digits) || month < 1 || month > 12) return undefined
  const century = new Date(now + koreaMs).toISOString().slice(0, 2)
  return `${century}${digits.slice(2)}-${digits.slice(0, 2)}`
}

/** A card is valid until its month ends, in Korean time. */
export function checkExpiry(expiry: string | undefined, now: number): CardProblem | undefined {
  if (expiry === undefined || !/^\d{4}-(0[1-9]|1[0-2])$/.test(expiry)) return 'wrong'
  const month = new Date(now + koreaMs).toISOString().slice(0, 7)
  if (expiry < month) return 'past'
  return Number(expiry.slice(0, 4)) > Number(month.slice(0, 4)) + maxYears ? 'wrong' : undefined
}

export function checkNumber(digits: string): CardProblem | undefined {
  if (digits === '') return 'missing'
  return /^\d+$/.test(digits) && digits.length === lengthOf(digits) && passesLuhn(digits)
    ? undefined
    : 'wrong'
}

export function checkBirth(digits: string): CardProblem | undefined {
  if (digits === '') return 'missing'
  return isBirthDate(digits) || isBusinessNumber(digits) ? undefined : 'wrong'
}

export function checkPassword(digits: string): CardProblem | undefined {
  if (digits === '') return 'missing'
  return /^\d{2}$/.test(digits) ? undefined : 'wrong'
}

/** All invalid fields, in the order of the form. */
export function checkCard(card: TypedCard, now: number): Partial<Record<CardField, CardProblem>> {
  const expiry = card.expiry === '' ? 'missing' : checkExpiry(expiryOf(card.expiry, now), now)
  const found = {
    number: checkNumber(card.number),
    expiry,
    birth: checkBirth(card.birth),
    password: checkPassword(card.password),
  }
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined))
}
