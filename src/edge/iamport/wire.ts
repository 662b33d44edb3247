// What a field of i'mport's answers may hold. Money must be right or the answer is none; what only describes it
// may be missing, so whatever cannot be true there counts as missing.
import { z } from 'zod'
import { largestMinor } from '../../contract/money.ts'

const latestSeconds = Date.UTC(2100) / 1000

/** PostgreSQL takes no NUL, and neither a lone surrogate nor a control character is part of a name. */
const unfit = /[\p{Cc}\p{Cs}]/gu

/** Whatever it is, or nothing at all. */
const anything = z.unknown().optional()

/** Text for people: what is too long is cut. */
export const textUpTo = (max: number) =>
  anything.transform((given) => {
    const text = typeof given === 'string' ? given.slice(0, max).replace(unfit, '') : ''
    return text || null
  })

export const text = textUpTo(200)

/** A number, a code, an address: a part of it would mean something else, so it is whole or missing. */
export const wordUpTo = (max: number) =>
  anything.transform((given) =>
    typeof given === 'string' && given.length <= max && given.search(unfit) === -1 ? given || null : null,
  )

export const word = wordUpTo(100)

/** An amount in major units. Its bound leaves room for any currency's minor unit below 2^53. */
export const money = z.number().min(0).max(largestMinor)

/** Unix seconds on the wire, 0 where it means nothing; milliseconds from here on. */
export const time = anything.transform((given) => {
  const seconds = typeof given === 'string' && /^\d{1,10}$/.test(given) ? Number(given) : given
  const isTime = typeof seconds === 'number' && seconds > 0 && seconds < latestSeconds
  return isTime ? Math.round(seconds * 1000) : null
})

/** Unix seconds that tell one thing from another, and so must be there. */
export const seconds = z.int().min(0).max(latestSeconds)
