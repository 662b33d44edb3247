import { describe, expect, test } from 'vitest'
import { openShop, start } from '../support/shop.ts'

const paid = { imp_uid: 'imp_1', merchant_uid: 'order-1' }

describe('settling a payment', () => {
  test('marks the link as paid and shows a receipt', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ ...paid, receipt_url: 'https://receipt.example/1' })
    const { status, json } = await shop.settle(id, 'imp_1')
    expect(status).toBe(200)
    expect(json).toMatchObject({
      status: 'paid',
      attempt: { outcome: 'paid' },
      receipt: {
        method: '신용카드',
        pay_method: 'card',
        receipt_url: 'https://receipt.example/1',
        returned: 0,
      },
    })
    expect(json.receipt.paid_at).toBe('2030-03-17T17:47:40.000Z')
  })
  test('looks up the order if the imp_uid is unknown', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    expect((await shop.settle(id)).json).toMatchObject({ status: 'open', attempt: { outcome: 'none' } })
    shop.iamport.pay(paid)
    expect((await shop.settle(id)).json).toMatchObject({ status: 'paid', attempt: { outcome: 'paid' } })
    expect((await shop.settle(id, 'imp_unheard_of')).json.attempt).toEqual({ outcome: 'paid' })
  })
  test('is idempotent for repeated notices of i’mport as JSON or form', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay(paid)
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    for (let time = 0; time < 3; time++) {
      expect((await shop.send('POST', `/links/${id}/notice`, { ...paid, status: 'paid' })).json).toEqual({})
      expect(
        (await shop.send('POST', `/links/${id}/notice`, 'imp_uid=imp_1&merchant_uid=order-1', form)).status,
      ).toBe(200)
      expect((await shop.settle(id, 'imp_1')).json.attempt).toEqual({ outcome: 'paid' })
    }
    const { json } = await shop.asMerchant('GET', `/${id}`)
    expect(json.history.map(({ to }: { to: string }) => to)).toEqual(['open', 'paid'])
    expect(json).toMatchObject({ imp_uid: 'imp_1', gateway: 'listed', late: false, method: { key: 'm1' } })
  })
  test('accepts dollars and cents', async () => {
    const shop = openShop()
    const id = await shop.makeLink({ amount: '10.10', currency: 'USD' })
    shop.iamport.pay({ ...paid, amount: 10.1, currency: 'USD' })
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({ status: 'paid', amount: 1010 })
  })
  test('through a gateway that the link does not list keeps and flags the payment', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ ...paid, pg_provider: 'danal' })
    expect((await shop.settle(id, 'imp_1')).json.status).toBe('paid')
    expect((await shop.asMerchant('GET', `/${id}`)).json.gateway).toBe('unlisted')
  })
  test('succeeds after a first payment method was declined', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay({
      imp_uid: 'imp_0',
      merchant_uid: 'order-1',
      status: 'failed',
      fail_reason: '한도초과',
      paid_at: 0,
    })
    expect((await shop.settle(id, 'imp_0')).json).toMatchObject({
      status: 'open',
      attempt: { outcome: 'declined' },
    })
    shop.iamport.pay(paid)
    expect((await shop.settle(id, 'imp_1')).json.status).toBe('paid')
    expect((await shop.settle(id, 'imp_0')).json.status).toBe('paid')
  })
})

describe('an unsuccessful payment', () => {
  test('leaves the link open if the customer closed the window', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ ...paid, status: 'failed', fail_reason: '사용자가 결제를 취소하셨습니다', paid_at: 0 })
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
      status: 'open',
      attempt: { outcome: 'cancelled' },
    })
  })
  test('leaves the link open if its status is unknown', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ ...paid, status: 'approved?' })
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
      status: 'open',
      attempt: { outcome: 'pending' },
    })
  })
  test('does not undo a success that was reported before', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    const payment = shop.iamport.pay(paid)
    await shop.settle(id, 'imp_1')
    payment.status = 'failed'
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
      status: 'paid',
      attempt: { outcome: 'paid' },
    })
  })
})

