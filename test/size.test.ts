// Limits what a customer's phone downloads; the README quotes the same numbers.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { record } from './bench/baseline/start.ts'
import limits from './bench/limits.json' with { type: 'json' }
import { merchantAt } from './support/merchant.ts'
import { type Server, startServer } from './support/server.ts'

const root = resolve(import.meta.dirname, '..')
const assets = join(root, 'dist/assets')

/** How far a file may be below its limit before the limit must be lowered. */
const slack = 0.05

function sizeOf(pattern: RegExp): number {
  const name = readdirSync(assets).find((file) => pattern.test(file))
  if (!name) throw new Error(`no ${pattern} in ${assets}`)
  return brotliCompressSync(readFileSync(join(assets, name))).length
}

function expectWithin(bytes: number, limit: number): void {
  expect(bytes).toBeLessThanOrEqual(limit)
  expect(bytes).toBeGreaterThan(limit * (1 - slack))
}

test.each<[string, RegExp, number]>([
  ['the first script', /^index-.*\.js$/, limits.firstScript],
  ['the screens’ script', /^screens-[\w-]{8}\.js$/, limits.screens],
  ['the style sheet', /^index-.*\.css$/, limits.styles],
])('%s stays within its size limit', (_, pattern, limit) => {
  expectWithin(sizeOf(pattern), limit)
})

test.each(['ko', 'en'] as const)(
  'the document in %s stays within its size limit, headers included, and fits the initial TCP window',
  async (language) => {
    const server: Server = await startServer()
    try {
      const { url } = await merchantAt(server.url).create()
      const { headers, body } = await record(`${url}?lang=${language}`)
      const head = headers.reduce((bytes, text) => bytes + text.length + 2, 0)
      const bytes = head + Buffer.from(body, 'base64').length
      expectWithin(bytes, limits.document[language])
      expect(limits.document[language]).toBeLessThan(14_600)
    } finally {
      await server.stop()
    }
  },
  30_000,
)

test('the README quotes the same size limits', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const quoted = [...readme.matchAll(/at most ([\d,]+) bytes/g)].map(([, number = '']) =>
    Number(number.replaceAll(',', '')),
  )
  const { document, firstScript, screens, styles } = limits
  expect(quoted).toEqual([document.ko, document.en, firstScript, styles, screens])
})
