import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Payment } from '../../src/sandbox/engine/payment.ts'
import { openShop, type Shop } from './shop.ts'

const notice_url = 'https://shop.example/notice'
const confirm_url = 'https://shop.example/confirm'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => {
  vi.useRealTimers()
})

const readPayment = async (uid: unknown) =>
  (await shop.rest<Payment>(`GET /payments/${uid}?include_sandbox=true`)).response

describe('the payment window', () => {
  test('ignores a second button press', async () => {
    const { key } = await shop.open({ notice_url })
    const [first, second] = await Promise.all([shop.press(key, 'approve'), shop.press(key, 'approve')])
    expect(second).toEqual(first)
    expect(await shop.press(key, 'cancel')).toEqual(first)
    expect(shop.merchantCalls).toHaveLength(1)
  })

  test('fails the payment with a reason when it is declined or cancelled', async () => {
    for (const act of ['decline', 'cancel'] as const) {
      const { key } = await shop.open({ notice_url })
      const result = await shop.press(key, act)
      expect(result).toMatchObject({ success: false, error_code: 'F400', error_msg: expect.any(String) })
      expect(await readPayment(result.imp_uid)).toMatchObject({
        status: 'failed',
        fail_reason: result.error_msg,
      })
    }
    expect(shop.merchantCalls).toEqual([])
  })

  test('cannot be opened for a paid order, but one already open can still be approved', async () => {
    const { key } = await shop.open()
    await shop.pay()
    expect(await shop.open()).toMatchObject({ error_code: 'F1002' })
    expect(await shop.press(key, 'approve')).toMatchObject({ success: true, status: 'paid' })
  })

  test('of a checkout-service gateway returns neither success nor status', async () => {
    const { key } = await shop.open({ buyer_name: '홍길동' }, { provider: 'tosspayments' })
    expect(Object.keys(await shop.press(key, 'approve'))).toEqual(['imp_uid', 'merchant_uid'])
  })

  test('of a wallet may report a method other than the requested one', async () => {
    const { key } = await shop.open({ pay_method: 'card' }, { provider: 'kakaopay' })
    expect(await shop.press(key, 'approve')).toMatchObject({ pay_method: 'point' })
  })
})

describe('a virtual account', () => {
  test('is issued on approval and paid by a later deposit', async () => {
    const { key } = await shop.open({ pay_method: 'vbank', vbank_due: '20261122', notice_url })
    const result = await shop.press(key, 'approve')
    expect(result).toMatchObject({
      success: true,
      status: 'ready',
      vbank_num: expect.stringMatching(/^\d{14}$/),
      vbank_date: Date.parse('2026-11-22T14:59:59Z') / 1000,
    })
    expect((await shop.control({ deposit: result.imp_uid })).status).toBe(200)
    expect(await readPayment(result.imp_uid)).toMatchObject({ status: 'paid' })
    expect((await shop.control({ deposit: result.imp_uid })).status).toBe(404)
    expect(shop.merchantCalls.map(({ body }) => body.status)).toEqual(['ready', 'paid'])
  })
})

describe('a notice', () => {
  test('is posted once to each URL before the browser returns', async () => {
    const uid = await shop.pay({ notice_url: [notice_url, `${notice_url}/2`, notice_url] })
    const body = { imp_uid: uid, merchant_uid: 'order-1', status: 'paid' }
    expect(shop.merchantCalls).toEqual([
      { url: notice_url, body },
      { url: `${notice_url}/2`, body },
    ])
  })

  test('can be configured to arrive after the browser’s return, twice or never', async () => {
    vi.useFakeTimers()
    for (const [notice, before, after] of [
      ['after', 0, 1],
      ['twice', 1, 2],
      ['never', 0, 0],
    ] as const) {
      shop.merchantCalls.length = 0
      await shop.control({ reset: true, notice })
      await shop.pay({ notice_url })
      expect(shop.merchantCalls).toHaveLength(before)
      await vi.runAllTimersAsync()
      expect(shop.merchantCalls).toHaveLength(after)
    }
  })

  test('is sent for a refund only on request', async () => {
    const imp_uid = await shop.pay({ notice_url })
    await shop.rest('POST /payments/cancel', { imp_uid, amount: 1_000 })
    expect(shop.merchantCalls).toHaveLength(1)
    await shop.rest('POST /payments/cancel', { imp_uid, amount: 1_000, enable_webhook: true })
    expect(shop.merchantCalls.at(-1)?.body).toMatchObject({
      status: 'cancelled',
      cancellation_id: expect.any(String),
    })
  })

  test('that cannot be delivered does not affect the payment', async () => {
    shop.reply = () => Promise.reject(new Error('down'))
    expect(await readPayment(await shop.pay({ notice_url }))).toMatchObject({ status: 'paid' })
  })
})

