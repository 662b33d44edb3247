// Payments that came through none of the order's windows: the merchant's own checkout, the console, a
// subscription.
import { describe, expect, test } from 'vitest'
import { reconcileDue } from '../../../src/edge/features/settlement/reconcile.ts'
import { openEventsShop } from '../support/events-shop.ts'
import { markOf, start } from '../support/shop.ts'

const minute = 60_000
const unmarked = { custom_data: null, name: null }
const inTheShop = { imp_uid: 'imp_shop', merchant_uid: 'order-1', ...unmarked, channel: 'mobile' }
const yesterday = { started_at: start / 1000 - 86_400, paid_at: start / 1000 - 86_340 }

const eventsOf = (shop: ReturnType<typeof openEventsShop>) =>
  shop.events().map(({ body: { type, data } }) => [type, data.payment?.imp_uid, data.why])

describe('Dari never refunds money that came through none of its windows', () => {
  test.each([
    [
      'the customer paid in the merchant’s own checkout the day before the link was created',
      { amount: 9_000, ...yesterday },
    ],
    ['a subscription was renewed under the same order number', { amount: 9_500, channel: 'api' }],
    [
      'the merchant created a payment in dollars in the console',
      { amount: 10, currency: 'USD', channel: 'api' },
    ],
    [
      'the customer paid in the merchant’s own checkout while the link was open in another tab',
      { amount: 9_500 },
    ],
    [
      'the payment carries the mark of another order’s window',
      { amount: 9_500, custom_data: markOf('zzzzzzzzzzzzzzzzzz') },
    ],
  ])('if %s', async (_, differences) => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko' })
    const payment = shop.iamport.pay({ ...inTheShop, ...differences })
    for (let time = 0; time < 2; time++) {
      expect((await shop.settle(id)).json).toMatchObject({
        status: 'open',
        attempt: { outcome: 'foreign', same: false },
      })
      shop.clock.now += 2 * minute
      await reconcileDue(shop.deps)
    }
    expect([payment.status, payment.cancel_amount]).toEqual(['paid', 0])
    expect(shop.iamport.callsTo('POST', '/payments/cancel')).toEqual([])
    await shop.deliver()
    expect(eventsOf(shop)).toEqual([['link.payment_foreign', 'imp_shop', 'foreign']])
    const { json } = await shop.asMerchant('GET', `/${id}`)
    expect(json.foreign).toMatchObject([{ imp_uid: 'imp_shop', returned: 0 }])
    // The amount differs, so the link can still be paid.
    expect((await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko' })).status).toBe(
      200,
    )
  })
  test('if the link was disabled before and expired since', async () => {
    const shop = openEventsShop()
    const closed = await shop.makeLink()
    await shop.asMerchant('PUT', `/${closed}`)
    const after = { started_at: start / 1000 + 3_600, paid_at: start / 1000 + 3_660 }
    shop.clock.now += 2 * 60 * minute
    const payment = shop.iamport.pay({ ...inTheShop, ...after, custom_data: markOf(closed), amount: 12_000 })
    await shop.send('POST', `/links/${closed}/settle`, {})
    expect(payment.status).toBe('paid')
    expect((await shop.view(closed)).status).toBe('disabled')
  })
  test('if it was recorded as foreign and the merchant later posts its amount', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    const payment = shop.iamport.pay({ ...inTheShop, amount: 9_500 })
    await shop.settle(id)
    const newer = await shop.makeLink({ amount: 9_500 })
    await shop.settle(newer)
    expect(payment.status).toBe('paid')
    expect(await shop.view(newer)).toMatchObject({ status: 'open', paid_elsewhere: true })
  })
  test('if it was recorded as foreign and i’mport later returns a window’s mark', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    const payment = shop.iamport.pay({ ...inTheShop, amount: 9_500 })
    await shop.settle(id)
    payment.custom_data = markOf(id)
    for (let time = 0; time < 2; time++)
      expect((await shop.settle(id)).json.attempt).toEqual({ outcome: 'foreign', same: false })
    expect([payment.status, payment.cancel_amount]).toEqual(['paid', 0])
    expect(shop.iamport.callsTo('POST', '/payments/cancel')).toEqual([])
    await shop.deliver()
    expect(eventsOf(shop)).toEqual([['link.payment_foreign', 'imp_shop', 'foreign']])
    expect((await shop.asMerchant('GET', `/${id}`)).json.rejected).toEqual([])
  })
})

describe('an order that seems to be paid elsewhere', () => {
  const renewal = { ...inTheShop, channel: 'api' }
  test('cannot be paid a second time by the customer', async () => {
    const shop = openEventsShop({ merchant: { confirm: true } })
    const id = await shop.makeLink()
    shop.iamport.pay(renewal)
    expect((await shop.settle(id)).json).toMatchObject({
      status: 'open',
      paid_elsewhere: true,
      attempt: { outcome: 'foreign', same: true },
    })
    const refused = await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko' })
    expect(refused).toMatchObject({
      status: 409,
      json: { reason: 'not_open', view: { paid_elsewhere: true } },
    })
    const asked = { merchant_uid: 'order-1', amount: 10_000 }
    expect((await shop.send('POST', `/links/${id}/confirm`, asked)).status).toBe(409)
    expect((await shop.send('GET', `/${id}`)).json.view.paid_elsewhere).toBe(true)
  })
  test('can be paid again after that payment is refunded', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    const payment = shop.iamport.pay(renewal)
    await shop.settle(id)
    Object.assign(payment, { status: 'cancelled', cancel_amount: 10_000 })
    expect((await shop.settle(id)).json).toMatchObject({ status: 'open', attempt: { outcome: 'ignored' } })
    expect(await shop.view(id)).not.toHaveProperty('paid_elsewhere')
    expect((await shop.asMerchant('GET', `/${id}`)).json.foreign).toMatchObject([{ returned: 10_000 }])
  })
})

