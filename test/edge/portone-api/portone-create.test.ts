// A client of PortOne's global API creates, reads and cancels links.
import { describe, expect, test } from 'vitest'
import { deleteExpiredData } from '../../../src/edge/features/links/retention.ts'
import { queries } from '../../../src/edge/store/sql/tables.ts'
import { dumpOf } from '../../support/dump.ts'
import { example, key, openGlobalShop, secret, signatureOf } from '../support/portone-shop.ts'
import { anOrder, start } from '../support/shop.ts'

describe('the example request of upstream’s reference', () => {
  test('creates a link under the merchant’s own reference', async () => {
    const shop = openGlobalShop()
    const { status, json } = await shop.post()
    expect(status).toBe(200)
    expect(json).toMatchObject({
      payment_link: 'https://pay.example/786283tghjwefdhvsdvbfnvbn',
      payment_link_ref: '786283tghjwefdhvsdvbfnvbn',
      status: 'Created',
      merchant_order_id: '011352FD604A301',
      amount: 2500,
      currency: 'THB',
      environment: 'sandbox',
      expiry_date: example.expiry_date,
    })
  })
  test('shows all details of the bill on its page', async () => {
    const shop = openGlobalShop()
    await shop.post()
    const view = await shop.view('786283tghjwefdhvsdvbfnvbn')
    expect(view).toMatchObject({
      status: 'open',
      title: 'PortOne Demo Account',
      name: 'test payment link description',
      amount: 250_000,
      currency: 'THB',
      extras: {
        seller: { name: 'PortOne Demo Account' },
        description: 'test payment link description',
        customer: { name: 'Test Customer Name', email: 't***@gmail.com', phone: '+91*******665' },
        notes: [
          { key: 'key1', value: 'value1' },
          { key: 'key2', value: 'value2' },
        ],
        back_url: 'https://admin.portone.cloud',
      },
    })
    expect(Object.keys(view.extras).sort()).toEqual([
      'back_url',
      'customer',
      'description',
      'notes',
      'seller',
    ])
    expect(view.methods.map(({ label }: { label: { en: string } }) => label.en)).toEqual([
      'Credit or debit card',
      'QR code payment',
      'PromptPay',
      'WeChat Pay',
      'Rabbit LINE Pay',
      'TrueMoney',
      'ShopeePay',
    ])
    expect(JSON.stringify(view)).not.toContain('testcustomer')
  })
  test('can be paid under its reference in every URL of the page', async () => {
    const shop = openGlobalShop()
    await shop.post()
    const ref = '786283tghjwefdhvsdvbfnvbn'
    const granted = await shop.send('POST', `/links/${ref}/checkout`, {
      method: 'm6',
      language: 'en',
      visitor: 'v',
    })
    expect(granted).toMatchObject({
      status: 200,
      json: {
        params: {
          amount: 2500,
          currency: 'THB',
          merchant_uid: '011352FD604A301',
          buyer_name: 'Test Customer Na',
          buyer_tel: '+918767677665',
          buyer_email: 'testcustomer@gmail.com',
        },
      },
    })
    expect((await shop.send('POST', `/links/${ref}/opened`, { visitor: 'v' })).status).toBe(200)
    expect((await shop.view(ref)).busy).toBe(true)
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: '011352FD604A301', amount: 2500, currency: 'THB' })
    expect((await shop.settle(ref, 'imp_1')).json).toMatchObject({
      status: 'paid',
      attempt: { outcome: 'paid' },
    })
    expect((await shop.send('GET', `/${ref}`)).status).toBe(200)
    expect((await shop.ask('GET', `/paymentLink/${ref}`)).json).toMatchObject({
      status: 'Success',
      channel_order_ref: 'imp_1',
      payment_method: 'GBPRIMEPAY_TRUEMONEY_WALLET',
    })
  })
})

