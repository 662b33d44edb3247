import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { anAccount, eventsUrl, openEventsShop, paid, secret } from '../support/events-shop.ts'
import { markOf, start } from '../support/shop.ts'

const buyer = {
  buyer_name: '홍길동',
  buyer_tel: '010-1234',
  buyer_email: 'hong@example.com',
  buyer_addr: '서울시 종로구',
  custom_data: { note: 'S3CRET' },
}

describe('an event or notice is sent when', () => {
  test('a link is paid, without the buyer’s data', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink({ amount: '10.10', currency: 'USD', ...buyer })
    shop.iamport.pay({ ...paid, amount: 10.1, currency: 'USD', pg_provider: 'danal', buyer_name: '홍길동' })
    await shop.settle(id, 'imp_1')
    await shop.deliver()
    expect(shop.events().map(({ body }) => body)).toEqual([
      {
        type: 'link.paid',
        timestamp: new Date(start).toISOString(),
        data: {
          link: {
            id,
            user_code: 'imp11111111',
            tier: null,
            merchant_uid: 'order-1',
            status: 'paid',
            amount: 10.1,
            currency: 'USD',
            url: `https://pay.example/${id}`,
          },
          payment: {
            imp_uid: 'imp_1',
            pay_method: 'card',
            amount: 10.1,
            currency: 'USD',
            paid_at: '2030-03-17T17:47:40.000Z',
            gateway: 'unlisted',
            late: false,
            returned: 0,
          },
          why: 'paid',
        },
      },
    ])
    const all = JSON.stringify(shop.iamport.callsTo('POST', '/events'))
    for (const personal of Object.values(buyer).map(String)) expect(all).not.toContain(personal)
  })
  test('a virtual account is issued and its deposit arrives', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    const payment = shop.iamport.pay(anAccount(start + 7_200_000))
    await shop.settle(id, 'imp_1')
    Object.assign(payment, { status: 'paid', paid_at: start / 1000 + 60 })
    await shop.settle(id, 'imp_1')
    await shop.deliver()
    expect(shop.types()).toEqual(['link.awaiting_deposit', 'link.paid'])
    expect(JSON.stringify(shop.events().map(({ body }) => body))).not.toMatch(/1234|홍길동|다리은행/)
  })
  test('an attempt fails, once per attempt however often it is settled', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    for (const imp_uid of ['imp_1', 'imp_2'])
      shop.iamport.pay({ ...paid, imp_uid, status: 'failed', fail_reason: '한도초과', paid_at: 0 })
    for (let time = 0; time < 3; time++) {
      await shop.settle(id, 'imp_1')
      await shop.settle(id, 'imp_2')
      shop.clock.now += 1000
    }
    await shop.deliver()
    expect(shop.events().map(({ body }) => [body.type, body.data.payment.imp_uid, body.data.why])).toEqual([
      ['link.payment_failed', 'imp_1', 'declined'],
      ['link.payment_failed', 'imp_2', 'declined'],
    ])
  })
  test('a payment is rejected, once and with the reason', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ ...paid, amount: 100 })
    for (let time = 0; time < 3; time++) {
      await shop.settle(id, 'imp_1')
      shop.clock.now += 1000
    }
    await shop.deliver()
    expect(shop.types()).toEqual(['link.payment_rejected', 'link.payment_returned'])
    expect(shop.events()[0]?.body.data).toMatchObject({
      why: 'amount',
      link: { status: 'open' },
      payment: { amount: 100 },
    })
    expect(shop.notices()).toEqual([])
  })
  test('a payment is refunded in part and then in full', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    const payment = shop.iamport.pay(paid)
    await shop.settle(id, 'imp_1')
    for (const cancel_amount of [4000, 4000, 7000, 10_000, 10_000]) {
      // Upstream does not document the order of this list.
      const cancel_history = [10_000, 7000, 4000]
        .filter((sum) => sum <= cancel_amount)
        .map((sum) => ({ cancellation_id: `cancel-${sum}`, cancelled_at: start / 1000 + sum }))
      Object.assign(payment, { status: 'cancelled', cancel_amount, cancel_history })
      await shop.settle(id, 'imp_1')
      shop.clock.now += 1000
    }
    await shop.deliver()
    const delivered = shop
      .events()
      .map(({ body: { type, data } }) => [type, data.link.status, data.payment.returned])
    expect(delivered).toEqual([
      ['link.paid', 'paid', 0],
      ['link.refunded', 'paid', 4000],
      ['link.refunded', 'paid', 7000],
      ['link.refunded', 'refunded', 10_000],
    ])
    const order = { imp_uid: 'imp_1', merchant_uid: 'order-1' }
    expect(shop.notices().map(({ body }) => body)).toEqual([
      { ...order, status: 'paid' },
      { ...order, status: 'cancelled', cancellation_id: 'cancel-4000' },
      { ...order, status: 'cancelled', cancellation_id: 'cancel-7000' },
      { ...order, status: 'cancelled', cancellation_id: 'cancel-10000' },
    ])
  })
  test('a link is disabled by the merchant, by a newer link or by the order’s payment', async () => {
    const shop = openEventsShop()
    const closed = await shop.makeLink({ merchant_uid: 'order-2' })
    await shop.asMerchant('PUT', `/${closed}`)
    await shop.asMerchant('PUT', `/${closed}`)
    const first = await shop.makeLink()
    const second = await shop.makeLink({ amount: 12_000 })
    shop.clock.now += 180_000
    shop.iamport.pay({ ...paid, custom_data: markOf(first), paid_at: shop.clock.now / 1000 })
    await shop.settle(first, 'imp_1')
    await shop.deliver()
    const delivered = shop.events().map(({ body: { type, data } }) => [type, data.link.id, data.why])
    expect(delivered.toSorted()).toEqual(
      [
        ['link.disabled', closed, 'merchant'],
        ['link.disabled', first, 'superseded'],
        ['link.paid', first, 'paid_late'],
        ['link.disabled', second, 'order_paid'],
      ].toSorted(),
    )
  })
  test('a link is paid: only the notice if the merchant has no events_url', async () => {
    const shop = openEventsShop({ merchant: { events_url: undefined } })
    const id = await shop.makeLink()
    shop.iamport.pay(paid)
    await shop.settle(id, 'imp_1')
    await shop.deliver()
    expect(shop.events()).toEqual([])
    expect(shop.notices()).toHaveLength(1)
  })
})

