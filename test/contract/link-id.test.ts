import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isLinkId, makeLinkId } from '../../src/contract/links/link-id.ts'

test('makeLinkId returns a valid ID without look-alike characters for any random bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 18, maxLength: 18 }), (bytes) => {
      const id = makeLinkId(() => bytes)
      expect(isLinkId(id)).toBe(true)
      expect(id).not.toMatch(/[ilouA-Z]/)
    }),
  )
})

test('makeLinkId uses 5 bits of every byte, 90 in all', () => {
  const ids = new Set<string>()
  for (let position = 0; position < 18; position++)
    for (let byte = 0; byte < 32; byte++)
      ids.add(makeLinkId((bytes) => Uint8Array.from(bytes, (_, at) => (at === position ? byte : 0))))
  expect(ids.size).toBe(18 * 31 + 1)
})

test.each([
  '',
  'abc',
  '0'.repeat(17),
  '0'.repeat(19),
  `${'0'.repeat(17)}l`,
  `${'0'.repeat(17)}/`,
  'favicon.ico',
])('isLinkId rejects "%s"', (text) => {
  expect(isLinkId(text)).toBe(false)
})
