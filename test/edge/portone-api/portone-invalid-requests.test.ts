import { expect, test } from 'vitest'
import { hostileValue } from '../../hostile/words.ts'
import { chanceOf, seedOf } from '../../support/random.ts'
import { example, openGlobalShop, signed, tokenOf } from '../support/portone-shop.ts'
import { start } from '../support/shop.ts'

const iso = (hours: number) => new Date(start + hours * 3_600_000).toISOString()
const details = (differences: object) => ({ merchant_details: { name: 'Shop', ...differences } })
const method = { payment_channel: 'GBPRIMEPAY', payment_method: 'GBPRIMEPAY_CREDIT_CARD' }

test.each<[string, Record<string, unknown>, path: string, code: string, message: RegExp]>([
  ['no amount', { amount: undefined }, 'amount', '4041', /required/],
  ['an amount of zero', { amount: 0 }, 'amount', '4041', /more than 0/],
  ['a negative amount', { amount: -1 }, 'amount', '4041', /negative/],
  ['a fraction of a satang', { amount: 2500.001 }, 'amount', '4041', /2 decimals in THB/],
  ['a fraction of a dong', { amount: 0.5, currency: 'VND' }, 'amount', '4041', /whole number in VND/],
  ['an amount in words', { amount: '2500 baht' }, 'amount', '4041', /number/],
  ['an unknown currency', { currency: 'XBT' }, 'currency', '4075', /one of KRW/],
  [
    'shipping charges above the amount',
    details({ shipping_charges: 2501 }),
    'merchant_details.shipping_charges',
    '4041',
    /at most amount/,
  ],
  [
    'a negative discount',
    details({ promo_discount: -1 }),
    'merchant_details.promo_discount',
    '4041',
    /negative/,
  ],
  [
    'a discount in words',
    details({ promo_discount: 'half' }),
    'merchant_details.promo_discount',
    '4041',
    /number/,
  ],
  [
    'items that do not add up to the amount',
    { order_details: [{ name: 'a', quantity: 2, price: 1250 }], ...details({ shipping_charges: 100 }) },
    'order_details',
    '4041',
    /do not add up/,
  ],
  [
    'a fraction of an item',
    { order_details: [{ quantity: 0.5, price: 1 }] },
    'order_details.0.quantity',
    '4001',
    /whole/,
  ],
  ['no order number', { merchant_order_id: ' ' }, 'merchant_order_id', '4050', /required/],
  [
    'an order number of 41 characters',
    { merchant_order_id: 'a'.repeat(41) },
    'merchant_order_id',
    '4050',
    /40/,
  ],
  ['an order number of dots only', { merchant_order_id: '..' }, 'merchant_order_id', '4050', /dots/],
  ['no signature', { signature_hash: undefined }, 'signature_hash', '4001', /required/],
  ['no success_url', { success_url: undefined }, 'success_url', '4001', /required/],
  ['a success_url with a script', { success_url: 'javascript:alert(1)' }, 'success_url', '4001', /http/],
  [
    'a failure_url with a disguised script',
    { failure_url: ' java\tscript:alert(1)' },
    'failure_url',
    '4001',
    /control|http/,
  ],
  ['a pending_url with data', { pending_url: 'data:text/html,hi' }, 'pending_url', '4001', /http/],
  ['a success_url without a scheme', { success_url: '//evil.example/' }, 'success_url', '4001', /whole/],
  ['a failure_url that is a path', { failure_url: '/failed' }, 'failure_url', '4001', /whole/],
  [
    'a success_url with credentials that look like a host',
    { success_url: 'https://shop.example@evil.example/' },
    'success_url',
    '4001',
    /credentials/,
  ],
  [
    'a success_url with backslashes',
    { success_url: 'https:\\\\evil.example' },
    'success_url',
    '4001',
    /whole/,
  ],
  [
    'a back_url with a script',
    details({ back_url: 'javascript:1' }),
    'merchant_details.back_url',
    '4001',
    /http/,
  ],
  [
    'a logo as a data URL',
    details({ logo: 'data:image/png;base64,AA' }),
    'merchant_details.logo',
    '4001',
    /http/,
  ],
  ['merchant_details as a list', { merchant_details: [] }, 'merchant_details', '4001', /object/],
  [
    'a name with a text direction override',
    details({ name: 'gold\u202ereversed' }),
    'merchant_details.name',
    '4001',
    /control/,
  ],
  ['a description of 501 characters', { description: 'a'.repeat(501) }, 'description', '4001', /500/],
  ['a country by name', { country_code: 'Thailand' }, 'country_code', '4001', /2 characters|two letters/],
  [
    'a short reference',
    { custom_link_ref: 'order1' },
    'custom_link_ref',
    '4083',
    /20 to 64 characters, not 6/,
  ],
  [
    'a reference with a path',
    { custom_link_ref: '../../links/0123456789abcdef' },
    'custom_link_ref',
    '4083',
    /letters/,
  ],
  [
    'a reference that is a path of the edge',
    { custom_link_ref: 'openapi.json' },
    'custom_link_ref',
    '4083',
    /characters/,
  ],
  [
    'a sequential reference',
    { custom_link_ref: 'abcdefghijklmnopqrstuvwxyz' },
    'custom_link_ref',
    '4083',
    /guess/,
  ],
  [
    'a reference made of its date',
    { custom_link_ref: 'order-20261120-000123456' },
    'custom_link_ref',
    '4083',
    /guess/,
  ],
  [
    'a reference made of the order number',
    { custom_link_ref: '786283tghjwefdh-7a2b9c', merchant_order_id: '786283tghjwefdh' },
    'custom_link_ref',
    '4083',
    /guess/,
  ],
  [
    'an e-mail address without an @',
    { customer_details: { email_address: 'nobody' } },
    'customer_details.email_address',
    '4001',
    /e-mail/,
  ],
  [
    'two e-mail addresses in one field',
    { customer_details: { email_address: 'a@b.example,c@d.example' } },
    'customer_details.email_address',
    '4001',
    /e-mail/,
  ],
  [
    'an e-mail address with a header',
    { customer_details: { email_address: 'a@b.example\r\nBcc: c@d.example' } },
    'customer_details.email_address',
    '4001',
    /control|e-mail/,
  ],
  [
    'a telephone number in words',
    { billing_details: { billing_phone: 'call me' } },
    'billing_details.billing_phone',
    '4001',
    /telephone/,
  ],
  [
    'a message without a recipient',
    { customer_details: {}, billing_details: {}, notify_by_phone: false },
    'notify_by_email',
    '4001',
    /needs customer_details/,
  ],
  ['a flag in words', { show_shipping_details: 'yes' }, 'show_shipping_details', '4001', /true or false/],
  [
    'embedding without allowed origins',
    { is_checkout_embed: true },
    'is_checkout_embed',
    '4001',
    /embed_origins/,
  ],
  ['an expiry in the past', { expiry_date: iso(-1) }, 'expiry_date', '4001', /future/],
  ['an expiry after years', { expiry_date: iso(24 * 800) }, 'expiry_date', '4001', /one year/],
  ['an expiry without a time zone', { expiry_date: '2030-03-20T10:00:00' }, 'expiry_date', '4001', /zone/],
  ['a scheduled message in the past', { scheduled_date: iso(-1) }, 'scheduled_date', '4001', /future/],
  [
    'a scheduled message after the expiry',
    { scheduled_date: iso(24 * 4) },
    'scheduled_date',
    '4001',
    /before/,
  ],
  ['a reminder without a unit', { reminder_time_unit: '' }, 'reminder_time_unit', '4001', /required/],
  [
    'a reminder with an unknown unit',
    { reminder_time_unit: 'moons' },
    'reminder_time_unit',
    '4001',
    /minutes/,
  ],
  ['a reminder before the creation', { reminder_time: 73 }, 'reminder_time', '4001', /less/],
  ['21 notes', { notes: Array(21).fill({ key: 'k', value: 'v' }) }, 'notes', '4001', /at most 20/],
  ['a note without a key', { notes: [{ value: 'v' }] }, 'notes.0.key', '4001', /required/],
  [
    'a method that the merchant does not map',
    { chosen_payment_methods: [method, { payment_channel: 'STRIPE', payment_method: 'STRIPE_CARD' }] },
    'chosen_payment_methods.1',
    '4046',
    /STRIPE STRIPE_CARD is not among/,
  ],
  [
    'a method under another channel',
    { chosen_payment_methods: [{ ...method, payment_channel: '__proto__' }] },
    'chosen_payment_methods.0',
    '4046',
    /not among/,
  ],
  [
    'a method without a name',
    { chosen_payment_methods: [{ payment_channel: 'A' }] },
    'chosen_payment_methods.0.payment_method',
    '4046',
    /required/,
  ],
  ['the live environment in a sandbox', { environment: 'live' }, 'environment', '4034', /must be sandbox/],
  ['an unknown environment', { environment: 'staging' }, 'environment', '4034', /sandbox or live/],
])('a request with %s is refused with the field named', async (_, wrong, path, code, message) => {
  const shop = openGlobalShop()
  const { status, json } = await shop.ask('POST', '/paymentLink', {
    ...signed({ ...example, ...wrong }),
    ...('signature_hash' in wrong && wrong),
  })
  expect(status).toBe(400)
  const named = json.errors.find((error: { path: string }) => error.path === path)
  expect(named?.message, JSON.stringify(json.errors)).toMatch(message)
  expect(named.status_code).toBe(code)
  expect(json).toMatchObject({ message: expect.any(String), status_code: expect.any(String) })
})