test('an event is marked as sandbox where test payments count, and i’mport’s own notice is unchanged', async () => {
  const shop = openEventsShop({ merchant: { sandbox: true } })
  const id = await shop.makeLink()
  shop.iamport.pay({ ...paid, sandbox: true })
  await shop.settle(id, 'imp_1')
  await shop.deliver()
  expect(shop.events().map(({ body }) => [body.type, body.sandbox])).toEqual([['link.paid', true]])
  expect(shop.notices().map(({ body }) => body)).toEqual([{ ...paid, status: 'paid' }])
})

describe('a webhook request', () => {
  test.each([
    ['a plain secret, encoded as the guide says', secret, Buffer.from(secret).toString('base64')],
    [
      'a plain secret in Korean, encoded as the guide says',
      '다리 상점의 아무도 모르는 아주 긴 비밀 문장',
      Buffer.from('다리 상점의 아무도 모르는 아주 긴 비밀 문장').toString('base64'),
    ],
    [
      'a whsec_ secret, used as it is',
      `whsec_${btoa('0123456789abcdef01234567')}`,
      `whsec_${btoa('0123456789abcdef01234567')}`,
    ],
  ])(
    'is verified by the Standard Webhooks library with %s, for events and notices',
    async (_, events_secret, key) => {
      const shop = openEventsShop({ merchant: { events_secret } })
      shop.clock.now = Date.now()
      const id = await shop.makeLink({ expired_at: Math.floor(Date.now() / 1000) + 3600 })
      shop.iamport.pay({ ...paid, paid_at: Math.floor(Date.now() / 1000) })
      await shop.settle(id, 'imp_1')
      await shop.deliver()
      const sent = [...shop.events(), ...shop.notices()]
      expect(sent).toHaveLength(2)
      for (const { headers, body } of sent) {
        const webhook = new Webhook(key)
        expect(webhook.verify(JSON.stringify(body), Object.fromEntries(headers))).toEqual(body)
        expect(() => webhook.verify(`${JSON.stringify(body)} `, Object.fromEntries(headers))).toThrow()
      }
      expect(new Set(sent.map(({ id }) => id)).size).toBe(2)
    },
  )
  test('keeps its id at every attempt, with a new signature', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink({ notice_url: '' })
    shop.answers.events = () => new Response(null, { status: 503 })
    shop.iamport.pay(paid)
    await shop.settle(id, 'imp_1')
    await shop.deliver()
    shop.clock.now += 10_000
    await shop.deliver()
    const [first, second] = shop.events()
    expect(second?.id).toBe(first?.id)
    expect(second?.body).toEqual(first?.body)
    expect(second?.headers.get('webhook-signature')).not.toBe(first?.headers.get('webhook-signature'))
  })
})

