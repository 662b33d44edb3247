// What the fields of a card show while one types, and where the caret stands.
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

/** A field and somebody at its keyboard; `|` is the caret. */
function typist(show: (digits: string) => string, read = digitsIn) {
  let [before, after] = ['', '']
  const settle = (raw: string, caret: number) => {
    const typed = retype(raw, caret, show, read)
    before = typed.text.slice(0, typed.caret)
    after = typed.text.slice(typed.caret)
  }
  const hands = {
    type(text: string) {
      for (const key of text) settle(before + key + after, before.length + 1)
      return hands
    },
    paste(text: string) {
      settle(before + text + after, before.length + text.length)
      return hands
    },
    erase(times = 1) {
      for (let n = 0; n < times; n++) settle(before.slice(0, -1) + after, Math.max(0, before.length - 1))
      return hands
    },
    left(steps: number) {
      const at = before.length - steps
      const whole = before + after
      before = whole.slice(0, at)
      after = whole.slice(at)
      return hands
    },
    sees: () => `${before}|${after}`,
  }
  return hands
}

describe('a card number', () => {
  test('is grouped as one types, and ends where it is full', () => {
    expect(typist(showNumber).type('42424').sees()).toBe('4242 4|')
    expect(typist(showNumber).type('4242424242424242999').sees()).toBe('4242 4242 4242 4242|')
    expect(typist(showNumber).type('3782822463100059').sees()).toBe('3782 822463 10005|')
  })
  test('is mended in its middle without losing the place', () => {
    const hands = typist(showNumber).type('424242424242')
    expect(hands.left(5).sees()).toBe('4242 4242| 4242')
    expect(hands.type('9').sees()).toBe('4242 4242 9|424 2')
    expect(hands.erase().sees()).toBe('4242 4242| 4242')
    expect(hands.erase(2).sees()).toBe('4242 42|42 42')
  })
  test('comes by pasting, with any dashes, letters or full-width digits', () => {
    expect(typist(showNumber).paste(' 4242-4242-4242-4242 ').sees()).toBe('4242 4242 4242 4242|')
    expect(typist(showNumber).paste('４２４２ 번호 4242').sees()).toBe('4242 4242|')
  })
})

describe('an expiry', () => {
  test('gets its slash, and a month of one digit its zero', () => {
    expect(typist(showExpiry, expiryDigits).type('1231').sees()).toBe('12/31|')
    expect(typist(showExpiry, expiryDigits).type('931').sees()).toBe('09/31|')
    expect(typist(showExpiry, expiryDigits).type('12/31').sees()).toBe('12/31|')
  })
  test.each(['12/31', '12/2031', '1231', '122031', '2031-12', '12 / 31'])(
    '%s from a browser is read',
    (filled) => {
      expect(typist(showExpiry, expiryDigits).paste(filled).sees()).toBe('12/31|')
    },
  )
  test('can be erased to the end', () => {
    expect(typist(showExpiry, expiryDigits).type('1231').erase(3).sees()).toBe('1|')
    expect(typist(showExpiry, expiryDigits).type('1231').erase(4).sees()).toBe('|')
  })
})

test('a date of birth stays bare, a business number gets its dashes', () => {
  expect(typist(showBirth).type('900101').sees()).toBe('900101|')
  expect(typist(showBirth).type('2208162517').sees()).toBe('220-81-62517|')
  expect(typist(showBirth).type('2208162517').erase(4).sees()).toBe('220816|')
})

test('a password is two digits and no more', () => {
  expect(typist(showPassword).type('1a23').sees()).toBe('12|')
})

describe('whatever is typed', () => {
  const shows = fc.constantFrom(showNumber, showExpiry, showBirth, showPassword)
  test('showing it twice changes nothing, and no digit appears but a leading zero', () => {
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
  test('the caret stands behind the digit that it stood behind', () => {
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