test('an invalid reminder unit is not reported as missing too', async () => {
  const { json } = await openGlobalShop().post({ reminder_time_unit: 'moons' })
  expect(json.errors).toHaveLength(1)
})

test('all invalid fields are named in one answer', async () => {
  const wrong = {
    amount: -1,
    currency: 'THB',
    success_url: 'x',
    custom_link_ref: 'x',
    notes: 'x',
    environment: 'live',
  }
  const { json } = await openGlobalShop().post(wrong)
  const paths = json.errors.map(({ path }: { path: string }) => path).sort()
  expect(paths).toEqual(['amount', 'custom_link_ref', 'environment', 'notes', 'success_url'])
  expect(json.message).toMatch(/\(and 4 more\)$/)
})

test('a live merchant’s links accept no test payments', async () => {
  const shop = openGlobalShop({ merchant: { sandbox: false } })
  expect((await shop.post({ environment: 'sandbox' })).json.status_code).toBe('4034')
  expect((await shop.post({ environment: 'live' })).status).toBe(200)
})

test('a merchant without methods cannot create a link', async () => {
  const shop = openGlobalShop({ merchant: { payment_methods: undefined } })
  const { json } = await shop.post({ chosen_payment_methods: [] })
  expect(json).toMatchObject({ status_code: '4046', errors: [{ path: 'chosen_payment_methods' }] })
})