describe('a link of the global API', () => {
  test('can be created with the token and the signature that the API itself issues', async () => {
    const shop = openGlobalShop()
    const credentials = { portone_key: key, portone_secret: secret }
    const { json } = await shop.send('POST', '/api/merchant/auth-token', credentials)
    const headers = { 'x-chaipay-client-key': key, authorization: `Bearer ${json.content.token}` }
    const made = await shop.send('POST', '/api/merchant/generate-signature', example, headers)
    expect(made.json.content.signature).toBe(signatureOf(example))
    // The token is still valid five hours and 59 minutes later.
    shop.clock.now += 359 * 60_000
    const body = { ...example, signature_hash: made.json.content.signature }
    expect((await shop.send('POST', '/api/paymentLink', body, headers)).status).toBe(200)
    shop.clock.now += 3 * 60_000
    expect((await shop.send('GET', '/api/paymentLink/x', undefined, headers)).status).toBe(401)
  })
  test('offers all of the merchant’s methods and expires in a year by default', async () => {
    const shop = openGlobalShop()
    const { json } = await shop.post({
      chosen_payment_methods: undefined,
      expiry_date: '',
      custom_link_ref: '',
    })
    expect(json.payment_link_ref).toMatch(/^[0-9a-z]{18}$/)
    expect(json.payment_link).toBe(`https://pay.example/${json.payment_link_ref}`)
    expect(json.expiry_date).toBe(new Date(start + 365 * 86_400_000).toISOString())
    expect((await shop.view(json.payment_link_ref)).methods).toHaveLength(7)
  })
  test('shows masked billing and shipping details only on request', async () => {
    const shop = openGlobalShop()
    const id = await shop.makeGlobal({ show_shipping_details: true })
    expect((await shop.view(id)).extras).toMatchObject({
      billing: {
        name: 'Test Customer Name',
        email: 't***@gmail.com',
        address: ['address', 'address_2', 'City, Mah, 400202', 'TH'],
      },
      shipping: { address: ['address_1', 'address_2', 'abc, Mah, 400202', 'TH'] },
    })
  })
  test('shows the parts of its amount', async () => {
    const shop = openGlobalShop()
    const details = { name: 'Shop', promo_code: 'SPRING', promo_discount: 100.5, shipping_charges: '50' }
    const id = await shop.makeGlobal({ merchant_details: details })
    expect((await shop.view(id)).extras.lines).toEqual([
      { kind: 'items', amount: 255_050 },
      { kind: 'shipping', amount: 5_000 },
      { kind: 'discount', amount: 10_050, code: 'SPRING' },
    ])
  })
  test('may be framed by the merchant’s own origins', async () => {
    const origins = ['https://shop.example', 'http://localhost:8080']
    const shop = openGlobalShop({ merchant: { embed_origins: origins } })
    const id = await shop.makeGlobal({ is_checkout_embed: true })
    expect((await shop.view(id)).extras.embed).toEqual(origins)
  })
  test('is found by its reference in any case', async () => {
    const shop = openGlobalShop()
    const ref = '2mbaHZ6VVokmHJNtKafVCyIZIxv'
    expect((await shop.post({ custom_link_ref: ref })).json.payment_link).toBe(`https://pay.example/${ref}`)
    expect((await shop.view(ref.toUpperCase())).status).toBe('open')
  })
  test('is created for only one of two orders that request its reference at once', async () => {
    const shop = openGlobalShop()
    const wish = { custom_link_ref: '2mbaHZ6VVokmHJNtKafVCyIZIxv' }
    const orders = ['order-a', 'order-b', 'order-c']
    const answers = await Promise.all(
      orders.map((merchant_order_id) => shop.post({ ...wish, merchant_order_id })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400])
    const won = answers.findIndex(({ status }) => status === 200)
    expect((await shop.view(wish.custom_link_ref)).merchant_uid).toBe(orders[won])
    const { json } = await shop.asMerchant('GET', '')
    expect(json.items).toHaveLength(1)
  })
  test('is returned again for the same request', async () => {
    const shop = openGlobalShop()
    const first = await shop.post({ expiry_date: '' })
    shop.clock.now += 1000
    expect((await shop.post({ expiry_date: '' })).json).toEqual(first.json)
  })
  test.each([
    ['with another amount', { amount: 2600 }],
    [
      'with another customer',
      { customer_details: { name: 'B' }, notify_by_email: false, notify_by_phone: false },
    ],
    ['with another pending_url', { pending_url: 'https://shop.example/p' }],
  ])('is not replaced by a request for the same order %s', async (_, change) => {
    const shop = openGlobalShop()
    await shop.post()
    const { status, json } = await shop.post({ ...change, custom_link_ref: '' })
    expect(status).toBe(400)
    expect(json).toMatchObject({
      status_code: '4002',
      status_reason: 'DUPLICATE_TRANSACTION_ERROR',
      errors: [{ path: 'merchant_order_id' }],
    })
  })
  test('that has ended refuses another request for its order and says so', async () => {
    const shop = openGlobalShop()
    const id = await shop.makeGlobal()
    await shop.ask('POST', `/paymentLink/${id}/cancelled`)
    const { status, json } = await shop.post({ custom_link_ref: '' })
    expect(status).toBe(400)
    expect(json.message).toBe(
      'merchant_order_id had a link already, and an order has one for good: take another one. The same request again is answered with its link while that can be paid',
    )
  })
  test('lists a repeated method once', async () => {
    const shop = openGlobalShop()
    const card = { payment_channel: 'GBPRIMEPAY', payment_method: 'GBPRIMEPAY_CREDIT_CARD' }
    const id = await shop.makeGlobal({ chosen_payment_methods: [card, card] })
    expect((await shop.view(id)).methods).toHaveLength(1)
  })
  test('treats an empty list of items as absent', async () => {
    expect((await openGlobalShop().post({ order_details: [] })).status).toBe(200)
  })
  test('is readable by its merchant only, and by this API only', async () => {
    const shop = openGlobalShop()
    const id = await shop.makeGlobal()
    const { json } = await shop.ask('GET', `/paymentLink/${id}/status`)
    expect(json.content.link).toMatchObject({ payment_link_ref: id, status: 'Created' })
    const plain = await shop.makeLink({ merchant_uid: 'plain' })
    for (const ref of [plain, '0'.repeat(18), 'a-reference-of-nobody-at-all'])
      expect(await shop.ask('GET', `/paymentLink/${ref}`)).toMatchObject({
        status: 404,
        json: { status_code: '4083' },
      })
  })
})