describe('a link ignores', () => {
  test.each([
    ['a payment of another order', { imp_uid: 'imp_1', merchant_uid: 'order-2' }],
    ['a payment of a test channel', { ...paid, sandbox: true }],
  ])('%s', async (_, payment) => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay(payment)
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
      status: 'open',
      attempt: { outcome: 'ignored' },
    })
    expect(shop.iamport.callsTo('POST', '/payments/cancel')).toEqual([])
  })
  test.each<[unknown]>([[5], [true], [{ toString: 'imp_1' }], [['imp_1']]])(
    'an imp_uid that is not a string, as a callback may send, and looks up the order: %j',
    async (imp_uid) => {
      const shop = openShop()
      const id = await shop.makeLink()
      shop.iamport.pay(paid)
      const { status, json } = await shop.send('POST', `/links/${id}/settle`, { imp_uid })
      expect([status, json.status]).toEqual([200, 'paid'])
      expect(shop.iamport.callsTo('GET', '/payments/5')).toEqual([])
    },
  )
  test('an imp_uid with an invalid format, without calling i’mport', async () => {
    const shop = openShop()
    const { status } = await shop.settle(await shop.makeLink(), '../users/pg')
    expect(status).toBe(400)
    expect(shop.iamport.calls).toEqual([])
  })
})

describe('money that the link cannot keep is refunded at once:', () => {
  test.each([
    ['a wrong amount', { amount: 100 }, { why: 'amount', amount: 100, currency: 'KRW' }],
    ['another currency', { currency: 'USD' }, { why: 'currency', amount: 1_000_000, currency: 'USD' }],
  ])('%s', async (_, wrong, expected) => {
    const shop = openShop()
    const id = await shop.makeLink()
    const payment = shop.iamport.pay({ ...paid, ...wrong })
    for (let time = 0; time < 2; time++) {
      const { json } = await shop.settle(id, 'imp_1')
      expect(json).toMatchObject({
        status: 'open',
        attempt: { outcome: 'rejected', returned: true, ...expected },
      })
    }
    expect(payment).toMatchObject({ status: 'cancelled', cancel_amount: payment.amount })
    const [cancel, ...more] = shop.iamport.callsTo('POST', '/payments/cancel')
    expect(cancel?.body).toMatchObject({ imp_uid: 'imp_1', checksum: payment.amount })
    expect(more).toEqual([])
  })
  test('the remaining part, by order number and amount, if a part was refunded before', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    const payment = shop.iamport.pay({ ...paid, amount: 12_000, cancel_amount: 2_000 })
    await shop.settle(id, 'imp_1')
    expect(payment).toMatchObject({ status: 'cancelled', cancel_amount: 12_000 })
    expect(shop.iamport.callsTo('POST', '/payments/cancel').map(({ body }) => body)).toMatchObject([
      { imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 10_000, checksum: 10_000 },
    ])
  })
  test('a second payment of a paid link', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay(paid)
    await shop.settle(id, 'imp_1')
    const second = shop.iamport.pay({ ...paid, imp_uid: 'imp_2' })
    const { json } = await shop.settle(id, 'imp_2')
    expect(json).toMatchObject({
      status: 'paid',
      attempt: { outcome: 'rejected', why: 'second_payment', returned: true },
    })
    expect(second.status).toBe('cancelled')
    expect(shop.iamport.payments.get('imp_1')?.status).toBe('paid')
    expect((await shop.settle(id)).json.attempt).toEqual({ outcome: 'paid' })
  })
  test('the later of two approvals, in whatever order i’mport lists them', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    const later = shop.iamport.pay({ ...paid, imp_uid: 'imp_2', paid_at: start / 1000 + 90 })
    const earlier = shop.iamport.pay({ ...paid, paid_at: start / 1000 + 80 })
    expect((await shop.settle(id)).json).toMatchObject({ status: 'paid', attempt: { outcome: 'paid' } })
    expect([earlier.status, later.status]).toEqual(['paid', 'cancelled'])
  })
  test('with a retry at the next settle if i’mport refuses', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ ...paid, amount: 100 })
    shop.iamport.state.refuseCancel = true
    expect((await shop.settle(id, 'imp_1')).json.attempt).toMatchObject({
      outcome: 'rejected',
      returned: false,
    })
    shop.iamport.state.refuseCancel = false
    expect((await shop.settle(id, 'imp_1')).json.attempt).toMatchObject({
      outcome: 'rejected',
      returned: true,
    })
  })
})

