import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Payment } from '../../src/sandbox/engine/payment.ts'
import { coveredAnswers } from './expect-shape.ts'
import shapes from './iamport-shapes.json' with { type: 'json' }
import { openShop, Shop } from './shop.ts'

interface List {
  total: number
  previous: number
  next: number
  list: Payment[]
}

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})

afterAll(() => {
  // Cards and billing keys are covered by billing.test.ts.
  const calls = Object.entries(shapes.answers).filter(([call]) => !call.includes('/subscribe/'))
  const successes = calls.flatMap(([call, answers]) =>
    Object.entries(answers).flatMap(([status, schema]) => (schema ? [`${call} ${status}`] : [])),
  )
  expect([...coveredAnswers]).toEqual(expect.arrayContaining(successes))
})

describe('an access token', () => {
  const credentials = { imp_key: 'sandbox', imp_secret: 'sandbox' }
  const ask = () =>
    shop.rest<{ access_token: string; now: number; expired_at: number }>('POST /users/getToken', credentials)

  test('is not issued for wrong credentials', async () => {
    const { status, code } = await shop.rest('POST /users/getToken', { imp_key: 'sandbox', imp_secret: 'x' })
    expect([status, code]).toEqual([401, -1])
  })

  test('is returned unchanged until it expires after 30 minutes', async () => {
    const first = (await ask()).response
    shop.now += 20 * 60_000
    const second = (await ask()).response
    expect(first.expired_at - first.now).toBe(1800)
    expect([second.access_token, second.expired_at]).toEqual([first.access_token, first.expired_at])
    shop.now += 11 * 60_000
    expect((await ask()).response.access_token).not.toBe(first.access_token)
  })

  test('is extended by five minutes if requested in its last minute', async () => {
    const first = (await ask()).response
    shop.now += 29.5 * 60_000
    expect((await ask()).response.expired_at).toBe(first.expired_at + 300)
  })

  test('is rejected after it has expired', async () => {
    expect((await shop.rest('GET /users/pg')).status).toBe(200)
    shop.now += 31 * 60_000
    expect((await shop.rest('GET /payments/imp_000000000000')).status).toBe(401)
  })

  test('is accepted bare, with Bearer and in X-ImpTokenHeader', async () => {
    const { access_token } = (await ask()).response
    const headersList = [{ authorization: access_token }, { authorization: `Bearer ${access_token}` }]
    for (const headers of headersList)
      expect((await shop.rest('GET /users/pg', undefined, headers)).status).toBe(200)
    const bare = await shop.app.request('/api/users/pg', {
      headers: { 'X-ImpTokenHeader': access_token, Tier: 'ABC' },
    })
    expect(bare.status).toBe(200)
    expect((await new Shop().rest('GET /users/pg')).status).toBe(401)
  })

  test('can be requested with a form body', async () => {
    const body = new URLSearchParams(credentials)
    const response = await shop.app.request('/api/users/getToken', { method: 'POST', body })
    expect(response.status).toBe(200)
  })
})

describe('a registered amount', () => {
  const order = { merchant_uid: 'order-1', amount: 10_000 }

  test('can be created, read and changed, but not created twice', async () => {
    expect((await shop.rest('GET /payments/prepare/order-1')).status).toBe(404)
    expect((await shop.rest('PUT /payments/prepare', order)).status).toBe(404)
    expect((await shop.rest('POST /payments/prepare', order)).response).toMatchObject(order)
    const again = await shop.rest('POST /payments/prepare', order)
    expect([again.status, again.code, again.response]).toEqual([200, 1, null])
    await shop.rest('PUT /payments/prepare', { ...order, amount: 12_000, currency: 'KRW' })
    expect((await shop.rest('GET /payments/prepare/order-1')).response).toMatchObject({
      amount: 12_000,
      currency: 'KRW',
    })
  })

  test('prevents a window from opening with a different amount', async () => {
    await shop.rest('POST /payments/prepare', order)
    expect(await shop.open({ amount: 100 })).toMatchObject({ key: '', error_code: 'F400' })
    expect((await shop.open({ amount: 10_000 })).mode).toBe('iframe')
  })
})

