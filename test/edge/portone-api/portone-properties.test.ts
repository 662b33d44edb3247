// Properties of amounts, signatures and references.
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { largestMinor } from '../../../src/contract/money/money.ts'
import { checkLinkRef } from '../../../src/edge/domain/links/link-ref.ts'
import { isSigned, sign } from '../../../src/edge/features/webhooks/portone-signature.ts'
import { addUp } from '../../../src/edge/portone-api/request/sums.ts'

const minor = fc.integer({ min: 0, max: largestMinor })
const pairs = fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), fc.string({ unit: 'grapheme' }), {
  maxKeys: 7,
})
const secrets = fc.string({ minLength: 1 }).filter((text) => text.isWellFormed())

describe('the parts of an amount', () => {
  test('add up to the amount line by line, or the request is refused', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: largestMinor }),
        minor,
        minor,
        fc.option(fc.constant('SPRING')),
        (amount, shipping, discount, promo_code) => {
          const sum = addUp({ amount, shipping, discount, promo_code, items: undefined })
          if (!sum.ok) return void expect(shipping).toBeGreaterThan(amount + discount)
          const total = sum.lines.reduce(
            (rest, line) => (line.kind === 'discount' ? rest - line.amount : rest + line.amount),
            0,
          )
          expect(total).toBe(sum.lines.length > 0 ? amount : 0)
          expect(sum.lines.every((line) => line.amount >= 0 && Number.isSafeInteger(line.amount))).toBe(true)
          expect(sum.lines.length > 0).toBe(shipping > 0 || discount > 0 || promo_code !== null)
        },
      ),
    )
  })
  test('given as items are accepted only if they add up to the amount', () => {
    fc.assert(
      fc.property(
        minor,
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.integer(),
        (items, shipping, discount, off) => {
          const amount = items + shipping - discount
          fc.pre(amount > 0)
          const parts = { amount, shipping, discount, promo_code: null }
          expect(addUp({ ...parts, items }).ok).toBe(true)
          expect(addUp({ ...parts, items: items + off }).ok).toBe(off === 0)
        },
      ),
    )
  })
})

/** The pairs as the sample code of upstream's documents encodes them, sorted by key. */
const writers: Record<string, (text: string) => string> = {
  'Node and Java': (text) => new URLSearchParams([['', text]]).toString().slice(1),
  Go: (text) => percent(text, /[0-9A-Za-z\-_.~]/).replaceAll('%20', '+'),
  Python: (text) => percent(text, /[0-9A-Za-z\-_.~]/).replaceAll('%20', '+'),
  PHP: (text) => percent(text, /[0-9A-Za-z\-_.]/).replaceAll('%20', '+'),
  'C#': (text) => percent(text, /[0-9A-Za-z\-_.~]/),
  'a browser': encodeURIComponent,
}

const percent = (text: string, plain: RegExp) =>
  [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return plain.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')

const sortedBy = (values: Record<string, string>, write: (text: string) => string) =>
  Object.keys(values)
    .sort()
    .map((name) => `${name}=${write(values[name] ?? '')}`)
    .join('&')

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('base64')

describe('a signature', () => {
  test.each(Object.entries(writers))('made by the sample code for %s is valid', async (_, write) => {
    await fc.assert(
      fc.asyncProperty(secrets, pairs, async (secret, values) => {
        expect(await isSigned(secret, values, hmac(secret, sortedBy(values, write)))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
  test('of ours is what upstream’s servers would make', async () => {
    await fc.assert(
      fc.asyncProperty(secrets, pairs, async (secret, values) => {
        const go = writers.Go
        expect(await sign(secret, values)).toBe(hmac(secret, sortedBy(values, go ?? String)))
      }),
      { numRuns: 60 },
    )
  })
  test('is invalid for any other value, secret or text', async () => {
    await fc.assert(
      fc.asyncProperty(secrets, pairs, fc.string(), secrets, async (secret, values, text, other) => {
        const signature = await sign(secret, values)
        const [first] = Object.keys(values)
        if (first !== undefined && values[first] !== text)
          expect(await isSigned(secret, { ...values, [first]: text }, signature)).toBe(false)
        if (other !== secret) expect(await isSigned(other, values, signature)).toBe(false)
        if (text !== signature) expect(await isSigned(secret, values, text)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})

describe('a reference chosen by the merchant', () => {
  const from = (alphabet: string, length: number) =>
    fc
      .array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length })
      .map((characters) => characters.join(''))
  test.each([
    ['of 32 random letters and digits', from('0123456789abcdefghijklmnopqrstuvwxyz', 32)],
    ['that is a random UUID', fc.uuid({ version: 4 })],
  ])('%s counts as unguessable', (_, references) => {
    // Some random references look constructed by chance: at most one in a hundred.
    const refused = fc
      .sample(references, { numRuns: 1000, seed: 5 })
      .filter((ref) => !checkLinkRef(ref, 'order-1').ok)
    expect(refused.length).toBeLessThan(10)
  })
  test.each([
    'invoice-for-customer-1042-2026',
    'seoul-coffee-roasters-order-00042',
    'mygreatshopordernumber00001',
    'dari_coffee_payment_link_000123',
    'krw-shp-ord-inv-1042',
  ])('%s counts as guessable', (ref) => {
    expect(checkLinkRef(ref, 'order-1').ok).toBe(false)
  })
  test('that only repeats, counts or contains the order number counts as guessable', () => {
    fc.assert(
      fc.property(
        from('0123456789abcdefghijklmnopqrstuvwxyz', 5),
        fc.integer({ min: 4, max: 12 }),
        (block, times) => {
          expect(checkLinkRef(block.repeat(times), 'order-1').ok).toBe(false)
        },
      ),
    )
    fc.assert(
      fc.property(from('0123456789abcdefghijklmnopqrstuvwxyz', 24), (number) => {
        expect(checkLinkRef(`pay-${number}`, number).ok).toBe(false)
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 1e9, max: 9e9 }), fc.integer({ min: 0, max: 1e6 }), (time, count) => {
        expect(checkLinkRef(`order-${time}-link-${count}`.padEnd(20, '0'), 'x').ok).toBe(false)
      }),
    )
  })
})
