import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Customer } from '../../src/sandbox/engine/billing-key.ts'
import type { Payment } from '../../src/sandbox/engine/payment.ts'
import { coveredAnswers } from './expect-shape.ts'
import shapes from './iamport-shapes.json' with { type: 'json' }
import { openShop, type Shop } from './shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})

afterAll(() => {
  const calls = Object.entries(shapes.answers).filter(([call]) => call.includes('/subscribe/'))
  const successes = calls.flatMap(([call, answers]) =>
    Object.entries(answers).flatMap(([status, schema]) => (schema ? [`${call} ${status}`] : [])),
  )
  expect([...coveredAnswers]).toEqual(expect.arrayContaining(successes))
})

const card = { card_number: '4242-4242-4242-4242', expiry: '2030-12', birth: '900101', pwd_2digit: '12' }
const channel = { channel_key: 'channel-key-nice_v2' }
const register = (uid: string, fields: object = {}) =>
  shop.rest<Customer>(`POST /subscribe/customers/${uid}`, { ...channel, ...card, ...fields })

describe('a billing key', () => {
  test('can be registered, read and deleted', async () => {
    const { response } = await register('kim-1', { customer_name: '김하나' })
    expect(response).toMatchObject({
      customer_uid: 'kim-1',
      pg_provider: 'nice_v2',
      card_number: '424242******4242',
      customer_name: '김하나',
      inserted: shop.now / 1000,
      updated: shop.now / 1000,
    })
    expect((await shop.rest('GET /subscribe/customers/kim-1')).response).toEqual(response)
    expect((await shop.rest('DELETE /subscribe/customers/kim-1?reason=leaves')).response).toEqual(response)
    expect((await shop.rest('GET /subscribe/customers/kim-1')).status).toBe(404)
    expect((await shop.rest('DELETE /subscribe/customers/kim-1')).status).toBe(404)
  })

  test('silently replaces an existing key with the same customer_uid', async () => {
    const first = (await register('kim-1')).response
    shop.now += 60_000
    const second = (await register('kim-1', { card_number: '5555-5555-5555-4444' })).response
    expect(second).toMatchObject({ card_number: '555555******4444', inserted: first.inserted })
    expect(second.updated).toBe(first.updated + 60)
  })

  test('list is answered with 207 when some keys are missing and 404 when all are', async () => {
    await register('kim-1')
    const list = (...uids: string[]) =>
      shop.rest(`GET /subscribe/customers?${uids.map((uid) => `customer_uid[]=${uid}`).join('&')}`)
    expect((await list('kim-1')).status).toBe(200)
    expect((await list('kim-1', 'lee-1')).status).toBe(207)
    expect((await list('lee-1')).status).toBe(404)
  })

  test.each([
    ['the declined test number', { card_number: '4000-0000-0000-0002' }],
    ['the expired test number', { card_number: '4000-0000-0000-0069' }],
    ['the test number with a wrong password', { card_number: '4000-0000-0000-0127' }],
    ['a number that fails the Luhn check', { card_number: '4242-4242-4242-4243' }],
    ['a card that expired last month', { expiry: '2026-10' }],
    ['a number without its dashes', { card_number: '4242424242424242' }],
    ['a password of one digit', { pwd_2digit: '1' }],
  ])('is not issued for %s', async (_, fields) => {
    expect(await register('kim-1', fields)).toMatchObject({ status: 200, code: 1, response: null })
    expect((await shop.rest('GET /subscribe/customers/kim-1')).status).toBe(404)
  })

  test('cannot be read without an access token', async () => {
    const response = await shop.app.request('/api/subscribe/customers/kim-1')
    expect(response.status).toBe(401)
  })
})

