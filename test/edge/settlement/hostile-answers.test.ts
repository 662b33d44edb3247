// Invalid and malicious answers of i'mport: no request fails with 500, every stored row is readable, and a
// payment of the right amount is kept.
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { queries } from '../../../src/edge/store/sql/tables.ts'
import { paid } from '../support/events-shop.ts'
import { openShop, start } from '../support/shop.ts'

type Shop = ReturnType<typeof openShop>

/** Placeholder for the mark of the window that the order's customer opened last. */
const ownMark = 'its own mark'

/** Answers as raw JSON text, because JSON can hold numbers that JavaScript cannot represent. */
function answerWith(shop: Shop, path: string, response: () => string, merchant_uid = 'order-1'): void {
  shop.iamport.state.instead = ({ pathname }) => {
    if (!pathname.startsWith(path)) return undefined
    const mark = JSON.stringify(shop.iamport.windows.get(merchant_uid)?.custom_data ?? '')
    const marked = response().replaceAll(JSON.stringify(ownMark), mark)
    return new Response(`{"code":0,"message":null,"response":${marked}}`)
  }
}

/** A shop whose i'mport gives the same answer for every payment. */
async function openShopWithPayment(response: string, env = {}) {
  const shop = openShop({ env })
  answerWith(shop, '/payments/imp_', () => response)
  return { ...shop, id: await shop.makeLink() }
}

const valid = {
  imp_uid: 'imp_1',
  merchant_uid: 'order-1',
  status: 'paid',
  amount: 10_000,
  cancel_amount: 0,
  currency: 'KRW',
  sandbox: false,
  pay_method: 'card',
  pg_provider: 'html5_inicis',
  pg_id: 'INIpayTest',
  custom_data: ownMark,
  started_at: start / 1000 + 30,
  paid_at: start / 1000 + 60,
}

const events = ({ log }: Pick<Shop, 'log'>) => log.map(({ event }) => event)
const paymentsOf = ({ database }: Pick<Shop, 'database'>) =>
  database.all<Record<string, unknown>>(sql`select * from payments`.compile(queries))

describe('a payment with an invalid required field', () => {
  const invalid: [string, string, object][] = [
    ['amount', 'too large', { amount: 1e21 }],
    ['amount', 'above 2^53 - 1', { amount: 2 ** 53 }],
    ['amount', 'negative', { amount: -1 }],
    ['amount', 'missing', { amount: null }],
    ['amount', 'a text', { amount: '10000' }],
    ['cancel_amount', 'negative', { cancel_amount: -10_000 }],
    ['cancel_amount', 'too large', { cancel_amount: 1e300 }],
    ['currency', 'a long text', { currency: `won${'x'.repeat(5000)}` }],
    ['currency', 'a number', { currency: 410 }],
    ['sandbox', 'a word', { sandbox: 'no' }],
    ['imp_uid', 'a path', { imp_uid: '../users' }],
    ['status', 'a number', { status: 1 }],
  ]
  test.each(invalid)(
    'is not recorded, answers 503 and is logged by field name: %s is %s',
    async (field, _, fields) => {
      const shop = await openShopWithPayment(JSON.stringify({ ...valid, ...fields }))
      expect(await shop.settle(shop.id, 'imp_1')).toMatchObject({
        status: 503,
        json: { reason: 'upstream_unavailable' },
      })
      expect(await paymentsOf(shop)).toEqual([])
      expect(shop.log).toContainEqual(
        expect.objectContaining({ event: 'iamport.unavailable', call: 'getPayment', unreadable: [field] }),
      )
      expect(JSON.stringify(shop.log)).not.toContain('xxxxx')
    },
  )
  test('is not recorded if a number overflows to infinity', async () => {
    const shop = await openShopWithPayment(JSON.stringify(valid).replace('10000', '1e400'))
    expect((await shop.settle(shop.id, 'imp_1')).status).toBe(503)
    expect(await paymentsOf(shop)).toEqual([])
  })
})

