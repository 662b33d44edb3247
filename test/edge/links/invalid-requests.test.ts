import { expect, test } from 'vitest'
import { anOrder, openShop, start } from '../support/shop.ts'

const method = { pg: 'html5_inicis', pay_method: 'card', label: '카드' }
const only = (pg: string, pay_method = 'card') => ({ pay_methods: [{ pg, pay_method, label: '결제' }] })

test.each<[string, Record<string, unknown>, path: string, message: RegExp]>([
  ['no amount', { amount: undefined }, 'amount', /required/],
  ['an amount of zero', { amount: 0 }, 'amount', /more than 0/],
  ['a negative amount', { amount: -100 }, 'amount', /negative/],
  ['a fraction of a won', { amount: 100.5 }, 'amount', /whole number in KRW/],
  ['a fraction of a cent', { amount: '1.001', currency: 'USD' }, 'amount', /2 decimals in USD/],
  ['an amount in words', { amount: 'ten' }, 'amount', /number/],
  ['an amount that is too large', { amount: '9999999999999' }, 'amount', /at most 999999999999/],
  ['a list as amount', { amount: [1] }, 'amount', /number/],
  ['no currency', { currency: '' }, 'currency', /required/],
  ['an unknown currency', { currency: 'WON' }, 'currency', /one of KRW/],
  ['a tax-free part larger than the amount', { tax_free: 10001 }, 'tax_free', /at most the amount/],
  ['a tax-free part with a thousands separator', { tax_free: '1,000' }, 'tax_free', /number/],
  ['a tax-free part that is not a number', { tax_free: true }, 'tax_free', /number/],
  ['no method', { pay_methods: undefined }, 'pay_methods', /pay_methods or direct/],
  ['an empty list of methods', { pay_methods: [] }, 'pay_methods', /at least one/],
  ['21 methods', { pay_methods: Array(21).fill(method) }, 'pay_methods', /at most 20/],
  [
    'a label of 41 characters',
    { pay_methods: [{ ...method, label: '가'.repeat(41) }] },
    'pay_methods.0.label',
    /40/,
  ],
  ['a label that is a number', { pay_methods: [{ ...method, label: 1 }] }, 'pay_methods.0.label', /text/],
  ['direct without any field', { direct: {} }, 'direct', /channelKey, pg or pay_method/],
  [
    'an order number of 41 characters',
    { merchant_uid: 'a'.repeat(41) },
    'merchant_uid',
    /at most 40 characters, not 41/,
  ],
  ['an order number of dots only', { merchant_uid: '..' }, 'merchant_uid', /dots/],
  ['a name of 41 characters', { name: '가'.repeat(41) }, 'name', /at most 40/],
  ['a title of 81 characters', { title: 'a'.repeat(81) }, 'title', /at most 80/],
  ['no title', { title: ' ' }, 'title', /required/],
  ['a buyer_name of 17 characters', { buyer_name: 'a'.repeat(17) }, 'buyer_name', /at most 16/],
  ['a buyer_tel of 17 characters', { buyer_tel: '1'.repeat(17) }, 'buyer_tel', /at most 16/],
  ['a buyer_email of 65 characters', { buyer_email: 'a'.repeat(65) }, 'buyer_email', /at most 64/],
  ['a buyer_addr of 129 characters', { buyer_addr: 'a'.repeat(129) }, 'buyer_addr', /at most 128/],
  ['a buyer_postcode of 9 characters', { buyer_postcode: '123456789' }, 'buyer_postcode', /at most 8/],
  ['a name with a text direction override', { name: 'gold\u202ereversed' }, 'name', /control characters/],
  ['a line break in the title', { title: 'a\nb' }, 'title', /control characters/],
  ['an expiry in the past', { expired_at: start / 1000 - 1 }, 'expired_at', /future/],
  ['an expiry after two years', { expired_at: start / 1000 + 2 * 366 * 86400 }, 'expired_at', /one year/],
  ['an expiry without a time zone', { expired_at: '2030-03-20T10:00:00' }, 'expired_at', /zone/],
  ['an expiry in words', { expired_at: undefined, expire_at: 'tomorrow' }, 'expire_at', /unix seconds/],
  ['no expiry', { expired_at: undefined }, 'expired_at', /required/],
  ['a notice_url without a scheme', { notice_url: 'shop.example/notice' }, 'notice_url', /http/],
  ['a notice_url with a missing host', { notice_url: 'null/notice' }, 'notice_url', /http/],
  ['a notice_url with the file scheme', { notice_url: 'file:///etc/passwd' }, 'notice_url', /http/],
  ['an unknown language', { language: 'fr' }, 'language', /ko, en or zh/],
  ['a page in Chinese', { display_language: 'zh' }, 'display_language', /ko or en/],
  [
    'deeply nested custom_data',
    { custom_data: JSON.parse('['.repeat(40) + ']'.repeat(40)) },
    'custom_data',
    /32 deep/,
  ],
  [
    'smartro_v2 with a dash in the order number',
    only('smartro_v2'),
    'merchant_uid',
    /letters and digits.*smartro_v2/,
  ],
  ['payletter_global without e-mail', only('payletter_global.x'), 'buyer_email', /payletter_global/],
  [
    'nice_v2 with a plus in the name',
    { ...only('nice_v2'), name: '1+1' },
    'name',
    /must not contain.*nice_v2/,
  ],
  [
    'nice_v2 with a name of 42 bytes',
    { ...only('nice_v2'), name: '가'.repeat(21) },
    'name',
    /40 bytes, not 42/,
  ],
  ['nice_v2 with plain naverpay', only('nice_v2', 'naverpay'), 'pay_methods.0.pay_method', /naverpay_card/],
  ['nice_v2 with euros', { ...only('nice_v2'), currency: 'EUR' }, 'currency', /KRW, USD/],
  ['naverpay without its products', only('naverpay'), 'pay_methods.0.pg', /naverProducts/],
  ['danal_tpay with a virtual account', only('danal_tpay', 'vbank'), 'pay_methods.0.pg', /biz_num/],
  ['mobilians with 99 won', { ...only('mobilians', 'phone'), amount: 99 }, 'amount', /at least 100 KRW/],
  ['ksnet without a buyer name', only('ksnet'), 'buyer_name', /ksnet/],
  ['paypal_v2 with won', only('paypal_v2'), 'currency', /not be KRW/],
  [
    'paymentwall with cents',
    { ...only('paymentwall'), currency: 'USD', amount: 1.5 },
    'amount',
    /whole number for paymentwall/,
  ],
  ['eximbay with pesos', { ...only('eximbay'), currency: 'PHP' }, 'currency', /eximbay/],
])('a request with %s is refused with the field named', async (_, wrong, path, message) => {
  const { status, json } = await openShop().asMerchant('POST', '', anOrder(wrong))
  expect(status).toBe(400)
  expect(json).toMatchObject({ code: -1, response: null })
  const named = json.errors.find((error: { path: string }) => error.path === path)
  expect(named?.message, JSON.stringify(json.errors)).toMatch(message)
})

