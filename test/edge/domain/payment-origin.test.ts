import { describe, expect, test } from 'vitest'
import type { Link } from '../../../src/edge/domain/links/link.ts'
import { originOf, readOriginMark, withOriginMark } from '../../../src/edge/domain/payments/payment-origin.ts'
import type { Payment } from '../../../src/edge/iamport/payment.ts'
import { newRegistration } from '../../../src/edge/store/cards/registration-row.ts'
import { aLink, aPayment, aPermission } from '../support/builders.ts'
import { start } from '../support/start.ts'

const minute = 60_000
const mark = aPermission().id
const marked = { custom_data: JSON.stringify({ dari_checkout: mark }) }

const from = (payment: Partial<Payment>, permissions = [aPermission()], link: Partial<Link> = {}) =>
  originOf(aPayment(payment), permissions, [{ link: aLink(link), current: true }]).from

describe('a payment came through a window of its order', () => {
  test.each([
    ['if it carries the mark of a permission that was valid when it started', marked, 'window'],
    [
      'if the merchant has fields of their own beside the mark',
      { custom_data: `{"a":1,"dari_checkout":"${mark}"}` },
      'window',
    ],
    [
      'if the mark was encoded twice on its way',
      { custom_data: JSON.stringify(marked.custom_data) },
      'window',
    ],
    [
      'if it started two minutes late by upstream’s clock',
      { ...marked, started_at: start + 12 * minute },
      'window',
    ],
    [
      'if it started two minutes early by upstream’s clock',
      { ...marked, started_at: start - 2 * minute },
      'window',
    ],
    ['if upstream gives no start time', { ...marked, started_at: null }, 'window'],
    [
      'if upstream gives no time at all',
      { ...marked, started_at: null, vbank_issued_at: null, paid_at: null },
      'window',
    ],
    [
      'if only the approval time is known, up to an hour and two minutes after the permission ended',
      { ...marked, started_at: null, paid_at: start + 72 * minute },
      'window',
    ],
    [
      'if only the account’s issue time is known and the deposit came the next day',
      { ...marked, started_at: null, vbank_issued_at: start + 5 * minute, paid_at: start + 1440 * minute },
      'window',
    ],
    ['probably if upstream gives no custom data and nothing contradicts it', {}, 'likely'],
    ['probably if it has the link’s name', { name: aLink().name }, 'likely'],
  ] as const)('%s', (_, payment, expected) => {
    expect(from(payment)).toBe(expected)
  })
})

describe('a payment came from elsewhere', () => {
  test.each([
    ['if its permission had ended before it started', { ...marked, started_at: start + 12 * minute + 1 }],
    ['if it started before its permission', { ...marked, started_at: start - 2 * minute - 1 }],
    [
      'if it was approved more than an hour after its permission and its start time is unknown',
      { ...marked, started_at: null, paid_at: start + 72 * minute + 1 },
    ],
    ['if it has another name than the link', { name: '구독 3회차' }],
    ['if it carries foreign custom data', { custom_data: '{"cart":7}' }],
    ['if the mark is nested one level too deep', { custom_data: `{"a":{"dari_checkout":"${mark}"}}` }],
    ['if the mark is a list', { custom_data: `{"dari_checkout":["${mark}"]}` }],
    ['if the mark is inside a list', { custom_data: JSON.stringify([marked.custom_data]) }],
    ['if the mark has a prefix', { custom_data: `{"dari_checkout":"0${mark}"}` }],
    ['if the mark has a suffix', { custom_data: `{"dari_checkout":"${mark}0"}` }],
    ['if its custom data is not JSON', { custom_data: 'cart 7' }],
    ['if it was made by REST, as a subscription charge', { channel: 'api' }],
    ['if its start time is unknown and it carries no mark', { started_at: null }],
    ['if it started while no permission was valid', { started_at: start + 13 * minute }],
  ])('%s', (_, payment) => {
    expect(from(payment)).toBe('elsewhere')
  })
  test('if its mark belongs to another order', () => {
    expect(from(marked, [aPermission({ link_id: 'another-order-link' })])).toBe('elsewhere')
  })
  test('if the order has no permission', () => {
    expect(from({}, [])).toBe('elsewhere')
  })
})