describe('the payments API', () => {
  test('hides a test payment from GET /payments/{imp_uid} unless include_sandbox is set', async () => {
    const uid = await shop.pay()
    expect(await shop.rest(`GET /payments/${uid}`)).toMatchObject({ status: 404, code: -1, response: null })
    const { response } = await shop.rest(`GET /payments/${uid}?include_sandbox=true`)
    expect(response).toMatchObject({
      imp_uid: uid,
      merchant_uid: 'order-1',
      status: 'paid',
      amount: 10_000,
      cancel_amount: 0,
      currency: 'KRW',
      sandbox: true,
      pg_provider: 'html5_inicis',
      pg_id: 'INIpayTest',
      channel: 'pc',
      card_number: expect.stringMatching(/^\d{6}\*{6}\d{4}$/),
      receipt_url: `https://pay.example/receipt/${uid}`,
      paid_at: shop.now / 1000,
    })
    expect(uid).toMatch(/^imp_\d{12}$/)
  })

  test('lists all attempts of an order, newest first', async () => {
    const { key } = await shop.open()
    const failed = (await shop.press(key, 'decline')).imp_uid
    shop.now += 60_000
    const paid = await shop.pay()
    const all = (await shop.rest<List>('GET /payments/findAll/order-1')).response
    expect(all.list.map(({ imp_uid }) => imp_uid)).toEqual([paid, failed])
    const oldest = await shop.rest('GET /payments/find/order-1?sorting=started')
    expect(oldest.response).toMatchObject({ imp_uid: failed, status: 'failed' })
    expect((await shop.rest('GET /payments/find/order-1/paid')).response.imp_uid).toBe(paid)
    expect((await shop.rest('GET /payments/find/order-1/cancelled')).status).toBe(404)
    expect((await shop.rest('GET /payments/findAll/order-2')).status).toBe(404)
    expect((await shop.rest('GET /payments/findAll/order-1/odd')).status).toBe(400)
  })

  test('splits a long list into pages', async () => {
    for (let count = 0; count < 5; count += 1) await shop.open()
    const page = async (number: number) =>
      (await shop.rest<List>(`GET /payments/findAll/order-1/ready?limit=2&page=${number}`)).response
    expect(await page(1)).toMatchObject({ total: 5, previous: 0, next: 2 })
    expect(await page(3)).toMatchObject({ total: 5, previous: 2, next: 0 })
    expect((await shop.rest('GET /payments/findAll/order-1?page=9')).status).toBe(400)
    expect((await shop.rest<List>('GET /payments/status/all')).response.total).toBe(5)
    expect((await shop.rest<List>('GET /payments/status/paid')).response.list).toEqual([])
  })

  test('returns 20 entries per page by default and up to 1000 with limit', async () => {
    for (let count = 0; count < 25; count += 1) {
      shop.now += 1_000
      await shop.open()
    }
    const ask = (query: string) => shop.rest<List>(`GET /payments/findAll/order-1${query}`)
    const first = (await ask('')).response
    expect(first).toMatchObject({ total: 25, previous: 0, next: 2, list: { length: 20 } })
    const second = (await ask('?page=2')).response
    expect(second).toMatchObject({ total: 25, previous: 1, next: 0, list: { length: 5 } })
    const whole = (await ask('?limit=1000')).response
    expect(whole).toMatchObject({ total: 25, previous: 0, next: 0 })
    expect([...first.list, ...second.list]).toEqual(whole.list)
    expect((await ask('?limit=1000&sorting=started')).response.list).toEqual(whole.list.toReversed())
  })

  test.each([
    'limit=0',
    'limit=1001',
    'limit=-1',
    'limit=1.5',
    'limit=1e2',
    'limit=',
    'page=0',
    'page=0x1',
    'sorting=paid_at',
  ])('rejects a list request with %s', async (query) => {
    await shop.open()
    expect((await shop.rest(`GET /payments/findAll/order-1?${query}`)).status).toBe(400)
    expect((await shop.rest(`GET /payments/status/all?${query}`)).status).toBe(400)
  })

  test('answers a batch with 207 when some payments are missing and 404 when all are', async () => {
    const uid = await shop.pay()
    expect((await shop.rest(`GET /payments?imp_uid[]=${uid}&merchant_uid[]=order-1`)).status).toBe(200)
    expect((await shop.rest(`GET /payments?imp_uid[]=${uid}&imp_uid[]=imp_1`)).status).toBe(207)
    expect((await shop.rest('GET /payments?imp_uid[]=imp_1')).status).toBe(404)
  })
})

describe('a refund', () => {
  const cancel = (fields: object) => shop.rest<Payment | null>('POST /payments/cancel', fields)

  test('is for the full amount unless one is given', async () => {
    const imp_uid = await shop.pay()
    expect((await cancel({ imp_uid, reason: '변심' })).response).toMatchObject({
      status: 'cancelled',
      cancel_amount: 10_000,
      cancel_reason: '변심',
    })
    expect(await cancel({ imp_uid })).toMatchObject({ status: 200, code: 1, response: null })
  })

  test('of a part marks the payment as cancelled, and parts add up', async () => {
    const imp_uid = await shop.pay()
    expect((await cancel({ imp_uid, amount: 3_000 })).response).toMatchObject({
      status: 'cancelled',
      cancel_amount: 3_000,
    })
    expect(await cancel({ imp_uid, amount: 8_000 })).toMatchObject({ status: 200, code: 1 })
    expect(await cancel({ imp_uid, amount: 2_000, checksum: 10_000 })).toMatchObject({ status: 200, code: 1 })
    const { response } = await cancel({ merchant_uid: 'order-1', amount: 2_000, checksum: 7_000 })
    expect(response?.cancel_amount).toBe(5_000)
    expect(response?.cancel_history.map(({ amount }) => amount)).toEqual([3_000, 2_000])
  })

  test('is refused for a payment that was not paid', async () => {
    const { key } = await shop.open()
    const imp_uid = (await shop.press(key, 'decline')).imp_uid
    expect(await cancel({ imp_uid })).toMatchObject({ code: 1 })
    expect(await cancel({ imp_uid: 'imp_1' })).toMatchObject({ status: 200, code: 1 })
  })

  test('of a virtual account requires a refund account', async () => {
    const imp_uid = await shop.pay({ pay_method: 'vbank' })
    await shop.control({ deposit: imp_uid })
    expect(await cancel({ imp_uid })).toMatchObject({ code: 1 })
    const account = { refund_holder: '홍길동', refund_bank: '004', refund_account: '1234' }
    expect((await cancel({ imp_uid, ...account })).response?.status).toBe('cancelled')
  })
})