describe('a virtual account', () => {
  const account = {
    ...paid,
    status: 'ready',
    pay_method: 'vbank',
    paid_at: 0,
    vbank_num: '1234',
    vbank_name: '다리은행',
    vbank_holder: null,
    vbank_date: start / 1000 + 7200,
  }
  test('is shown and can be paid by deposit after the link’s own expiry', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    const payment = shop.iamport.pay(account)
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
      status: 'awaiting_deposit',
      attempt: { outcome: 'awaiting_deposit' },
      deposit: {
        bank: '다리은행',
        account: '1234',
        holder: null,
        due_at: new Date(start + 7_200_000).toISOString(),
      },
    })
    shop.clock.now += 5_400_000
    expect((await shop.view(id)).status).toBe('awaiting_deposit')
    Object.assign(payment, { status: 'paid', paid_at: shop.clock.now / 1000 })
    await shop.send('POST', `/links/${id}/notice`, paid)
    expect((await shop.view(id)).status).toBe('paid')
    expect((await shop.asMerchant('GET', `/${id}`)).json.late).toBe(false)
  })
  test('that is not paid expires an hour after its due time', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay(account)
    await shop.settle(id, 'imp_1')
    shop.clock.now += 7_200_000 + 3_599_000
    expect((await shop.view(id)).status).toBe('awaiting_deposit')
    shop.clock.now += 1000
    expect((await shop.view(id)).status).toBe('expired')
  })
  test('without a number counts as started only', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ ...account, vbank_num: null })
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
      status: 'open',
      attempt: { outcome: 'started' },
    })
  })
  test('that is closed unpaid reopens the link', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    const payment = shop.iamport.pay(account)
    await shop.settle(id, 'imp_1')
    payment.status = 'cancelled'
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
      status: 'open',
      attempt: { outcome: 'cancelled' },
    })
  })
})

describe('a refund', () => {
  test('is shown first as partial, then as full', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    const payment = shop.iamport.pay(paid)
    await shop.settle(id, 'imp_1')
    Object.assign(payment, { status: 'cancelled', cancel_amount: 4000 })
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
      status: 'paid',
      receipt: { returned: 4000 },
    })
    Object.assign(payment, { cancel_amount: 10_000, cancelled_at: start / 1000 + 900 })
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
      status: 'refunded',
      refunded_at: new Date(start + 900_000).toISOString(),
      attempt: { outcome: 'refunded' },
    })
    expect((await shop.settle(id, 'imp_1')).json.status).toBe('refunded')
    expect(shop.iamport.callsTo('POST', '/payments/cancel')).toEqual([])
  })
})

describe('a late payment', () => {
  const late = { ...paid, paid_at: start / 1000 + 4000 }
  test('is kept and marked as late', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.clock.now += 4_000_000
    expect((await shop.view(id)).status).toBe('expired')
    shop.iamport.pay(late)
    expect((await shop.settle(id, 'imp_1')).json.status).toBe('paid')
    expect((await shop.asMerchant('GET', `/${id}`)).json.late).toBe(true)
  })
  test('is not late if only its notice came late', async () => {
    const shop = openShop({ env: { LATE_PAYMENT: 'refund' } })
    const id = await shop.makeLink()
    shop.clock.now += 4_000_000
    shop.iamport.pay(paid)
    expect((await shop.settle(id, 'imp_1')).json.status).toBe('paid')
  })
  test('is refunded if the merchant refunds late payments', async () => {
    const shop = openShop({ env: { LATE_PAYMENT: 'refund' } })
    const id = await shop.makeLink()
    shop.clock.now += 4_000_000
    const payment = shop.iamport.pay(late)
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
      status: 'expired',
      attempt: { outcome: 'refunded' },
    })
    expect(payment.status).toBe('cancelled')
  })
  test('is kept on a link that was disabled meanwhile', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    await shop.asMerchant('PUT', `/${id}`)
    shop.iamport.pay({ ...paid, paid_at: start / 1000 + 121 })
    expect((await shop.settle(id, 'imp_1')).json.status).toBe('paid')
    expect((await shop.asMerchant('GET', `/${id}`)).json.late).toBe(true)
  })
})

test.each(['down', 'broken'] as const)(
  'answers 503 and changes nothing while i’mport is %s',
  async (mode) => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay(paid)
    shop.iamport.state.mode = mode
    expect(await shop.settle(id, 'imp_1')).toMatchObject({
      status: 503,
      json: { reason: 'upstream_unavailable' },
    })
    expect((await shop.send('POST', `/links/${id}/notice`, paid)).status).toBe(503)
    expect((await shop.view(id)).status).toBe('open')
  },
)
