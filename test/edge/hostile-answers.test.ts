// i'mport may be wrong, or be somebody else. Whatever it answers, no request breaks, no row is written that cannot
// be read again, and the right money is kept.
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { queries } from '../../src/edge/store/tables.ts'
import { paid } from './events-shop.ts'
import { openShop, start } from './shop.ts'

type Shop = ReturnType<typeof openShop>

/** In the place of the mark of the window that the order's customer was last let into. */
const ownMark = 'its own mark'

/** An answer as it comes over the wire: JSON says more than JavaScript can count. */
function answering(shop: Shop, path: string, response: () => string, merchant_uid = 'order-1'): void {
  shop.iamport.state.instead = ({ pathname }) => {
    if (!pathname.startsWith(path)) return undefined
    const mark = JSON.stringify(shop.iamport.windows.get(merchant_uid)?.custom_data ?? '')
    const marked = response().replaceAll(JSON.stringify(ownMark), mark)
    return new Response(`{"code":0,"message":null,"response":${marked}}`)
  }
}

/** A shop whose i'mport answers to every question about a payment with this. */
async function openLiedTo(response: string, env = {}) {
  const shop = openShop({ env })
  answering(shop, '/payments/imp_', () => response)
  return { ...shop, id: await shop.makeLink() }
}

