import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { expectShape } from './expect-shape.ts'
import { distil } from './extract-shapes.ts'
import shapes from './iamport-shapes.json' with { type: 'json' }

const original = fileURLToPath(new URL('../../../shared/reference/iamport-v1.openapi.json', import.meta.url))

test.skipIf(!existsSync(original))('the shapes kept here are those of the original specification', () => {
  const spec = JSON.parse(readFileSync(original, 'utf8'))
  expect(shapes).toEqual(distil(spec, Object.keys(shapes.answers)))
})

test('an answer of the wrong shape is noticed', () => {
  const json = { code: 0, message: null, response: { imp_uid: 'imp_1', amount: '10000' } }
  expect(() => expectShape({ method: 'GET', path: '/payments/imp_1', status: 200, json })).toThrow()
})