describe('a payment with an invalid descriptive field is still accepted:', () => {
  const invalid: [string, object][] = [
    [
      'a timestamp in the far future',
      { paid_at: 1e15, started_at: 1e16, cancelled_at: 1e300, vbank_date: 1e16 },
    ],
    ['a timestamp in milliseconds', { paid_at: start + 60_000 }],
    ['a negative timestamp', { paid_at: -5 }],
    ['a timestamp with a fraction', { paid_at: start / 1000 + 60.123_456 }],
    ['a timestamp that is text', { paid_at: 'yesterday' }],
    ['text fields of the wrong type', { pay_method: 7, pg_provider: {}, pg_id: [], vbank_name: true }],
    [
      'very long text fields',
      { pay_method: 'x'.repeat(1e6), pg_id: 'x'.repeat(1e6), vbank_name: '가'.repeat(1e6) },
    ],
    ['text that PostgreSQL rejects', { pay_method: 'a\u0000b', vbank_name: 'a\u0000b', pg_id: '\ud800' }],
    ['a currency in lower case', { currency: ' krw ' }],
    ['a receipt URL that is a script', { receipt_url: 'javascript:alert(1)' }],
  ]
  test.each(invalid)('%s', async (_, fields) => {
    for (const LATE_PAYMENT of ['keep', 'refund']) {
      const shop = await openShopWithPayment(JSON.stringify({ ...valid, ...fields }), { LATE_PAYMENT })
      expect((await shop.settle(shop.id, 'imp_1')).json).toMatchObject({
        status: 'paid',
        attempt: { outcome: 'paid' },
      })
      expect(shop.iamport.callsTo('POST', '/payments/cancel')).toEqual([])
      const { json } = await shop.asMerchant('GET', `/${shop.id}`)
      expect(json.paid_at).toMatch(/^2030-/)
      expect((await shop.view(shop.id)).receipt.receipt_url).toBe(null)
    }
  })
  test('with bank names truncated and overlong account numbers ignored', async () => {
    const account = { status: 'ready', paid_at: 0, pay_method: 'vbank', vbank_num: '1234', vbank_date: 1e16 }
    const shop = await openShopWithPayment(
      JSON.stringify({ ...valid, ...account, vbank_name: '은'.repeat(5000) }),
    )
    const { json } = await shop.settle(shop.id, 'imp_1')
    expect(json).toMatchObject({ status: 'awaiting_deposit', deposit: { account: '1234', due_at: null } })
    expect(json.deposit.bank).toHaveLength(200)
    const long = await openShopWithPayment(
      JSON.stringify({ ...valid, ...account, vbank_num: '1'.repeat(5000) }),
    )
    expect((await long.settle(long.id, 'imp_1')).json).toMatchObject({ status: 'open' })
  })
  test.each([
    ['https', true, 'https://iniweb.inicis.com/receipt?tid=1'],
    ['http', true, 'http://receipt.example/1'],
    ['javascript:', false, 'javascript:alert(1)//https://x'],
    ['data:', false, 'data:text/html,<script>'],
    ['a relative', false, '//receipt.example'],
    ['a very long', false, `https://receipt.example/${'x'.repeat(5000)}`],
  ])('the page’s receipt link for %s URL: %s', async (_, shown, receipt_url) => {
    const shop = await openShopWithPayment(JSON.stringify({ ...valid, receipt_url }))
    await shop.settle(shop.id, 'imp_1')
    expect((await shop.view(shop.id)).receipt.receipt_url).toBe(shown ? receipt_url : null)
  })
})

