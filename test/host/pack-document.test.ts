import { brotliDecompressSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packDocument } from '../../src/edge/hosts/node/server/pack-document.ts'

type Packed = Awaited<ReturnType<typeof packDocument>>

const read = ({ head, tail }: Packed, text: string) =>
  brotliDecompressSync(Buffer.concat([head, Buffer.from(tail(text), 'latin1')])).toString()

test('a packed document with any tail decompresses to the original', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.nat(300),
      fc.array(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), { minLength: 1 }),
      async (text, times, ends) => {
        const head = text.repeat(times + 1)
        const packed = await packDocument(head)
        for (const end of ends) expect(read(packed, end)).toBe(head + end)
      },
    ),
    { numRuns: 50 },
  )
})

test('a packed document may have a tail of the maximal length', async () => {
  const packed = await packDocument('<!doctype html>')
  const end = 'x'.repeat(65_536)
  expect(read(packed, end)).toBe(`<!doctype html>${end}`)
})
