// Formatting of card fields and caret position while typing.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  digitsIn,
  expiryDigits,
  retype,
  showBirth,
  showExpiry,
  showNumber,
  showPassword,
} from '../../src/page/card/typing.ts'

/** Simulates typing into a field; `|` is the caret. */
function typist(show: (digits: string) => string, read = digitsIn) {
  let [before, after] = ['', '']
  const settle = (raw: string, caret: number) => {
    const typed = retype(raw, caret, show, read)
    before = typed.text.slice(0, typed.caret)
    after = typed.text.slice(typed.caret)
  }
  const field = {
    type(text: string) {
      for (const key of text) settle(before + key + after, before.length + 1)
      return field
    },
    paste(text: string) {
      settle(before + text + after, before.length + text.length)
      return field
    },
    erase(times = 1) {
      for (let n = 0; n < times; n++) settle(before.slice(0, -1) + after, Math.max(0, before.length - 1))
      return field
    },
    left(steps: number) {
      const at = before.length - steps
      const whole = before + after
      before = whole.slice(0, at)
      after = whole.slice(at)
      return field
    },
    sees: () => `${before}|${after}`,
  }
  return field
}

describe('typing a card number', () => {
  test('groups the digits and stops at the full length', () => {
    expect(typist(showNumber).type('42424').sees()).toBe('4242 4|')
    expect(typist(showNumber).type('4242424242424242999').sees()).toBe('4242 4242 4242 4242|')
    expect(typist(showNumber).type('3782822463100059').sees()).toBe('3782 822463 10005|')
  })
  test('keeps the caret when digits in the middle are corrected', () => {
    const field = typist(showNumber).type('424242424242')
    expect(field.left(5).sees()).toBe('4242 4242| 4242')
    expect(field.type('9').sees()).toBe('4242 4242 9|424 2')
    expect(field.erase().sees()).toBe('4242 4242| 4242')
    expect(field.erase(2).sees()).toBe('4242 42|42 42')
  })
  test('accepts pasted dashes, letters and full-width digits', () => {
    expect(typist(showNumber).paste(' 4242-4242-4242-4242 ').sees()).toBe('4242 4242 4242 4242|')
    expect(typist(showNumber).paste('４２４２ 번호 4242').sees()).toBe('4242 4242|')
  })
})

describe('typing an expiry', () => {
  test('adds the slash, and a zero to a one-digit month', () => {
    expect(typist(showExpiry, expiryDigits).type('1231').sees()).toBe('12/31|')
    expect(typist(showExpiry, expiryDigits).type('931').sees()).toBe('09/31|')
    expect(typist(showExpiry, expiryDigits).type('12/31').sees()).toBe('12/31|')
  })
  test.each(['12/31', '12/2031', '1231', '122031', '2031-12', '12 / 31'])(
    'reads the autofill %s',
    (filled) => {
      expect(typist(showExpiry, expiryDigits).paste(filled).sees()).toBe('12/31|')
    },
  )
  test('can be erased completely', () => {
    expect(typist(showExpiry, expiryDigits).type('1231').erase(3).sees()).toBe('1|')
    expect(typist(showExpiry, expiryDigits).type('1231').erase(4).sees()).toBe('|')
  })
})

test('a birth date is not grouped and a business number gets its dashes', () => {
  expect(typist(showBirth).type('900101').sees()).toBe('900101|')
  expect(typist(showBirth).type('2208162517').sees()).toBe('220-81-62517|')
  expect(typist(showBirth).type('2208162517').erase(4).sees()).toBe('220816|')
})

test('a password field keeps two digits', () => {
  expect(typist(showPassword).type('1a23').sees()).toBe('12|')
})

describe('formatting any input', () => {
  const shows = fc.constantFrom(showNumber, showExpiry, showBirth, showPassword)
  test('is idempotent and adds no digit except a leading zero', () => {
    void fc.assert(
      fc.property(shows, fc.string(), (show, raw) => {
        const { text, caret } = retype(raw, raw.length, show)
        expect(show(digitsIn(text))).toBe(text)
        expect(caret).toBe(text.length)
        expect(
          digitsIn(raw).startsWith(digitsIn(text).replace(/^0/, '')) ||
            digitsIn(raw).startsWith(digitsIn(text)),
        ).toBe(true)
      }),
    )
  })
  test('keeps the caret behind the same digit', () => {
    void fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789 -'), maxLength: 16 }),
        fc.nat(16),
        (raw, place) => {
          const at = Math.min(place, Math.max(0, raw.length - 1))
          const { text, caret } = retype(raw, at, showNumber)
          fc.pre(raw.length > 0 && digitsIn(raw).length <= 14)
          expect(digitsIn(text.slice(0, caret))).toBe(digitsIn(raw.slice(0, at)))
        },
      ),
    )
  })
})