test('all invalid fields are named in one answer', async () => {
  const wrong = {
    amount: -1,
    tax_free: '10%',
    title: '',
    pay_methods: [{ label: ' ' }, 1],
    expired_at: 1,
    name: 'a'.repeat(50),
  }
  const { json } = await openShop().asMerchant('POST', '', anOrder(wrong))
  const paths = json.errors.map(({ path }: { path: string }) => path)
  expect(paths.sort()).toEqual(['amount', 'expired_at', 'name', 'pay_methods.1', 'tax_free', 'title'])
})

test.each([
  ['payment_info that is not JSON', { payment_info: '{', expired_at: 1 }],
  ['payment_info that is a list', { payment_info: '[]', expired_at: 1 }],
])('%s is refused', async (_, body) => {
  const { status, json } = await openShop().asMerchant('POST', '', body)
  expect(status).toBe(400)
  expect(json.errors[0].path).toBe('payment_info')
})

test('an order for an unknown merchant is refused', async () => {
  const shop = openShop({ env: { LINK_AUTH: 'open', LINK_AUTH_OPEN_TO_ALL: 'true' } })
  const { status, json } = await shop.send(
    'POST',
    '/api/supplements/v1/link/payment',
    anOrder({ user_code: 'imp0' }),
  )
  expect(status).toBe(400)
  expect(json.errors[0].path).toBe('user_code')
})

test.each([
  ['a body over 64 KiB', JSON.stringify({ custom_data: 'a'.repeat(65_536) }), 'application/json', 413],
  ['a form', 'title=a', 'application/x-www-form-urlencoded', 415],
  ['plain text', '{}', 'text/plain', 415],
  ['broken JSON', '{"title"', 'application/json', 400],
  ['a list', '[]', 'application/json', 400],
])('a request with %s is refused', async (_, body, type, wanted) => {
  const { status, json } = await openShop().asMerchant('POST', '', body, { 'content-type': type })
  expect(status).toBe(wanted)
  expect(json).toMatchObject({ code: -1, response: null })
})

test.each([
  ['\u2800', 'the empty braille pattern'],
  ['\u00ad', 'a soft hyphen'],
  ['\ufe0f', 'a variation selector'],
  ['\u{e0041}\u{e007f}', 'tags'],
  ['\u061c', 'the Arabic letter mark'],
  ['\u17b4', 'a Khmer vowel that is not written'],
  ['\u034f', 'the grapheme joiner'],
  ['\u180e', 'the Mongolian vowel separator'],
  ['\u{1d159}', 'the null note head'],
  ['\ufffa', 'an annotation mark'],
  ['\u3164\u200b \u00a0', 'fillers among spaces'],
])('an invisible title is refused: %j (%s)', async (title) => {
  const { status, json } = await openShop().asMerchant('POST', '', anOrder({ title }))
  expect([status, json.errors]).toEqual([400, [{ path: 'title', message: 'title must not be blank' }]])
})

test.each(['❤\ufe0f', 'a\u00adb', '👩\u200d👧', '\u2801'])(
  'a visible title with special characters is accepted: %j',
  async (title) => {
    expect((await openShop().asMerchant('POST', '', anOrder({ title }))).status).toBe(200)
  },
)
