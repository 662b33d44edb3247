// Redirects after the payment, and the merchant's webhook. Both are verified as upstream's documents tell
// clients to.
import { describe, expect, test } from 'vitest'
import { expireLinks } from '../../../src/edge/features/links/expire-links.ts'
import { deliverEvents } from '../../../src/edge/features/webhooks/deliver.ts'
import { example, key, openGlobalShop, signature } from '../support/portone-shop.ts'
import { start } from '../support/shop.ts'

const order = { imp_uid: 'imp_1', merchant_uid: '011352FD604A301', amount: 2500, currency: 'THB' }
const account = {
  ...order,
  status: 'ready',
  pay_method: 'vbank',
  paid_at: 0,
  vbank_num: '1234',
  vbank_name: '다리은행',
  vbank_date: start / 1000 + 7200,
}

/** "Redirection Response": the four fields of the query, signed. */
function isGenuine(url: string): boolean {
  const query = new URL(url).searchParams
  const fields = ['order_ref', 'channel_order_ref', 'merchant_order_ref', 'status']
  const pairs = Object.fromEntries(fields.map((name) => [name, query.getAll(name).at(-1) ?? '']))
  return query.get('signature_hash') === signature(pairs)
}

/**
 * "Payment Link Webhook Response": six fields of the body, signed. The sample spells one of them
 * differently.
 */
function isGenuineWebhook(body: Record<string, unknown>): boolean {
  const { amount, country_code, currency, link_ref, merchant_order_ref, status } = body
  if (body.countryCode !== country_code) return false
  const pairs = { amount, country_code, currency, link_ref, merchant_order_ref, status }
  const texts = Object.entries(pairs).map(([name, value]) => [name, String(value)])
  return body.signature_hash === signature(Object.fromEntries(texts))
}

const queryOf = (url: string) => Object.fromEntries(new URL(url).searchParams)