describe('a payment without a window', () => {
  const order = { merchant_uid: 'order-1', amount: 10_000, name: '구독' }
  const onetime = (fields: object = {}) =>
    shop.rest<Payment>('POST /subscribe/payments/onetime', { ...order, ...card, ...channel, ...fields })
  const again = (fields: object = {}) =>
    shop.rest<Payment>('POST /subscribe/payments/again', { ...order, customer_uid: 'kim-1', ...fields })

  test('by card succeeds once per order and registers the card under a given customer_uid', async () => {
    const { response } = await onetime({ customer_uid: 'kim-1', notice_url: 'https://shop.example/n' })
    expect(response).toMatchObject({ status: 'paid', amount: 10_000, channel: 'api', customer_uid: 'kim-1' })
    expect((await shop.rest('GET /subscribe/customers/kim-1')).status).toBe(200)
    expect(shop.merchantCalls.map(({ body }) => body.status)).toEqual(['paid'])
    expect(await onetime()).toMatchObject({ code: 1, response: null })
  })

  test('without a customer_uid does not register the card', async () => {
    expect((await onetime()).response.status).toBe('paid')
    expect((await shop.rest('GET /subscribe/customers/kim-1')).status).toBe(404)
  })

  test('that is declined is recorded as failed with code 0 and registers no card', async () => {
    const refused = await onetime({ card_number: '4000-0000-0000-9995', customer_uid: 'kim-1' })
    expect(refused).toMatchObject({ code: 0, response: { status: 'failed' } })
    expect((await shop.rest('GET /subscribe/customers/kim-1')).status).toBe(404)
    expect((await shop.rest('GET /payments/find/order-1')).response.status).toBe('failed')
  })

  test('by billing key succeeds, fails for a card without funds and is refused for an unknown key', async () => {
    await register('kim-1')
    expect((await again()).response).toMatchObject({ status: 'paid', customer_uid_usage: 'payment' })
    await register('kim-1', { card_number: '4000-0000-0000-9995' })
    expect((await again({ merchant_uid: 'order-2' })).response.status).toBe('failed')
    expect(await again({ merchant_uid: 'order-3', customer_uid: 'lee-1' })).toMatchObject({ code: 1 })
  })

  test('is refused if its amount differs from the registered amount', async () => {
    await shop.rest('POST /payments/prepare', { merchant_uid: 'order-1', amount: 5_000 })
    expect(await onetime()).toMatchObject({ code: 1, response: null })
  })
})

describe('a window with customer_uid', () => {
  const inWindow = async (provider: string, order: object, act: 'approve' | 'decline' = 'approve') => {
    const { key, error_msg } = await shop.open({ customer_uid: 'kim-1', ...order }, { provider })
    if (!key) return error_msg
    const uid = String((await shop.press(key, act)).imp_uid)
    return (await shop.rest<Payment>(`GET /payments/${uid}?include_sandbox=true`)).response
  }

  test('charges nothing at a gateway that only issues keys, even with an amount', async () => {
    expect(await inWindow('html5_inicis', { amount: 0 })).toMatchObject({
      status: 'paid',
      amount: 0,
      customer_uid_usage: 'issue',
    })
    expect((await shop.rest('GET /subscribe/customers/kim-1')).status).toBe(200)
    expect(await inWindow('html5_inicis', { amount: 900, merchant_uid: 'order-2' })).toMatchObject({
      amount: 0,
    })
  })

  test('charges the amount at a gateway that issues keys with a payment, and refuses an amount of 0', async () => {
    expect(await inWindow('kakaopay', { amount: 900 })).toMatchObject({ status: 'paid', amount: 900 })
    expect(await inWindow('kakaopay', { amount: 0, merchant_uid: 'order-2' })).toEqual(expect.any(String))
  })

  test('is refused by a gateway without billing keys', async () => {
    expect(await inWindow('kcp', { amount: 0 })).toEqual(expect.any(String))
  })

  test('issues no key when the payment is declined', async () => {
    expect(await inWindow('html5_inicis', { amount: 0 }, 'decline')).toMatchObject({ status: 'failed' })
    expect((await shop.rest('GET /subscribe/customers/kim-1')).status).toBe(404)
  })
})