describe('a payment with more decimals than its currency has', () => {
  test.each([
    ['KRW', 10_000, 10_000.5, 0],
    ['KRW', 10_000, 10_000.5, 0.25],
    ['USD', 12.5, 12.505, 0],
    ['USD', 10, 10.3, 0.1],
  ])(
    'is refunded in full (%s, link of %d, payment of %d, %d refunded before)',
    async (currency, amount, wire, back) => {
      const shop = openShop()
      const id = await shop.makeLink({ currency, amount })
      const payment = shop.iamport.pay({ ...paid, currency, amount: wire, cancel_amount: back })
      expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
        status: 'open',
        attempt: { outcome: 'rejected', why: 'amount', returned: true },
      })
      expect(payment).toMatchObject({ status: 'cancelled', cancel_amount: wire })
      const [row] = await paymentsOf(shop)
      expect(row).toMatchObject({
        status: 'rejected',
        amount: Math.trunc(wire * (currency === 'USD' ? 100 : 1)),
      })
      expect(row?.returned).toBe(row?.amount)
    },
  )
})

describe('an invalid entry in the list of attempts', () => {
  const unreadable = { ...valid, imp_uid: 'imp_odd', amount: null, buyer_name: '홍길동' }
  function listing(...list: object[]) {
    const shop = openShop()
    const page = { total: list.length, previous: 0, next: 0, list }
    answerWith(shop, '/payments/findAll', () => JSON.stringify(page))
    return shop
  }

  test('is skipped and logged without personal data', async () => {
    const shop = listing(unreadable, null as never, 'text' as never, { ...valid, imp_uid: 'imp_1' })
    const id = await shop.makeLink()
    expect((await shop.settle(id)).json).toMatchObject({ status: 'paid', attempt: { outcome: 'paid' } })
    const logged = shop.log.filter(({ event }) => event === 'iamport.unreadable_payment')
    expect(logged).toEqual([
      {
        event: 'iamport.unreadable_payment',
        imp_uid: 'imp_odd',
        fields: ['amount'],
        user_code: 'imp11111111',
      },
      expect.objectContaining({ imp_uid: undefined }),
      expect.objectContaining({ imp_uid: undefined }),
    ])
    expect(JSON.stringify(shop.log)).not.toContain('홍길동')
  })
  test('that may have been paid answers 503 instead of “not charged”', async () => {
    const shop = listing(unreadable, { ...valid, imp_uid: 'imp_2', status: 'failed', paid_at: 0 })
    const id = await shop.makeLink()
    expect(await shop.settle(id)).toMatchObject({ status: 503, json: { reason: 'upstream_unavailable' } })
  })
  test('without money does not change the answer', async () => {
    const shop = listing(
      { ...unreadable, status: 'failed' },
      { ...valid, imp_uid: 'imp_2', status: 'failed' },
    )
    const id = await shop.makeLink()
    expect((await shop.settle(id)).json.attempt).toEqual({ outcome: 'declined' })
  })
})

describe('an order with very many attempts', () => {
  const attempts = (shop: Shop, count: number) => {
    for (let at = 0; at < count; at++)
      shop.iamport.pay({ ...paid, imp_uid: `imp_failed_${at}`, status: 'failed', paid_at: 0 })
  }
  test('is paid although 2,500 failed attempts are newer than the paid one', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay(paid)
    attempts(shop, 2_500)
    expect((await shop.settle(id)).json).toMatchObject({ status: 'paid', attempt: { outcome: 'paid' } })
    expect(shop.iamport.callsTo('GET', '/payments/findAll').map(({ path }) => path.split('?')[1])).toEqual(
      [1, 2, 3].map((page) => `limit=1000&page=${page}&sorting=-started`),
    )
    // The paid attempt and the latest twenty.
    expect(await paymentsOf(shop)).toHaveLength(21)
  })
  test('is read up to page 20; with more pages it answers 503 and logs a line', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    let page = 0
    answerWith(shop, '/payments/findAll', () => {
      page += 1
      const list = [{ ...valid, imp_uid: `imp_${page}`, status: 'failed', paid_at: 0 }]
      return JSON.stringify({ total: 1e6, previous: page - 1, next: page + 1, list })
    })
    expect((await shop.settle(id)).status).toBe(503)
    expect(page).toBe(20)
    expect(shop.log).toContainEqual(
      expect.objectContaining({ event: 'iamport.payments_incomplete', read: 20, total: 1e6 }),
    )
  })
  test('is settled from the first page if the second fails, but only if the first has a paid attempt', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    attempts(shop, 1_500)
    shop.iamport.state.instead = ({ searchParams }) =>
      searchParams.get('page') === '2' ? new Response('<html>', { status: 502 }) : undefined
    expect((await shop.settle(id)).status).toBe(503)
    shop.iamport.pay(paid)
    expect((await shop.settle(id)).json.status).toBe('paid')
  })
  test('stops reading if i’mport repeats the same page', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    let asked = 0
    answerWith(shop, '/payments/findAll', () => {
      asked += 1
      return JSON.stringify({ total: 25, previous: 0, next: 2, list: [{ ...valid, status: 'failed' }] })
    })
    expect((await shop.settle(id)).status).toBe(503)
    expect(asked).toBe(2)
  })
})

