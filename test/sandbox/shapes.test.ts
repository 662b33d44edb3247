import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { expectShape } from './expect-shape.ts'
import { extractShapes } from './extract-shapes.ts'
import shapes from './iamport-shapes.json' with { type: 'json' }

const original = fileURLToPath(new URL('../../../shared/reference/iamport-v1.openapi.json', import.meta.url))

test.skipIf(!existsSync(original))('the stored schemas match the original specification', () => {
  const spec = JSON.parse(readFileSync(original, 'utf8'))
  expect(shapes).toEqual(extractShapes(spec, Object.keys(shapes.answers)))
})

test('a response that violates the schema fails the check', () => {
  const json = { code: 0, message: null, response: { imp_uid: 'imp_1', amount: '10000' } }
  expect(() => expectShape({ method: 'GET', path: '/payments/imp_1', status: 200, json })).toThrow()
})