describe('cancelling a link', () => {
  test('disables it and is idempotent', async () => {
    const shop = openGlobalShop()
    const id = await shop.makeGlobal()
    for (const method of ['POST', 'PUT'])
      expect(await shop.ask(method, `/paymentLink/${id}/cancelled`)).toMatchObject({
        status: 200,
        json: { status: 'Cancelled' },
      })
    expect((await shop.view(id)).status).toBe('disabled')
  })
  test('is not possible with GET', async () => {
    const shop = openGlobalShop()
    const id = await shop.makeGlobal()
    expect((await shop.ask('GET', `/paymentLink/${id}/cancelled`)).status).toBe(405)
    expect((await shop.view(id)).status).toBe('open')
  })
  test('is refused once it is paid', async () => {
    const shop = openGlobalShop()
    const id = await shop.makeGlobal()
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: '011352FD604A301', amount: 2500, currency: 'THB' })
    await shop.settle(id, 'imp_1')
    expect(await shop.ask('POST', `/paymentLink/${id}/cancelled`)).toMatchObject({
      status: 400,
      json: { message: 'the link is paid and can no longer be cancelled' },
    })
  })
})

test('an order with a link of the other API is refused', async () => {
  const shop = openGlobalShop()
  await shop.makeLink({ merchant_uid: '011352FD604A301' })
  expect((await shop.post()).json.status_code).toBe('4002')
})

test('a link of the other API shows no details of this one', async () => {
  const shop = openGlobalShop()
  const id = await shop.makeLink(anOrder())
  expect(await shop.view(id)).not.toHaveProperty('extras')
})

