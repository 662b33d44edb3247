// Money that came through none of an order's windows: the shop's own checkout, its console, a renewal.
import { describe, expect, test } from 'vitest'
import { reconcileDue } from '../../../src/edge/features/settlement/reconcile.ts'
import { openEventsShop } from '../support/events-shop.ts'
import { markOf, start } from '../support/shop.ts'

const minute = 60_000
const unmarked = { custom_data: null, name: null }
const inTheShop = { imp_uid: 'imp_shop', merchant_uid: 'order-1', ...unmarked, channel: 'mobile' }
const long_ago = { started_at: start / 1000 - 86_400, paid_at: start / 1000 - 86_340 }

const told = (shop: ReturnType<typeof openEventsShop>) =>
  shop.events().map(({ body: { type, data } }) => [type, data.payment?.imp_uid, data.why])

describe('money that came through no window of ours is never given back', () => {
  test.each([
    [
      'a customer paid in the shop with a coupon the day before the link was made',
      { amount: 9_000, ...long_ago },
    ],
    ['a subscription was renewed under the same order number', { amount: 9_500, channel: 'api' }],
    ['a payment was made in the console in dollars', { amount: 10, currency: 'USD', channel: 'api' }],
    ['a customer paid in the shop while the bill lay open in another tab', { amount: 9_500 }],
    [
      'a window of another order bears another mark',
      { amount: 9_500, custom_data: markOf('zzzzzzzzzzzzzzzzzz') },
    ],
  ])('where %s', async (_, differences) => {
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
    expect(told(shop)).toEqual([['link.payment_foreign', 'imp_shop', 'foreign']])
    const { json } = await shop.asMerchant('GET', `/${id}`)
    expect(json.foreign).toMatchObject([{ imp_uid: 'imp_shop', returned: 0 }])
    // The sum is another one: the bill is still to be paid.
    expect((await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko' })).status).toBe(
      200,
    )
  })
  test('where the link had been closed, expired or refunded before', async () => {
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
  test('where it was told once as foreign, whatever the merchant posts later', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    const payment = shop.iamport.pay({ ...inTheShop, amount: 9_500 })
    await shop.settle(id)
    const newer = await shop.makeLink({ amount: 9_500 })
    await shop.settle(newer)
    expect(payment.status).toBe('paid')
    expect(await shop.view(newer)).toMatchObject({ status: 'open', paid_elsewhere: true })
  })
  test('where it was told once as foreign, and i’mport names the mark of a window later', async () => {
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
    expect(told(shop)).toEqual([['link.payment_foreign', 'imp_shop', 'foreign']])
    expect((await shop.asMerchant('GET', `/${id}`)).json.rejected).toEqual([])
  })
})

describe('an order that seems to be paid elsewhere', () => {
  const renewal = { ...inTheShop, channel: 'api' }
  test('offers its customer no second payment', async () => {
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
  test('is to be paid again once that money went back', async () => {
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

describe('a price that was replaced', () => {
  test('is no price any more for a window that is opened later', async () => {
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
  test('cannot be paid two hours later from the browser’s console', async () => {
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
  test('is still one for a window that was opened before', async () => {
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
  ['with a later end', { expired_at: start / 1000 + 7_200 }],
  ['with another title', { title: '새 제목' }],
])(
  'money that came in time is kept where the merchant posted the order anew %s meanwhile',
  async (_, anew) => {
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
  },
)

test('an attempt that failed and is approved after all is kept by the link that replaced its own', async () => {
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

test('the customer of a replaced link reads no receipt of a stranger', async () => {
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

describe('rejected money', () => {
  test('is told when it is decided and when it is back, and stands in the report', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 9_000 })
    await shop.settle(id, 'imp_1')
    await shop.settle(id, 'imp_1')
    await shop.deliver()
    expect(told(shop)).toEqual([
      ['link.payment_rejected', 'imp_1', 'amount'],
      ['link.payment_returned', 'imp_1', 'amount'],
    ])
    const { json } = await shop.asMerchant('GET', `/${id}`)
    expect(json.rejected).toMatchObject([{ imp_uid: 'imp_1', why: 'amount', amount: 9_000, returned: 9_000 }])
  })
  test('that is not back after a day is told once', async () => {
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
    expect(told(shop).map(([type]) => type)).toEqual([
      'link.payment_rejected',
      'link.payment_not_returned',
      'link.payment_returned',
    ])
  })
})