describe('a replaced price', () => {
  test('is rejected for a window that opens later', async () => {
    const shop = openEventsShop()
    const cheap = await shop.makeLink()
    shop.clock.now += 3 * minute
    const dear = await shop.makeLink({ amount: 20_000 })
    const late = { started_at: start / 1000 + 3 * 60 + 121, paid_at: start / 1000 + 400 }
    const payment = shop.iamport.pay({
      imp_uid: 'imp_1',
      merchant_uid: 'order-1',
      custom_data: markOf(cheap),
      ...late,
    })
    await shop.settle(dear)
    expect(payment.status).toBe('cancelled')
    expect((await shop.view(dear)).status).toBe('open')
  })
  test('cannot be paid two hours later with a payment made in the browser’s console', async () => {
    const shop = openEventsShop()
    const cheap = await shop.makeLink({ expired_at: start / 1000 + 36_000 })
    const dear = await shop.makeLink({ amount: 20_000, expired_at: start / 1000 + 36_000 })
    shop.clock.now += 120 * minute
    const now = shop.clock.now / 1000
    for (const custom_data of [markOf(cheap), null])
      shop.iamport.pay({
        imp_uid: `imp_${custom_data ? 1 : 2}`,
        merchant_uid: 'order-1',
        custom_data,
        started_at: now,
        paid_at: now + 30,
      })
    await shop.settle(cheap)
    expect(await shop.view(dear)).toMatchObject({ status: 'open' })
    expect(await shop.view(dear)).not.toHaveProperty('paid_elsewhere')
  })
  test('is accepted for a window that opened before the replacement', async () => {
    const shop = openEventsShop()
    const cheap = await shop.makeLink()
    shop.clock.now += 5 * minute
    await shop.makeLink({ amount: 20_000 })
    shop.iamport.pay({
      imp_uid: 'imp_1',
      merchant_uid: 'order-1',
      custom_data: markOf(cheap),
      started_at: start / 1000 + 299,
      paid_at: start / 1000 + 500,
    })
    expect((await shop.settle(cheap)).json).toMatchObject({ status: 'paid', amount: 10_000 })
  })
})

test.each([
  ['with a later expiry', { expired_at: start / 1000 + 7_200 }],
  ['with another title', { title: '새 제목' }],
])('keeps a payment made in time if the merchant posts the order again %s', async (_, anew) => {
  const shop = openEventsShop({ env: { LATE_PAYMENT: 'refund' } })
  const first = await shop.makeLink()
  shop.clock.now += 5 * minute
  const second = await shop.makeLink(anew)
  const payment = shop.iamport.pay({
    imp_uid: 'imp_1',
    merchant_uid: 'order-1',
    custom_data: markOf(first),
    started_at: start / 1000 + 60,
    paid_at: start / 1000 + 480,
  })
  expect((await shop.settle(first, 'imp_1')).json).toMatchObject({ status: 'paid' })
  expect((await shop.asMerchant('GET', `/${second}`)).json).toMatchObject({ status: 'paid', late: false })
  expect(payment.status).toBe('paid')
})

test('keeps a failed attempt that is approved after its link was replaced', async () => {
  const shop = openEventsShop({ env: { LATE_PAYMENT: 'refund' } })
  const first = await shop.makeLink()
  const payment = shop.iamport.pay({
    imp_uid: 'imp_1',
    merchant_uid: 'order-1',
    status: 'failed',
    paid_at: 0,
  })
  await shop.settle(first, 'imp_1')
  const second = await shop.makeLink({ title: '새 제목' })
  Object.assign(payment, { status: 'paid', paid_at: start / 1000 + 60 })
  await shop.settle(first, 'imp_1')
  expect((await shop.asMerchant('GET', `/${second}`)).json.status).toBe('paid')
  expect(payment.status).toBe('paid')
})

test('does not show the receipt of another customer’s payment on a replaced link', async () => {
  const shop = openEventsShop()
  const older = await shop.makeLink()
  await shop.makeLink({ amount: 12_000 })
  const receipt_url = 'https://receipt.example/1'
  shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 12_000, receipt_url })
  await shop.settle(older)
  const view = await shop.view(older)
  expect(view).toMatchObject({
    status: 'paid',
    receipt: { method: null, pay_method: null, receipt_url: null },
  })
})

describe('a rejected payment', () => {
  test('emits an event on rejection and on refund, and is listed in the report', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 9_000 })
    await shop.settle(id, 'imp_1')
    await shop.settle(id, 'imp_1')
    await shop.deliver()
    expect(eventsOf(shop)).toEqual([
      ['link.payment_rejected', 'imp_1', 'amount'],
      ['link.payment_returned', 'imp_1', 'amount'],
    ])
    const { json } = await shop.asMerchant('GET', `/${id}`)
    expect(json.rejected).toMatchObject([{ imp_uid: 'imp_1', why: 'amount', amount: 9_000, returned: 9_000 }])
  })
  test('emits one link.payment_not_returned event if it is not refunded within a day', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 9_000 })
    shop.iamport.state.refuseCancel = true
    await shop.settle(id, 'imp_1')
    for (let hour = 0; hour < 100; hour++) {
      shop.clock.now += 60 * minute
      await reconcileDue(shop.deps)
    }
    shop.iamport.state.refuseCancel = false
    for (let hour = 0; hour < 30; hour++) {
      shop.clock.now += 60 * minute
      await reconcileDue(shop.deps)
    }
    await shop.deliver()
    expect(eventsOf(shop).map(([type]) => type)).toEqual([
      'link.payment_rejected',
      'link.payment_not_returned',
      'link.payment_returned',
    ])
  })
})