test('the customer’s data is erased with the buyer’s data, also from delivered events', async () => {
  const shop = openGlobalShop({ env: { RETENTION_DAYS: '1' } })
  const id = await shop.makeGlobal({ show_shipping_details: true })
  shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: '011352FD604A301', amount: 2500, currency: 'THB' })
  await shop.settle(id, 'imp_1')
  const holds = async () => dumpOf(shop.database, ['links', 'global_links', 'events', 'payments'])
  const persons = /Test Customer|testcustomer|8767677665|400202|value1/
  expect(await holds()).toMatch(persons)
  // The gateway's approval date in i'mport's answer is in 2017.
  shop.clock.now += 2 * 86_400_000
  expect(await deleteExpiredData(shop.deps)).toBe(false)
  expect(await holds()).not.toMatch(persons)
  expect(await holds()).toContain('"signature_hash')
  const { extras, status } = await shop.view(id)
  expect(status).toBe('paid')
  expect(Object.keys(extras).sort()).toEqual(['back_url', 'description', 'onward_url', 'seller'])
  expect(extras.onward_url).not.toMatch(persons)
})

test('methods with the same label are shown with their gateway', async () => {
  const payment_methods = [
    { payment_channel: 'STRIPE', payment_method: 'STRIPE_CARD', pg: 'eximbay' },
    { payment_channel: 'OMISE', payment_method: 'OMISE_CREDIT_CARD', pg: 'html5_inicis' },
    { payment_channel: 'OTHERS', payment_method: 'OTHERS_WALLET', pg: 'kakaopay', label: '카카오페이' },
    { payment_channel: 'OTHERS', payment_method: 'UNHEARD_OF', channelKey: 'ch-1', pay_method: 'trans' },
    { payment_channel: 'MOMOPAY', payment_method: 'UNHEARD_OF', channelKey: 'ch-2' },
  ]
  const shop = openGlobalShop({ merchant: { payment_methods } })
  const id = await shop.makeGlobal({ chosen_payment_methods: [] })
  const { methods } = await shop.view(id)
  expect(methods.map(({ label }: { label: unknown }) => label)).toEqual([
    { ko: '신용·체크카드 (Stripe)', en: 'Credit or debit card (Stripe)' },
    { ko: '신용·체크카드 (Omise)', en: 'Credit or debit card (Omise)' },
    '카카오페이',
    { ko: '계좌이체', en: 'Bank transfer' },
    { ko: 'MoMo', en: 'MoMo' },
  ])
})

test('an older client may give the expiry in hours', async () => {
  const { json } = await openGlobalShop().post({ expiry_date: undefined, expiry_hours: 48 })
  expect(json.expiry_date).toBe(new Date(start + 48 * 3_600_000).toISOString())
})

test.each([
  [
    'as in the example',
    {},
    [
      ['testcustomer@gmail.com', 'link', start + 86_400_000],
      ['testcustomer@gmail.com', 'reminder', start + 71 * 3_600_000],
      ['testcustomer@gmail.com', 'receipt', null],
      ['+918767677665', 'link', start + 86_400_000],
      ['+918767677665', 'reminder', start + 71 * 3_600_000],
      ['+918767677665', 'receipt', null],
    ],
  ],
  [
    'to the billing address without a customer address, and at once',
    {
      customer_details: {},
      notify_by_phone: false,
      send_immediately: true,
      scheduled_date: '',
      reminder_time: 1.5,
      reminder_time_unit: 'days',
    },
    [
      ['testcustomer@gmail.com', 'link', start],
      ['testcustomer@gmail.com', 'reminder', start + 36 * 3_600_000],
      ['testcustomer@gmail.com', 'receipt', null],
    ],
  ],
  [
    'without a reminder if it has no time',
    {
      notify_by_phone: false,
      reminder_time: 0,
      reminder_time_unit: 'HOURS',
      send_immediately: true,
      scheduled_date: '',
    },
    [
      ['testcustomer@gmail.com', 'link', start],
      ['testcustomer@gmail.com', 'receipt', null],
    ],
  ],
  [
    'not at all',
    { notify_by_email: false, notify_by_phone: false, scheduled_date: '', reminder_time: undefined },
    [],
  ],
])('messages are scheduled %s', async (_, differences, planned) => {
  const shop = openGlobalShop()
  await shop.makeGlobal(differences)
  const query = queries.selectFrom('messages').select(['address', 'kind', 'due_at'])
  const rows = await shop.database.all<Record<string, unknown>>(query.compile())
  const inOrder = (lines: unknown[]) => lines.map((line) => JSON.stringify(line)).sort()
  expect(inOrder(rows.map((row) => Object.values(row)))).toEqual(inOrder(planned))
})