describe('confirm_url', () => {
  test('lets the payment continue with status 200', async () => {
    const uid = await shop.pay({ confirm_url })
    expect(shop.merchantCalls).toEqual([
      { url: confirm_url, body: { imp_uid: uid, merchant_uid: 'order-1', amount: 10_000 } },
    ])
    expect(await readPayment(uid)).toMatchObject({ status: 'paid' })
  })

  test('stops the payment with any other status and reports the given reason', async () => {
    shop.reply = () => Response.json({ reason: '재고 부족' }, { status: 409 })
    expect(await readPayment(await shop.pay({ confirm_url }))).toMatchObject({
      status: 'failed',
      fail_reason: expect.stringContaining('재고 부족'),
    })
    shop.reply = () => new Response(null, { status: 204 })
    expect(await readPayment(await shop.pay({ confirm_url }))).toMatchObject({ status: 'failed' })
  })
})

describe('the control endpoint', () => {
  test('names an unknown setting', async () => {
    const result = await shop.control({ notice: 'never', weather: 'fine' })
    expect(result).toMatchObject({ status: 400, message: expect.stringContaining('weather') })
    expect(await shop.control({})).toMatchObject({ ok: true, notice: 'before' })
  })

  test('changes the amount of the next approval only', async () => {
    await shop.control({ amount: 1 })
    expect(await readPayment(await shop.pay())).toMatchObject({ amount: 1 })
    expect(await readPayment(await shop.pay({ merchant_uid: 'order-2' }))).toMatchObject({ amount: 10_000 })
  })

  test('can make REST unavailable, truncated or slow', async () => {
    const ask = () => shop.app.request('/api/users/pg')
    await shop.control({ rest: 'down' })
    expect([(await ask()).status, (await ask()).headers.get('content-type')]).toEqual([
      503,
      'text/html; charset=UTF-8',
    ])
    await shop.control({ rest: 'broken' })
    const broken = await ask()
    expect(broken.status).toBe(200)
    await expect(broken.json()).rejects.toThrow()
    await shop.control({ rest: 'slow' })
    vi.useFakeTimers()
    const slow = vi.fn()
    const waiting = Promise.resolve(ask()).then(slow)
    await vi.advanceTimersByTimeAsync(14_000)
    expect(slow).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1_000)
    await waiting
    expect(slow).toHaveBeenCalled()
  })

  test('can make the SDK unavailable', async () => {
    expect((await shop.app.request('/v1/iamport.js')).status).toBe(200)
    await shop.control({ sdk: 'down' })
    expect((await shop.app.request('/v1/iamport.js')).status).toBe(503)
  })

  test('limits the channels that the SDK sees', async () => {
    const listedProviders = async () => {
      const response = await shop.app.request('/service/users/pg/imp00000000')
      const { data } = (await response.json()) as { data: { pg_provider: string }[] }
      return data.map(({ pg_provider }) => pg_provider)
    }
    expect((await listedProviders()).length).toBeGreaterThan(10)
    await shop.control({ channels: ['kcp', 'html5_inicis'] })
    expect(await listedProviders()).toEqual(['html5_inicis', 'kcp'])
  })

  test('lists the newest payments and deletes them on reset', async () => {
    const imp_uid = await shop.pay()
    const readControl = async () => (await shop.app.request('/control')).json()
    const payments = [{ imp_uid, merchant_uid: 'order-1', status: 'paid', amount: 10_000 }]
    expect(await readControl()).toMatchObject({ payments })
    await shop.control({ reset: true })
    expect(await readControl()).toMatchObject({ payments: [], notice: 'before', rest: 'up' })
  })
})
