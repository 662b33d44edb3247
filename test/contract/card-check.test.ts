import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkCard,
  checkExpiry,
  checkNumber,
  expiryOf,
  isBirthDate,
  isBusinessNumber,
  lengthOf,
  passesLuhn,
} from '../../src/contract/cards/card-check.ts'

const now = Date.parse('2026-11-20T06:00:00Z')
const digits = (least: number, most = least) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: least, maxLength: most })
const other = (digit: string, step: number) => String((Number(digit) + step) % 10)

/** Appends the valid check digit. */
function completed(start: string): string {
  const last = [...'0123456789'].filter((digit) => passesLuhn(start + digit))
  expect(last).toHaveLength(1)
  return start + last
}

describe('card number check', () => {
  test.each([
    '4242424242424242',
    '5555555555554444',
    '378282246310005',
    '30569309025904',
    '6221260000000000',
  ])('accepts %s', (number) =>
    expect(
      checkNumber(number === '6221260000000000' ? completed('622126000000000') : number),
    ).toBeUndefined(),
  )

  test('accepts exactly one last digit and detects any single wrong digit', () => {
    void fc.assert(
      fc.property(digits(15), fc.nat(15), fc.integer({ min: 1, max: 9 }), (start, at, step) => {
        const number = completed(start)
        const slipped = number.slice(0, at) + other(number.charAt(at), step) + number.slice(at + 1)
        expect(passesLuhn(slipped)).toBe(false)
      }),
    )
  })

  test('detects swapped neighbouring digits, except 09 and 90, which Luhn cannot tell apart', () => {
    void fc.assert(
      fc.property(digits(15), fc.nat(14), (start, at) => {
        const number = completed(start)
        const [a = '', b = ''] = number.slice(at, at + 2)
        fc.pre(a !== b && a + b !== '09' && a + b !== '90')
        expect(passesLuhn(number.slice(0, at) + b + a + number.slice(at + 2))).toBe(false)
      }),
    )
  })

  test('rejects other lengths and anything but digits', () => {
    void fc.assert(
      fc.property(digits(1, 22), (number) => {
        if (number.length !== lengthOf(number)) expect(checkNumber(number)).toBe('wrong')
      }),
    )
    void fc.assert(
      fc.property(fc.string(), (text) => {
        if (/\D/.test(text)) expect(checkNumber(text)).toBe('wrong')
      }),
    )
  })
})

describe('expiry check', () => {
  test('accepts a card until its month ends in Korean time', () => {
    const lastHour = Date.parse('2026-11-30T14:59:59Z')
    expect(checkExpiry('2026-11', lastHour)).toBeUndefined()
    expect(checkExpiry('2026-11', lastHour + 1_000)).toBe('past')
  })

  test('calls earlier months expired, accepts the next twenty years, and rejects other input', () => {
    void fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 99 }), (month, year) => {
        const typed = `${String(month).padStart(2, '0')}${String(year).padStart(2, '0')}`
        const months = (year - 26) * 12 + month - 11
        const expected = months < 0 ? 'past' : year > 46 ? 'wrong' : undefined
        expect(checkExpiry(expiryOf(typed, now), now)).toBe(expected)
      }),
    )
  })

  test.each(['', '1', '123', '1326', '0026', 'ab26', '12345'])('rejects %j as an expiry', (typed) => {
    expect(checkExpiry(expiryOf(typed, now), now)).toBe('wrong')
  })
})

test('the birth date check accepts every real day of either century', () => {
  void fc.assert(
    fc.property(digits(6), (typed) => {
      const [year, month, day] = [typed.slice(0, 2), typed.slice(2, 4), typed.slice(4)].map(Number)
      const was = [1900, 2000].some((century) => {
        const date = new Date(Date.UTC(century + (year ?? 0), (month ?? 0) - 1, day))
        return date.getUTCMonth() === (month ?? 0) - 1 && date.getUTCDate() === day
      })
      expect(isBirthDate(typed)).toBe(was)
    }),
    { numRuns: 2_000, examples: [['000229'], ['010229'], ['961231'], ['000000'], ['990431']] },
  )
})

describe('business number check', () => {
  // Published by the companies.
  test.each(['1248100998', '2208162517', '1208147521'])('accepts %s', (number) => {
    expect(isBusinessNumber(number)).toBe(true)
  })

  test('accepts exactly one last digit and nothing else', () => {
    void fc.assert(
      fc.property(digits(9), (start) => {
        const sound = [...'0123456789'].filter((digit) => isBusinessNumber(start + digit))
        expect(sound).toHaveLength(1)
      }),
    )
    void fc.assert(
      fc.property(digits(0, 20), (text) => {
        if (text.length !== 10) expect(isBusinessNumber(text)).toBe(false)
      }),
    )
  })
})

test('checkCard names every invalid field and none of a valid card', () => {
  const sound = { number: '4242424242424242', expiry: '1231', birth: '900101', password: '12' }
  expect(checkCard(sound, now)).toEqual({})
  expect(checkCard({ ...sound, birth: '2208162517' }, now)).toEqual({})
  expect(checkCard({ number: '', expiry: '', birth: '', password: '' }, now)).toEqual({
    number: 'missing',
    expiry: 'missing',
    birth: 'missing',
    password: 'missing',
  })
  expect(checkCard({ number: '4242', expiry: '0126', birth: '12', password: '1' }, now)).toEqual({
    number: 'wrong',
    expiry: 'past',
    birth: 'wrong',
    password: 'wrong',
  })
})
