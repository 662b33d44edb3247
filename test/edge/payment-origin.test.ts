import { describe, expect, test } from 'vitest'
import type { Payment } from '../../src/edge/iamport/payment.ts'
import type { Link } from '../../src/edge/link.ts'
import { chooseOwner } from '../../src/edge/rules/choose-owner.ts'
import { markedCustomData, markIn, originOf, type Permission } from '../../src/edge/rules/payment-origin.ts'
import { newRegistration } from '../../src/edge/store/registration-row.ts'
import { aLink, aPayment } from './builders.ts'
import { start } from './start.ts'

const minute = 60_000
const mark = 'a'.repeat(32)
const marked = { custom_data: JSON.stringify({ dari_checkout: mark }) }

const permission = (differences: Partial<Permission> = {}): Permission => ({
  id: mark,
  link_id: aLink().id,
  method_key: 'm1',
  granted_at: start,
  holds_until: start + 10 * minute,
  ended_at: null,
  ...differences,
})

const from = (payment: Partial<Payment>, permissions = [permission()], link: Partial<Link> = {}) =>
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
    ['likely, where upstream tells of no custom data and nothing contradicts', {}, 'likely'],
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
      'when it was approved an hour after its permission, and nobody knows when it was started',
      { ...marked, started_at: null, paid_at: start + 73 * minute },
    ],
    ['when it is named as the link is not', { name: '구독 3회차' }],
    ['when it bears custom data of somebody else', { custom_data: '{"cart":7}' }],
    ['when the mark stands one level too deep', { custom_data: `{"a":{"dari_checkout":"${mark}"}}` }],
    ['when the mark is a list', { custom_data: `{"dari_checkout":["${mark}"]}` }],
    ['when it bears custom data that is no JSON', { custom_data: 'cart 7' }],
    ['when it was made by REST, as a subscription is charged', { channel: 'api' }],
    ['when nobody knows when it was started, and it bears no mark', { started_at: null }],
    ['when it was started while no permission was open', { started_at: start + 13 * minute }],
  ])('%s', (_, payment) => {
    expect(from(payment)).toBe('elsewhere')
  })
  test('when its mark is that of another order', () => {
    expect(from(marked, [permission({ link_id: 'another-order-link' })])).toBe('elsewhere')
  })
  test('when the order has no permission at all', () => {
    expect(from({}, [])).toBe('elsewhere')
  })
})

test('a charge by REST is likely only of a card that was typed into our page', () => {
  const registration = {
    ...newRegistration({ customer_uid: 'kim', customer_id: null, replace: false, form: true }),
  }
  const charged = { channel: 'api', customer_uid: 'kim' }
  expect(from(charged, undefined, { registration })).toBe('likely')
  expect(from({ ...charged, customer_uid: 'lee' }, undefined, { registration })).toBe('elsewhere')
  expect(from(charged, undefined, { registration: { ...registration, form: false } })).toBe('elsewhere')
})

describe('a mark that nobody knows, after an older backup was put back', () => {
  test('is likely of the order’s current link, if it was started after that was made', () => {
    expect(from(marked, [])).toBe('likely')
    expect(from({ ...marked, started_at: start - 3 * minute }, [])).toBe('elsewhere')
  })
})

describe('what a window is handed as custom data', () => {
  test.each([
    ['nothing of the merchant’s', null, { dari_checkout: mark }],
    ['the merchant’s object', '{"cart":7}', { cart: 7, dari_checkout: mark }],
  ])('%s bears the mark', (_, own, expected) => {
    expect(markedCustomData(own, mark)).toEqual(expected)
    expect(markIn(JSON.stringify(expected))).toBe(mark)
  })
  test.each(['[1,2]', '"text"', '7', 'null'])('%s is handed on as the merchant wrote it', (own) => {
    expect(markedCustomData(own, mark)).toEqual(JSON.parse(own))
  })
  test('unmarked, it is told apart from what somebody else hands over', () => {
    expect(from({ custom_data: '[1,2]' }, undefined, { custom_data: '[1, 2]' })).toBe('likely')
    expect(from({ custom_data: '[1,2,3]' }, undefined, { custom_data: '[1,2]' })).toBe('elsewhere')
  })
})

describe('a payment is judged by', () => {
  const older = aLink({ id: 'older' })
  const current = (differences: Partial<Link> = {}) =>
    aLink({ id: 'newer', created_at: start + 5 * minute, ...differences })
  const order = (newer: Link) => [
    { link: older, current: false, supersededAt: newer.created_at },
    { link: newer, current: true, supersededAt: null },
  ]
  const through = (link_id: string) => ({
    from: 'window' as const,
    link_id,
    permission: permission({ link_id }),
  })
  const judge = (newer: Link, payment: Partial<Payment>, link_id = 'older') => {
    const { link, isPrice } = chooseOwner(older, order(newer), aPayment(payment), through(link_id), undefined)
    return [link.id, isPrice]
  }
  test('the link that replaced its own and asks for the same', () => {
    expect(judge(current(), {})).toEqual(['newer', true])
  })
  test('its own link, where the window was opened before another price took its place', () => {
    const dearer = current({ amount: 20_000 })
    expect(judge(dearer, { started_at: start + 7 * minute })).toEqual(['older', true])
    expect(judge(dearer, { started_at: start + 7 * minute + 1 })).toEqual(['older', false])
  })
  test('the current link where it is of that one’s price, whichever window it came through', () => {
    expect(judge(current({ amount: 20_000 }), { amount: 20_000 })).toEqual(['newer', true])
  })
  test('the link that keeps it already, whatever became of the order', () => {
    const kept = { link_id: 'older', isFinal: true }
    const { link } = chooseOwner(current(), order(current()), aPayment(), through('newer'), kept)
    expect(link.id).toBe('older')
  })
  test('the link that was asked about, where nothing tells', () => {
    const { link } = chooseOwner(older, order(current()), aPayment(), { from: 'elsewhere' }, undefined)
    expect(link.id).toBe('older')
  })
})
