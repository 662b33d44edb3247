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
    ['when it bears the mark of a permission that was open when it was started', marked, 'window'],
    [
      'also where the merchant has fields of their own beside the mark',
      { custom_data: `{"a":1,"dari_checkout":"${mark}"}` },
      'window',
    ],
    [
      'also where the mark was encoded once more on its way',
      { custom_data: JSON.stringify(marked.custom_data) },
      'window',
    ],
    [
      'also where it was started two minutes late by upstream’s clock',
      { ...marked, started_at: start + 12 * minute },
      'window',
    ],
    [
      'also where it was started two minutes early by upstream’s clock',
      { ...marked, started_at: start - 2 * minute },
      'window',
    ],
    ['also where upstream does not tell when it was started', { ...marked, started_at: null }, 'window'],
    [
      'also where upstream tells of no time at all',
      { ...marked, started_at: null, vbank_issued_at: null, paid_at: null },
      'window',
    ],
    [
      'also where only the approval is known, an hour and two minutes after the permission ended',
      { ...marked, started_at: null, paid_at: start + 72 * minute },
      'window',
    ],
    [
      'also where only the account is known, and its deposit came the next day',
      { ...marked, started_at: null, vbank_issued_at: start + 5 * minute, paid_at: start + 1440 * minute },
      'window',
    ],
    ['likely, where upstream tells of no custom data and nothing contradicts', {}, 'likely'],
    ['likely, where it is named as the link is', { name: aLink().name }, 'likely'],
  ] as const)('%s', (_, payment, expected) => {
    expect(from(payment)).toBe(expected)
  })
})

describe('a payment came from elsewhere', () => {
  test.each([
    [
      'when its permission had ended before it was started',
      { ...marked, started_at: start + 12 * minute + 1 },
    ],
    ['when it is older than its permission', { ...marked, started_at: start - 2 * minute - 1 }],
    [
      'when it was approved more than an hour after its permission, and nobody knows when it was started',
      { ...marked, started_at: null, paid_at: start + 72 * minute + 1 },
    ],
    ['when it is named as the link is not', { name: '구독 3회차' }],
    ['when it bears custom data of somebody else', { custom_data: '{"cart":7}' }],
    ['when the mark stands one level too deep', { custom_data: `{"a":{"dari_checkout":"${mark}"}}` }],
    ['when the mark is a list', { custom_data: `{"dari_checkout":["${mark}"]}` }],
    ['when the mark stands in a list', { custom_data: JSON.stringify([marked.custom_data]) }],
    ['when something stands before the mark', { custom_data: `{"dari_checkout":"0${mark}"}` }],
    ['when something stands after the mark', { custom_data: `{"dari_checkout":"${mark}0"}` }],
    ['when it bears custom data that is no JSON', { custom_data: 'cart 7' }],
    ['when it was made by REST, as a subscription is charged', { channel: 'api' }],
    ['when nobody knows when it was started, and it bears no mark', { started_at: null }],
    ['when it was started while no permission was open', { started_at: start + 13 * minute }],
  ])('%s', (_, payment) => {
    expect(from(payment)).toBe('elsewhere')
  })
  test('when its mark is that of another order', () => {
    expect(from(marked, [aPermission({ link_id: 'another-order-link' })])).toBe('elsewhere')
  })
  test('when the order has no permission at all', () => {
    expect(from({}, [])).toBe('elsewhere')
  })
})

describe('of an order with several links, a payment', () => {
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
  test('came through the window whose mark it bears', () => {
    expect(linkOf(marked)).toBe('newer')
    expect(linkOf({ custom_data: JSON.stringify({ dari_checkout: 'b'.repeat(32) }) })).toBe('older')
  })
  test('without a mark came likely through the window that was permitted last', () => {
    const alike = { started_at: start + minute }
    expect([linkOf(alike), linkOf(alike, permissions.toReversed())]).toEqual(['newer', 'newer'])
  })
  test('without a mark came likely through a window of the link that it is named after', () => {
    expect(linkOf({ name: older.name })).toBe('older')
    expect(linkOf({ name: newer.name })).toBe('newer')
  })
  test('with a mark that nobody knows is likely of the current link', () => {
    expect(linkOf(marked, [])).toBe('newer')
  })
})

test('a charge by REST is likely only of a card that was typed into our page', () => {
  const registration = {
    ...newRegistration({ customer_uid: 'kim', customer_id: null, replace: false, form: true }),
  }
  const charged = { channel: 'api', customer_uid: 'kim' }
  expect(from(charged, undefined, { registration })).toBe('likely')
  for (const customer_uid of ['lee', null])
    expect(from({ ...charged, customer_uid }, undefined, { registration })).toBe('elsewhere')
  expect(from(charged, undefined, { registration: { ...registration, form: false } })).toBe('elsewhere')
  // A mark can be copied into a charge of the shop's own.
  expect(from({ ...charged, ...marked }, undefined, { registration })).toBe('window')
  expect(from({ ...charged, ...marked, customer_uid: null }, undefined, { registration })).toBe('window')
  expect(from({ ...charged, ...marked, customer_uid: 'lee' }, undefined, { registration })).toBe('elsewhere')
  expect(from({ ...charged, ...marked })).toBe('elsewhere')
})

describe('a mark that nobody knows, after an older backup was put back', () => {
  test('is likely of the order’s current link, if it was started after that was made', () => {
    expect(from(marked, [])).toBe('likely')
    expect(from({ ...marked, started_at: start - 2 * minute }, [])).toBe('likely')
    expect(from({ ...marked, started_at: start - 2 * minute - 1 }, [])).toBe('elsewhere')
  })
})

describe('what a window is handed as custom data', () => {
  test.each([
    ['nothing of the merchant’s', null, { dari_checkout: mark }],
    ['the merchant’s object', '{"cart":7}', { cart: 7, dari_checkout: mark }],
  ])('%s bears the mark', (_, own, expected) => {
    expect(withOriginMark(own, mark)).toEqual(expected)
    expect(readOriginMark(JSON.stringify(expected))).toBe(mark)
  })
  test.each(['[1,2]', '"text"', '7', 'null'])('%s is handed on as the merchant wrote it', (own) => {
    expect(withOriginMark(own, mark)).toEqual(JSON.parse(own))
  })
  test('may be left out by upstream, with the merchant’s own fields or without', () => {
    const own = { custom_data: '{"cart":7}' }
    expect(from({}, undefined, own)).toBe('likely')
    expect(from(marked, [], own)).toBe('likely')
  })
  test('is the same as JSON and as plain text', () => {
    const own = { custom_data: '"cart 7"' }
    expect(from({ custom_data: '"cart 7"' }, undefined, own)).toBe('likely')
    expect(from({ custom_data: 'cart 7' }, undefined, own)).toBe('likely')
    expect(from({ custom_data: 'cart 8' }, undefined, own)).toBe('elsewhere')
  })
  test('unmarked, it is told apart from what somebody else hands over', () => {
    expect(from({ custom_data: '[1,2]' }, undefined, { custom_data: '[1, 2]' })).toBe('likely')
    expect(from({ custom_data: '[1,2,3]' }, undefined, { custom_data: '[1,2]' })).toBe('elsewhere')
  })
})
