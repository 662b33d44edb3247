// Schemas for the fields of i'mport's responses. Invalid amounts make a payment unreadable; invalid descriptive fields
// count as missing, so that a bad timestamp cannot block a payment.
import { z } from 'zod'
import { largestMinor } from '../../contract/money/money.ts'

const latestSeconds = Date.UTC(2100) / 1000

/** PostgreSQL rejects NUL; control characters and lone surrogates do not belong in a name. */
const invalidCharacters = /[\p{Cc}\p{Cs}]/gu

const optionalUnknown = z.unknown().optional()

/** Text for display; truncated if too long. */
export const textUpTo = (max: number) =>
  optionalUnknown.transform((value) => {
    const text = typeof value === 'string' ? value.slice(0, max).replace(invalidCharacters, '') : ''
    return text || null
  })

export const text = textUpTo(200)

/** For numbers, codes and URLs. Never truncated, which would change their meaning. */
export const identifierUpTo = (max: number) =>
  optionalUnknown.transform((value) => {
    const isValid = typeof value === 'string' && value.length <= max && value.search(invalidCharacters) === -1
    return isValid ? value || null : null
  })

export const identifier = identifierUpTo(100)

/** In major units. The maximum keeps every currency's minor units below 2^53. */
export const amount = z.number().min(0).max(largestMinor)

/** Unix seconds on the wire (0: none), milliseconds from here on. */
export const timestamp = optionalUnknown.transform((value) => {
  const seconds = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value
  const isValid = typeof seconds === 'number' && seconds > 0 && seconds < latestSeconds
  return isValid ? Math.round(seconds * 1000) : null
})

/** Unix seconds, required. */
export const unixSeconds = z.int().min(0).max(latestSeconds)
