// Messages between a shop's page and the embedded page.
/// <reference path="../../public/embed.d.ts" />
import { expect, test } from 'vitest'
import { readMessage } from '../../src/page/embed/message.ts'

test.each([
  { dari: 'size', height: 640 },
  { dari: 'window', open: true },
  { dari: 'result', link: '0123456789abcdefgh', status: 'paid' },
])('readMessage understands %j', (message) => {
  expect(readMessage(message)).toEqual(message)
})

test.each([
  null,
  'paid',
  {},
  { dari: 'result', status: 'paid' },
  { dari: 'result', link: 'x', status: 'success' },
  { dari: 'size', height: '100%' },
  { dari: 'size', height: Number.NaN },
  { dari: 'window', open: 'yes' },
  { dari: 'other' },
])('readMessage ignores %j', (message) => {
  expect(readMessage(message)).toBeUndefined()
})

test('readMessage returns only status and link of a result', () => {
  const more = { dari: 'result', link: 'x', status: 'paid', amount: 1, imp_uid: 'imp_1' }
  expect(readMessage(more)).toEqual({ dari: 'result', link: 'x', status: 'paid' })
})

test('the published types match those of the loader', () => {
  type Loader = typeof import('../../src/page/embed/loader.ts')
  type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
  const options: Same<Parameters<Loader['open']>[0], Dari.OpenOptions> = true
  const opened: Same<ReturnType<Loader['open']>, Dari.Opened> = true
  expect([options, opened]).toEqual([true, true])
})
