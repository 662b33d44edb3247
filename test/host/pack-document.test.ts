import { brotliDecompressSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packDocument } from '../../src/edge/hosts/node/server/pack-document.ts'

type Packed = Awaited<ReturnType<typeof packDocument>>

const read = ({ head, tail }: Packed, text: string) =>
  brotliDecompressSync(Buffer.concat([head, Buffer.from(tail(text), 'latin1')])).toString()

test('a packed document reads as it was written, whatever its end is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.nat(300),
      fc.array(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), { minLength: 1 }),
      async (text, times, ends) => {
        const begun = text.repeat(times + 1)
        const packed = await packDocument(begun)
        for (const end of ends) expect(read(packed, end)).toBe(begun + end)
      },
    ),
    { numRuns: 50 },
  )
})

test('an end as long as its length can say', async () => {
  const packed = await packDocument('<!doctype html>')
  const end = 'x'.repeat(65_536)
  expect(read(packed, end)).toBe(`<!doctype html>${end}`)
})