describe('listing events as a merchant', () => {
  async function openShopWithEvents() {
    const shop = openEventsShop()
    const one = await shop.makeLink()
    const two = await shop.makeLink({ merchant_uid: 'order-2', notice_url: '' })
    shop.iamport.pay(paid)
    await shop.settle(one, 'imp_1')
    await shop.deliver()
    shop.answers.events = () => new Response(null, { status: 410 })
    await shop.asMerchant('PUT', `/${two}`)
    await shop.deliver()
    const three = await shop.makeLink({ merchant_uid: 'order-3', notice_url: '' })
    shop.answers.events = () => new Response(null, { status: 500 })
    await shop.asMerchant('PUT', `/${three}`)
    await shop.deliver()
    return { shop, one, two, three }
  }
  test('filters by link and status', async () => {
    const { shop, one, two, three } = await openShopWithEvents()
    const items = async (query: string) => (await shop.asMerchantOfEvents('GET', query)).json.items
    expect(await items('')).toHaveLength(4)
    expect(await items(`?link=${one}`)).toMatchObject([
      { type: 'notice', destination: 'notice_url', status: 'delivered', body: { status: 'paid' } },
      { type: 'link.paid', destination: 'events_url', status: 'delivered', attempts: 1, last_error: null },
    ])
    expect(await items('?status=failed')).toMatchObject([
      { link_id: two, last_error: 'HTTP 410', next_attempt_at: null },
    ])
    expect(await items('?status=pending')).toMatchObject([{ link_id: three, last_error: 'HTTP 500' }])
  })
  test('pages through all of them', async () => {
    const { shop } = await openShopWithEvents()
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { json } = await shop.asMerchantOfEvents('GET', `?limit=3&cursor=${cursor}`)
      seen.push(...json.items.map(({ id }: { id: string }) => id))
      cursor = json.next_cursor
    }
    expect(new Set(seen).size).toBe(4)
  })
  test('allows a redelivery under the same id', async () => {
    const { shop, two } = await openShopWithEvents()
    shop.answers.events = () => new Response()
    const [failed] = (await shop.asMerchantOfEvents('GET', '?status=failed')).json.items
    const again = await shop.asMerchantOfEvents('POST', `/${failed.id}/redeliver`)
    expect(again).toMatchObject({ status: 200, json: { id: failed.id, status: 'pending', attempts: 0 } })
    await shop.deliver()
    const sent = shop.events().filter(({ id }) => id === failed.id)
    expect(sent).toHaveLength(2)
    expect((await shop.asMerchantOfEvents('GET', `?link=${two}`)).json.items).toMatchObject([
      { status: 'delivered' },
    ])
  })
  test('never shows another merchant’s events', async () => {
    const { shop } = await openShopWithEvents()
    const other: [string, string] = ['other', 'other']
    const [own] = (await shop.asMerchantOfEvents('GET', '')).json.items
    expect((await shop.asMerchantOfEvents('GET', '', other)).json).toEqual({ items: [], next_cursor: null })
    expect((await shop.asMerchantOfEvents('POST', `/${own.id}/redeliver`, other)).status).toBe(404)
    expect((await shop.asMerchantOfEvents('POST', '/evt_none/redeliver')).json).toMatchObject({ code: -1 })
    expect((await shop.send('GET', '/api/supplements/v1/link/events')).status).toBe(401)
    const wrong = await shop.asMerchantOfEvents('GET', '?status=gone&limit=0&cursor=x')
    expect(wrong.json.errors.map(({ path }: { path: string }) => path)).toEqual(['status', 'limit', 'cursor'])
  })
})

test('a delivery to a forbidden address fails with the reason', async () => {
  const shop = openEventsShop({ merchant: { events_url: 'http://127.0.0.1:9/events' } })
  const { createSafeFetch: createOutgoing } = await import(
    '../../../src/edge/hosts/node/server/safe-fetch.ts'
  )
  const { deliverEvents: deliverDue } = await import('../../../src/edge/features/webhooks/deliver.ts')
  await shop.asMerchant('PUT', `/${await shop.makeLink({ notice_url: '' })}`)
  expect(await deliverDue({ ...shop.deps, safeFetch: createOutgoing({ allowPrivate: false }) })).toBe(0)
  const { json } = await shop.asMerchantOfEvents('GET', '?status=pending')
  expect(json.items).toMatchObject([{ last_error: 'the host is a loopback address', attempts: 1 }])
  expect(eventsUrl).not.toContain('127.0.0.1')
})