test('a gateway’s requirement is reported under the field’s name in this API', async () => {
  const map = [{ ...method, pg: 'eximbay' }]
  const shop = openGlobalShop({ merchant: { payment_methods: map } })
  const { json } = await shop.post({ currency: 'IDR', chosen_payment_methods: [method] })
  expect(json.errors).toMatchObject([{ path: 'currency', status_code: '4075' }])
  const numbers = openGlobalShop({ merchant: { payment_methods: [{ ...method, pg: 'smartro_v2' }] } })
  const refused = await numbers.post({ merchant_order_id: 'a-1', chosen_payment_methods: [method] })
  expect(refused.json.errors).toMatchObject([
    { path: 'merchant_order_id', message: expect.stringContaining('merchant_order_id must be letters') },
  ])
})

test('a reference in use is refused in any case', async () => {
  const shop = openGlobalShop()
  await shop.post()
  const again = { merchant_order_id: 'other', custom_link_ref: '786283TGHJWEFDHVSDVBFNVBN' }
  expect((await shop.post(again)).json).toMatchObject({
    status_code: '4083',
    errors: [{ path: 'custom_link_ref', message: 'custom_link_ref is the reference of another link' }],
  })
})

test('only one of two concurrent orders gets the same reference', async () => {
  const shop = openGlobalShop()
  const orders = ['one', 'two', 'three'].map((merchant_order_id) => shop.post({ merchant_order_id }))
  const answers = await Promise.all(orders)
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400])
})