describe('random invalid answers', () => {
  const hostile = fc.oneof(
    fc.constantFrom(null, true, '', '0', 'krw', 'KRW', 'USD', 'paid', 'ready', 'cancelled', 'failed'),
    fc.constantFrom(-1, 0, 0.1, 0.000_000_4, 10_000, 10_000.5, 12.505, 1e9, 1e12, 1e15, 1e16, 1e21, 1e308),
    fc.constantFrom(2 ** 53, 2 ** 63, start, start / 1000, '1900000000', '99999999999'),
    fc.constantFrom('x'.repeat(3000), 'a\u0000b', '\ud800', 'javascript:alert(1)', 'https://r.example/1'),
    fc.array(fc.integer(), { maxLength: 2 }),
    fc.record({ a: fc.integer() }),
    fc.double(),
    fc.string({ unit: 'binary' }),
  )
  const payment = fc
    .tuple(
      fc.constantFrom('paid', 'ready', 'cancelled', 'failed', 'new'),
      fc.dictionary(
        fc.constantFrom(...Object.keys(valid), 'vbank_num', 'vbank_name', 'vbank_date', 'vbank_issued_at'),
        hostile,
        { maxKeys: 3 },
      ),
      fc.boolean(),
    )
    .map(([status, invalid, account]) => ({
      ...valid,
      ...(account && { vbank_num: '1234', vbank_date: start / 1000 + 7200 }),
      status,
      cancelled_at: status === 'cancelled' ? start / 1000 + 90 : 0,
      cancel_amount: status === 'cancelled' ? 10_000 : 0,
      ...invalid,
    }))

  test('never cause a 500, and every recorded row can be read again', async () => {
    const shop = openShop()
    let turn = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(payment, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (answers, byId) => {
          turn += 1
          const merchant_uid = `order-${turn}`
          const id = await shop.makeLink({ merchant_uid, expired_at: shop.clock.now / 1000 + 3600 })
          const now = shop.clock.now / 1000
          const list = answers.map((one, at) => {
            const started_at = one.started_at === valid.started_at ? now + 30 : one.started_at
            return { ...one, started_at, imp_uid: `imp_${turn}_${at}`, merchant_uid }
          })
          const response = byId ? list[0] : { total: list.length, previous: 0, next: 0, list }
          answerWith(shop, '/payments/', () => JSON.stringify(response), merchant_uid)
          for (let time = 0; time < 2; time++) {
            const { status } = await shop.settle(id, byId ? `imp_${turn}_0` : undefined)
            expect([200, 503]).toContain(status)
            shop.clock.now += 60_000
          }
          expect(events(shop)).not.toContain('request.failed')
          expect((await shop.asMerchant('GET', `/${id}`)).status).toBe(200)
        },
      ),
      { numRuns: 200, seed: Number(process.env.SEED ?? 20_261_121) },
    )
    const rows = await paymentsOf(shop)
    expect(rows.length).toBeGreaterThan(50)
    for (const row of rows)
      for (const value of Object.values(row)) {
        if (typeof value === 'number') expect(Number.isSafeInteger(value)).toBe(true)
        else if (typeof value === 'string') expect(value.length).toBeLessThanOrEqual(2_000)
        else expect(value).toBe(null)
      }
  })
})