describe('the customer is redirected', () => {
  test('to success_url once i’mport confirms the payment', async () => {
    const shop = openGlobalShop()
    const id = await shop.makeGlobal()
    expect((await shop.view(id)).extras.onward_url).toBeUndefined()
    const visitor = 'tab-1'
    await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko', visitor })
    shop.iamport.pay(order)
    const settled = await shop.send('POST', `/links/${id}/settle`, { imp_uid: 'imp_1', visitor })
    const { onward_url } = settled.json.extras
    expect(onward_url.startsWith('https://checkout.portone.cloud/success.html?')).toBe(true)
    expect(isGenuine(onward_url)).toBe(true)
    expect(queryOf(onward_url)).toMatchObject({
      amount: '2500',
      currency: 'THB',
      merchant_order_ref: '011352FD604A301',
      link_order_ref: '011352FD604A301',
      order_ref: id,
      channel_order_ref: 'imp_1',
      status: 'Success',
      status_code: '2000',
      status_reason: 'SUCCESS',
      channel_key: 'GBPRIMEPAY',
      channel_name: 'GBPRIMEPAY',
      method_key: 'GBPRIMEPAY_CREDIT_CARD',
      method_name: 'Credit or debit card',
      merchant_brand_name: 'PortOne Demo Account',
      buyer_name: 'Test Customer Name',
      buyer_city: 'City',
      payment_source: 'default',
    })
    // Other visitors see the same redirect without personal data.
    const seen = (await shop.view(id)).extras.onward_url
    expect(isGenuine(seen)).toBe(true)
    expect(Object.keys(queryOf(seen)).filter((name) => name.startsWith('buyer_'))).toEqual([])
    expect(queryOf(onward_url)).toMatchObject(queryOf(seen))
    // The same for a settle with an imp_uid taken from a URL.
    for (const asker of [{}, { visitor: 'tab-2' }]) {
      const asked = await shop.send('POST', `/links/${id}/settle`, { imp_uid: 'imp_1', ...asker })
      expect(asked.json.extras.onward_url).toBe(seen)
    }
  })
  test('with the language of the page that they saw', async () => {
    const shop = openGlobalShop()
    const id = await shop.makeGlobal()
    shop.iamport.pay(order)
    const langOf = async (headers: Record<string, string>) => {
      const { json } = await shop.send('POST', `/links/${id}/settle`, { imp_uid: 'imp_1' }, headers)
      return queryOf(json.extras.onward_url).lang
    }
    expect(await langOf({ 'accept-language': 'en-US' })).toBe('en')
    expect(await langOf({ 'accept-language': 'en-US', cookie: 'lang=ko' })).toBe('ko')
    const document = await shop.send('GET', `/${id}?lang=en`)
    expect(queryOf(document.json.view.extras.onward_url).lang).toBe('en')
  })
  test('to pending_url while a deposit is awaited, and to success_url after it came', async () => {
    const shop = openGlobalShop()
    const id = await shop.makeGlobal()
    shop.iamport.pay(account)
    const waiting = (await shop.settle(id, 'imp_1')).json.extras.onward_url
    expect(waiting.startsWith('https://checkout.portone.cloud/pending.html?')).toBe(true)
    expect(queryOf(waiting)).toMatchObject({ status: 'Pending', status_code: '1000' })
    expect(isGenuine(waiting)).toBe(true)
    shop.iamport.pay({ ...account, status: 'paid', paid_at: start / 1000 + 60 })
    expect((await shop.settle(id, 'imp_1')).json.extras.onward_url).toContain('/success.html?')
  })
  test.each([
    ['was declined', '한도 초과', '8001'],
    ['was left by the customer', '사용자가 결제를 취소했어요', '4071'],
  ])('to failure_url when the attempt %s, and other visitors are not', async (_, fail_reason, code) => {
    const shop = openGlobalShop()
    const id = await shop.makeGlobal()
    shop.iamport.pay({ ...order, status: 'failed', paid_at: 0, fail_reason })
    const { onward_url } = (await shop.settle(id, 'imp_1')).json.extras
    expect(onward_url.startsWith('https://checkout.portone.cloud/failure.html?')).toBe(true)
    expect(queryOf(onward_url)).toMatchObject({
      status: 'Failed',
      status_code: code,
      channel_order_ref: 'imp_1',
    })
    expect(isGenuine(onward_url)).toBe(true)
    expect((await shop.view(id)).extras).not.toHaveProperty('onward_url')
  })
  test('without a signed attempt that the database does not know', async () => {
    const shop = openGlobalShop()
    const id = await shop.makeGlobal()
    shop.iamport.pay({ ...order, status: 'failed', paid_at: 0, fail_reason: 'x' })
    const { onward_url } = (await shop.settle(id, 'imp_somebody_made_up')).json.extras
    expect(queryOf(onward_url).channel_order_ref).toBe('')
    expect(isGenuine(onward_url)).toBe(true)
  })
  test('with the query of the merchant’s own URL kept', async () => {
    const shop = openGlobalShop()
    const own = 'https://shop.example/done?order=1&status=success&to=a%20b~&signed#end'
    const id = await shop.makeGlobal({ success_url: own })
    shop.iamport.pay(order)
    const url = new URL((await shop.settle(id, 'imp_1')).json.extras.onward_url)
    expect(url.search.startsWith('?order=1&status=success&to=a%20b~&signed&amount=2500&')).toBe(true)
    expect(url.searchParams.get('order')).toBe('1')
    expect(url.searchParams.getAll('status')).toEqual(['success', 'Success'])
    expect(url.hash).toBe('#end')
    expect(isGenuine(url.href)).toBe(true)
  })
  test('nowhere without a pending_url, and nowhere from a disabled link', async () => {
    const shop = openGlobalShop()
    const id = await shop.makeGlobal({ pending_url: '' })
    shop.iamport.pay(account)
    expect((await shop.settle(id, 'imp_1')).json.extras).not.toHaveProperty('onward_url')
    await shop.ask('POST', `/paymentLink/${id}/cancelled`)
    expect((await shop.view(id)).extras).not.toHaveProperty('onward_url')
  })
})

function openWebhookShop(merchant: Record<string, unknown> = {}) {
  const shop = openGlobalShop({ merchant })
  shop.iamport.receivers.set('https://shop.example/webhook', () => new Response())
  return {
    ...shop,
    async told(): Promise<Record<string, unknown>[]> {
      await deliverEvents(shop.deps)
      return shop.iamport.callsTo('POST', '/webhook').map(({ body }) => body)
    },
  }
}