const sound = {
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

describe('a payment whose amount, currency or id cannot be', () => {
  const wrong: [string, string, object][] = [
    ['amount', 'past all counting', { amount: 1e21 }],
    ['amount', 'where a double is no longer exact', { amount: 2 ** 53 }],
    ['amount', 'below nothing', { amount: -1 }],
    ['amount', 'missing', { amount: null }],
    ['amount', 'a text', { amount: '10000' }],
    ['cancel_amount', 'below nothing', { cancel_amount: -10_000 }],
    ['cancel_amount', 'past all counting', { cancel_amount: 1e300 }],
    ['currency', 'a long text', { currency: `won${'x'.repeat(5000)}` }],
    ['currency', 'a number', { currency: 410 }],
    ['sandbox', 'a word', { sandbox: 'no' }],
    ['imp_uid', 'a path', { imp_uid: '../users' }],
    ['status', 'a number', { status: 1 }],
  ]
  test.each(wrong)('is no answer, and the log names what is wrong: %s is %s', async (field, _, lie) => {
    const shop = await openLiedTo(JSON.stringify({ ...sound, ...lie }))
    expect(await shop.settle(shop.id, 'imp_1')).toMatchObject({
      status: 503,
      json: { reason: 'upstream_unavailable' },
    })
    expect(await paymentsOf(shop)).toEqual([])
    expect(shop.log).toContainEqual(
      expect.objectContaining({ event: 'iamport.unavailable', call: 'getPayment', unreadable: [field] }),
    )
    expect(JSON.stringify(shop.log)).not.toContain('xxxxx')
  })
  test('is no answer where JSON says more than a number can be', async () => {
    const shop = await openLiedTo(JSON.stringify(sound).replace('10000', '1e400'))
    expect((await shop.settle(shop.id, 'imp_1')).status).toBe(503)
    expect(await paymentsOf(shop)).toEqual([])
  })
})

describe('what only describes a payment costs nobody their money where it cannot be', () => {
  const odd: [string, object][] = [
    ['a time in the far future', { paid_at: 1e15, started_at: 1e16, cancelled_at: 1e300, vbank_date: 1e16 }],
    ['a time in milliseconds', { paid_at: start + 60_000 }],
    ['a time before all time', { paid_at: -5 }],
    ['a time between two seconds', { paid_at: start / 1000 + 60.123_456 }],
    ['a time that is a word', { paid_at: 'yesterday' }],
    ['texts that are none', { pay_method: 7, pg_provider: {}, pg_id: [], vbank_name: true }],
    [
      'texts that never end',
      { pay_method: 'x'.repeat(1e6), pg_id: 'x'.repeat(1e6), vbank_name: '가'.repeat(1e6) },
    ],
    ['texts that PostgreSQL refuses', { pay_method: 'a\u0000b', vbank_name: 'a\u0000b', pg_id: '\ud800' }],
    ['a currency in lower case', { currency: ' krw ' }],
    ['a receipt that is a script', { receipt_url: 'javascript:alert(1)' }],
  ]
  test.each(odd)('%s', async (_, lie) => {
    for (const LATE_PAYMENT of ['keep', 'refund']) {
      const shop = await openLiedTo(JSON.stringify({ ...sound, ...lie }), { LATE_PAYMENT })
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
  test('names and reasons are cut, accounts and addresses are whole or missing', async () => {
    const account = { status: 'ready', paid_at: 0, pay_method: 'vbank', vbank_num: '1234', vbank_date: 1e16 }
    const shop = await openLiedTo(JSON.stringify({ ...sound, ...account, vbank_name: '은'.repeat(5000) }))
    const { json } = await shop.settle(shop.id, 'imp_1')
    expect(json).toMatchObject({ status: 'awaiting_deposit', deposit: { account: '1234', due_at: null } })
    expect(json.deposit.bank).toHaveLength(200)
    const long = await openLiedTo(JSON.stringify({ ...sound, ...account, vbank_num: '1'.repeat(5000) }))
    expect((await long.settle(long.id, 'imp_1')).json).toMatchObject({ status: 'open' })
  })
  test.each([
    ['a gateway’s', true, 'https://iniweb.inicis.com/receipt?tid=1'],
    ['one without TLS', true, 'http://receipt.example/1'],
    ['a script', false, 'javascript:alert(1)//https://x'],
    ['a document of its own', false, 'data:text/html,<script>'],
    ['a path', false, '//receipt.example'],
    ['one that never ends', false, `https://receipt.example/${'x'.repeat(5000)}`],
  ])('of receipt addresses, %s is shown: %s', async (_, shown, receipt_url) => {
    const shop = await openLiedTo(JSON.stringify({ ...sound, receipt_url }))
    await shop.settle(shop.id, 'imp_1')
    expect((await shop.view(shop.id)).receipt.receipt_url).toBe(shown ? receipt_url : null)
  })
})

describe('an amount that is no amount of the currency', () => {
  test.each([
    ['KRW', 10_000, 10_000.5, 0],
    ['KRW', 10_000, 10_000.5, 0.25],
    ['USD', 12.5, 12.505, 0],
    ['USD', 10, 10.3, 0.1],
  ])(
    'in %s for a link of %d: %d is sent back, of which %d went before',
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

describe('of a list of attempts, one that cannot be read', () => {
  const unreadable = { ...sound, imp_uid: 'imp_odd', amount: null, buyer_name: '홍길동' }
  function listing(...list: object[]) {
    const shop = openShop()
    const page = { total: list.length, previous: 0, next: 0, list }
    answering(shop, '/payments/findAll', () => JSON.stringify(page))
    return shop
  }

  test('hides no other, and is in the log without anybody’s data', async () => {
    const shop = listing(unreadable, null as never, 'text' as never, { ...sound, imp_uid: 'imp_1' })
    const id = await shop.makeLink()
    expect((await shop.settle(id)).json).toMatchObject({ status: 'paid', attempt: { outcome: 'paid' } })
    const told = shop.log.filter(({ event }) => event === 'iamport.unreadable_payment')
    expect(told).toEqual([
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
  test('may be the money: nobody is told that nothing was charged', async () => {
    const shop = listing(unreadable, { ...sound, imp_uid: 'imp_2', status: 'failed', paid_at: 0 })
    const id = await shop.makeLink()
    expect(await shop.settle(id)).toMatchObject({ status: 503, json: { reason: 'upstream_unavailable' } })
  })
  test('and in which no money moved, stands in nobody’s way', async () => {
    const shop = listing(
      { ...unreadable, status: 'failed' },
      { ...sound, imp_uid: 'imp_2', status: 'failed' },
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
  test('is paid by the one that was, behind any number that failed after it', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay(paid)
    attempts(shop, 2_500)
    expect((await shop.settle(id)).json).toMatchObject({ status: 'paid', attempt: { outcome: 'paid' } })
    expect(shop.iamport.callsTo('GET', '/payments/findAll').map(({ path }) => path.split('?')[1])).toEqual(
      [1, 2, 3].map((page) => `limit=1000&page=${page}&sorting=-started`),
    )
    // What failed is recorded as far back as it is news.
    expect(await paymentsOf(shop)).toHaveLength(21)
  })
  test('that never ends is read for twenty pages: then nothing is claimed, and the log says so', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    let page = 0
    answering(shop, '/payments/findAll', () => {
      page += 1
      const list = [{ ...sound, imp_uid: `imp_${page}`, status: 'failed', paid_at: 0 }]
      return JSON.stringify({ total: 1e6, previous: page - 1, next: page + 1, list })
    })
    expect((await shop.settle(id)).status).toBe(503)
    expect(page).toBe(20)
    expect(shop.log).toContainEqual(
      expect.objectContaining({ event: 'iamport.payments_unread', read: 20, total: 1e6 }),
    )
  })
  test('whose second page fails, is settled by the first and not claimed to be all', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    attempts(shop, 1_500)
    shop.iamport.state.instead = ({ searchParams }) =>
      searchParams.get('page') === '2' ? new Response('<html>', { status: 502 }) : undefined
    expect((await shop.settle(id)).status).toBe(503)
    shop.iamport.pay(paid)
    expect((await shop.settle(id)).json.status).toBe('paid')
  })
  test('and an i’mport that says the same page for ever is left alone', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    let asked = 0
    answering(shop, '/payments/findAll', () => {
      asked += 1
      return JSON.stringify({ total: 25, previous: 0, next: 2, list: [{ ...sound, status: 'failed' }] })
    })
    expect((await shop.settle(id)).status).toBe(503)
    expect(asked).toBe(2)
  })
})

describe('whatever i’mport answers', () => {
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
        fc.constantFrom(...Object.keys(sound), 'vbank_num', 'vbank_name', 'vbank_date', 'vbank_issued_at'),
        hostile,
        { maxKeys: 3 },
      ),
      fc.boolean(),
    )
    .map(([status, lies, account]) => ({
      ...sound,
      ...(account && { vbank_num: '1234', vbank_date: start / 1000 + 7200 }),
      status,
      cancelled_at: status === 'cancelled' ? start / 1000 + 90 : 0,
      cancel_amount: status === 'cancelled' ? 10_000 : 0,
      ...lies,
    }))

  test('no request breaks, and what is written can be read again', async () => {
    const shop = openShop()
    let turn = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(payment, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (told, byId) => {
          turn += 1
          const merchant_uid = `order-${turn}`
          const id = await shop.makeLink({ merchant_uid, expired_at: shop.clock.now / 1000 + 3600 })
          const now = shop.clock.now / 1000
          const list = told.map((one, at) => {
            const started_at = one.started_at === sound.started_at ? now + 30 : one.started_at
            return { ...one, started_at, imp_uid: `imp_${turn}_${at}`, merchant_uid }
          })
          const response = byId ? list[0] : { total: list.length, previous: 0, next: 0, list }
          answering(shop, '/payments/', () => JSON.stringify(response), merchant_uid)
          for (let time = 0; time < 2; time++) {
            const { status } = await shop.settle(id, byId ? `imp_${turn}_0` : undefined)
            expect([200, 503]).toContain(status)
            shop.clock.now += 60_000
          }
          expect(events(shop)).not.toContain('request.broke')
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