test.each([
  ['a body over 64 KiB', JSON.stringify({ description: 'a'.repeat(65_536) }), 'application/json', 413],
  ['a form', 'amount=1', 'application/x-www-form-urlencoded', 415],
  ['broken JSON', '{"amount"', 'application/json', 400],
  ['a list', '[]', 'application/json', 400],
])('a request with %s is refused in the same envelope', async (_, body, type, wanted) => {
  const { status, json } = await openGlobalShop().ask('POST', '/paymentLink', body, { 'content-type': type })
  expect(status).toBe(wanted)
  expect(json).toMatchObject({ message: expect.any(String), status_code: '4001' })
})

test('an unknown path is answered in the same envelope', async () => {
  const { status, json } = await openGlobalShop().ask('POST', '/paymentLink/x/y/z')
  expect({ status, code: json.status_code }).toEqual({ status: 404, code: '4001' })
})

test('the customer cannot change where they are redirected', async () => {
  const shop = openGlobalShop()
  const id = await shop.makeGlobal()
  shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: '011352FD604A301', amount: 2500, currency: 'THB' })
  await shop.settle(id, 'imp_1')
  const evil = 'success_url=https://evil.example/&onward_url=//evil.example&back_url=javascript:1'
  for (const path of [`/${id}?${evil}`, `/${id}/return?${evil}&imp_uid=imp_1`, `/links/${id}?${evil}`])
    expect((await shop.send('GET', path)).text).not.toContain('evil')
})

test('a token is valid for its own API only', async () => {
  const shop = openGlobalShop()
  const other = await shop.signIn()
  expect((await shop.send('GET', '/api/paymentLink/x', undefined, shop.headers(other))).status).toBe(401)
  const here = { authorization: `Bearer ${tokenOf()}` }
  expect((await shop.send('GET', '/api/supplements/v1/link/payment', undefined, here)).status).toBe(401)
})

test('random values in any field never cause a 500, and redirects are web URLs only', async () => {
  const chance = chanceOf(seedOf('global'))
  const shop = openGlobalShop()
  const fields = Object.keys(example)
  const statuses = new Set<number>()
  for (let n = 0; n < 800; n++) {
    const field = chance.pick(fields)
    const within = chance.below(2) === 0 && Object.entries(example[field] ?? {})
    const [inner] = within && within.length > 0 ? chance.pick(within) : ['']
    const value = hostileValue(chance)
    const given = inner === '' ? value : { ...(example[field] as object), [inner]: value }
    const own = { ...example, merchant_order_id: `order-${n}`, custom_link_ref: '' }
    const { signature_hash: plain } = signed(own)
    const order = { ...own, [field]: given }
    // Invalid text cannot be signed either.
    const body = typeof given === 'object' ? { ...order, signature_hash: plain } : signed(order)
    const { status, text, json } = await shop.ask('POST', '/paymentLink', {
      ...body,
      ...(field === 'signature_hash' && order),
    })
    statuses.add(status)
    expect([200, 400, 401, 413], text).toContain(status)
    if (status !== 200) expect(json.status_code, text).toMatch(/^4\d{3}$/)
    else
      for (const url of Object.values(await placesOf(json.payment_link_ref)))
        expect(url).toMatch(/^https?:\/\//)
  }
  expect([...statuses]).toEqual(expect.arrayContaining([200, 400]))
  expect(shop.log.filter(({ event }) => event === 'request.failed')).toEqual([])

  async function placesOf(ref: string): Promise<Record<string, string>> {
    const { back_url, onward_url } = (await shop.view(ref)).extras ?? {}
    return { ...(back_url && { back_url }), ...(onward_url && { onward_url }) }
  }
})

test('a method whose window the CSP would block is refused with the missing setting named', async () => {
  const chosen = { payment_channel: 'INICIS', payment_method: 'INICIS_PHONE' }
  const payment_methods = [{ ...chosen, pg: 'mobilians', pay_method: 'phone' }]
  const shop = openGlobalShop({ merchant: { payment_methods } })
  const { status, json } = await shop.post({ chosen_payment_methods: [chosen] })
  expect(status).toBe(400)
  expect(JSON.stringify(json)).toContain('CSP_EVAL_GATEWAYS=mobilians')
})