describe('the webhook of the global API', () => {
  test('reports success with upstream’s body and signature', async () => {
    const shop = openWebhookShop()
    const { json } = await shop.post()
    shop.iamport.pay(order)
    await shop.settle(json.payment_link_ref, 'imp_1')
    const [body, ...more] = await shop.told()
    expect(more).toEqual([])
    expect(body && isGenuineWebhook(body)).toBe(true)
    expect(body).toMatchObject({
      link_ref: json.payment_link_ref,
      link: json.payment_link,
      currency: 'THB',
      amount: 2500,
      countryCode: 'TH',
      chaipaykey: key,
      portone_key: key,
      status: 'Success',
      success_url: example.success_url,
      cancel_url: example.failure_url,
      merchant_order_ref: '011352FD604A301',
      is_billing_shipping_same: false,
      merchant_name: 'PortOne Demo Account',
      merchant_back_url: 'https://admin.portone.cloud',
      expiry_hours: 72,
      created_at: new Date(start).toISOString(),
      description: 'test payment link description',
      notify_by_email: true,
      customer_name: 'Test Customer Name',
      customer_email_address: 'testcustomer@gmail.com',
    })
  })
  test('reports each change of the status, and nothing else', async () => {
    const shop = openWebhookShop()
    const id = await shop.makeGlobal()
    shop.iamport.pay({ ...order, imp_uid: 'imp_0', status: 'failed', paid_at: 0, fail_reason: 'x' })
    await shop.settle(id, 'imp_0')
    expect(await shop.told()).toEqual([])
    shop.iamport.pay(account)
    await shop.settle(id, 'imp_1')
    shop.iamport.pay({ ...account, status: 'paid', paid_at: start / 1000 + 60 })
    await shop.settle(id, 'imp_1')
    shop.iamport.pay({
      ...account,
      status: 'cancelled',
      cancel_amount: 2500,
      cancelled_at: start / 1000 + 90,
    })
    await shop.settle(id, 'imp_1')
    const told = await shop.told()
    expect(told.map(({ status }) => status)).toEqual(['Processing', 'Success'])
    expect(told.every(isGenuineWebhook)).toBe(true)
    expect((await shop.ask('GET', `/paymentLink/${id}`)).json).toMatchObject({
      status: 'Success',
      refunded_at: expect.any(String),
    })
  })
  test('reports an end without a payment', async () => {
    const shop = openWebhookShop()
    const cancelled = await shop.makeGlobal()
    await shop.makeGlobal({ merchant_order_id: 'second' })
    await shop.ask('PUT', `/paymentLink/${cancelled}/cancelled`)
    shop.clock.now += 4 * 86_400_000
    await expireLinks(shop.deps)
    const told = await shop.told()
    // Two orders, because events of one order wait for each other.
    const pairs = told.map(({ merchant_order_ref, status }) => [merchant_order_ref, status])
    expect(pairs.toSorted()).toEqual([
      ['011352FD604A301', 'Cancelled'],
      ['second', 'Expired'],
    ])
    expect(told.every(isGenuineWebhook)).toBe(true)
  })
  test('is sent once when a link and its unpaid virtual account have both expired', async () => {
    const shop = openWebhookShop()
    const id = await shop.makeGlobal()
    shop.iamport.pay({ ...account, vbank_date: start / 1000 + 4 * 86_400 })
    await shop.settle(id, 'imp_1')
    shop.clock.now += 5 * 86_400_000
    await expireLinks(shop.deps)
    expect((await shop.told()).map(({ status }) => status)).toEqual(['Processing', 'Expired'])
  })
  test('is listed among the merchant’s events, and is not sent without a URL', async () => {
    const shop = openWebhookShop()
    const id = await shop.makeGlobal()
    await shop.ask('PUT', `/paymentLink/${id}/cancelled`)
    const headers = { authorization: await shop.signIn() }
    const list = await shop.send('GET', '/api/supplements/v1/link/events', undefined, headers)
    expect(list.json.items).toMatchObject([{ type: 'notice', destination: 'webhook_url' }])
    const silent = openWebhookShop({ webhook_url: undefined })
    await silent.ask('PUT', `/paymentLink/${await silent.makeGlobal()}/cancelled`)
    expect(await silent.told()).toEqual([])
  })
})