describe('for an order with several links, a payment', () => {
  const older = aLink({ id: 'older', name: '사과 3kg' })
  const newer = aLink({ id: 'newer' })
  const order = [
    { link: older, current: false },
    { link: newer, current: true },
  ]
  const permissions = [
    aPermission({ id: 'b'.repeat(32), link_id: 'older' }),
    aPermission({ link_id: 'newer', granted_at: start + minute }),
  ]
  const linkOf = (payment: Partial<Payment>, granted = permissions) =>
    originOf(aPayment(payment), granted, order).link_id
  test('came through the window whose mark it carries', () => {
    expect(linkOf(marked)).toBe('newer')
    expect(linkOf({ custom_data: JSON.stringify({ dari_checkout: 'b'.repeat(32) }) })).toBe('older')
  })
  test('without a mark probably came through the last permitted window', () => {
    const alike = { started_at: start + minute }
    expect([linkOf(alike), linkOf(alike, permissions.toReversed())]).toEqual(['newer', 'newer'])
  })
  test('without a mark probably came through a window of the link with its name', () => {
    expect(linkOf({ name: older.name })).toBe('older')
    expect(linkOf({ name: newer.name })).toBe('newer')
  })
  test('with an unknown mark probably belongs to the current link', () => {
    expect(linkOf(marked, [])).toBe('newer')
  })
})

test('a charge by REST probably belongs to the link only if its card was typed into our page', () => {
  const registration = {
    ...newRegistration({ customer_uid: 'kim', customer_id: null, replace: false, form: true }),
  }
  const charged = { channel: 'api', customer_uid: 'kim' }
  expect(from(charged, undefined, { registration })).toBe('likely')
  for (const customer_uid of ['lee', null])
    expect(from({ ...charged, customer_uid }, undefined, { registration })).toBe('elsewhere')
  expect(from(charged, undefined, { registration: { ...registration, form: false } })).toBe('elsewhere')
  // A merchant can copy a mark into their own charge.
  expect(from({ ...charged, ...marked }, undefined, { registration })).toBe('window')
  expect(from({ ...charged, ...marked, customer_uid: null }, undefined, { registration })).toBe('window')
  expect(from({ ...charged, ...marked, customer_uid: 'lee' }, undefined, { registration })).toBe('elsewhere')
  expect(from({ ...charged, ...marked })).toBe('elsewhere')
})

describe('an unknown mark after a restored backup', () => {
  test('probably belongs to the order’s current link if the payment started after the link was created', () => {
    expect(from(marked, [])).toBe('likely')
    expect(from({ ...marked, started_at: start - 2 * minute }, [])).toBe('likely')
    expect(from({ ...marked, started_at: start - 2 * minute - 1 }, [])).toBe('elsewhere')
  })
})

describe('the custom data of a window', () => {
  test.each([
    ['without the merchant’s data', null, { dari_checkout: mark }],
    ['with the merchant’s object', '{"cart":7}', { cart: 7, dari_checkout: mark }],
  ])('%s carries the mark', (_, own, expected) => {
    expect(withOriginMark(own, mark)).toEqual(expected)
    expect(readOriginMark(JSON.stringify(expected))).toBe(mark)
  })
  test.each(['[1,2]', '"text"', '7', 'null'])(
    'of the merchant is passed on unchanged if it is not an object: %s',
    (own) => {
      expect(withOriginMark(own, mark)).toEqual(JSON.parse(own))
    },
  )
  test('may be dropped by upstream, with or without the merchant’s fields', () => {
    const own = { custom_data: '{"cart":7}' }
    expect(from({}, undefined, own)).toBe('likely')
    expect(from(marked, [], own)).toBe('likely')
  })
  test('is recognized as JSON and as plain text', () => {
    const own = { custom_data: '"cart 7"' }
    expect(from({ custom_data: '"cart 7"' }, undefined, own)).toBe('likely')
    expect(from({ custom_data: 'cart 7' }, undefined, own)).toBe('likely')
    expect(from({ custom_data: 'cart 8' }, undefined, own)).toBe('elsewhere')
  })
  test('without a mark is distinguished from foreign custom data', () => {
    expect(from({ custom_data: '[1,2]' }, undefined, { custom_data: '[1, 2]' })).toBe('likely')
    expect(from({ custom_data: '[1,2,3]' }, undefined, { custom_data: '[1,2]' })).toBe('elsewhere')
  })
})
