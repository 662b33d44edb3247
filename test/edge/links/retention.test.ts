import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { expireLinks } from '../../../src/edge/features/links/expire-links.ts'
import { deleteExpiredData } from '../../../src/edge/features/links/retention.ts'
import { queries } from '../../../src/edge/store/sql/tables.ts'
import { anAccount, openEventsShop, paid } from '../support/events-shop.ts'
import { start } from '../support/shop.ts'

const day = 86_400_000
const buyer = {
  buyer_name: '홍길동',
  buyer_tel: '010-1234',
  buyer_email: 'hong@example.com',
  buyer_addr: '서울시 종로구',
  buyer_postcode: '04524',
  custom_data: { note: 'S3CRET' },
}

function openRetentionShop(env = {}) {
  const shop = openEventsShop({ env })
  const rows = (table: string) =>
    shop.database.all<object>(sql`select * from ${sql.table(table)}`.compile(queries))
  return {
    ...shop,
    cleanUp: async () => {
      while (await deleteExpiredData(shop.deps));
    },
    rows,
    /** All stored data of orders and payments, as text. */
    storedText: async () =>
      JSON.stringify([await rows('links'), await rows('payments'), await rows('events')]),
  }
}

describe('personal data is erased RETENTION_DAYS after the link’s end:', () => {
  const ends: [string, (shop: ReturnType<typeof openRetentionShop>, id: string) => Promise<unknown>][] = [
    [
      'paid',
      async (shop, id) => {
        shop.iamport.pay({ ...paid, receipt_url: 'https://receipt.example/hong' })
        await shop.settle(id, 'imp_1')
      },
    ],
    ['disabled', (shop, id) => shop.asMerchant('PUT', `/${id}`)],
    ['expired', async () => {}],
    [
      'refunded',
      async (shop, id) => {
        shop.iamport.pay({ ...paid, status: 'cancelled', cancel_amount: 10_000 })
        await shop.settle(id, 'imp_1')
      },
    ],
    [
      'expired, with a virtual account',
      async (shop, id) => {
        shop.iamport.pay(anAccount(start + 7_200_000))
        await shop.settle(id, 'imp_1')
      },
    ],
  ]
  test('data that a late payment adds afterwards is erased too', async () => {
    const shop = openRetentionShop({ RETENTION_DAYS: '10', LATE_PAYMENT: 'refund' })
    const id = await shop.makeLink(buyer)
    shop.clock.now = start + 11 * day
    await shop.cleanUp()
    const receipt_url = 'https://receipt.example/hong'
    shop.iamport.pay({ ...paid, receipt_url, paid_at: shop.clock.now / 1000 })
    await shop.settle(id, 'imp_1')
    expect(await shop.storedText()).toContain(receipt_url)
    await shop.cleanUp()
    expect(await shop.storedText()).not.toContain(receipt_url)
    await shop.settle(id, 'imp_1')
    expect(await shop.storedText()).not.toContain(receipt_url)
  })
  test.each(ends)('for a link that is %s', async (_, end) => {
    const shop = openRetentionShop({ RETENTION_DAYS: '10' })
    const id = await shop.makeLink(buyer)
    await end(shop, id)
    shop.clock.now += 4 * 3_600_000
    await expireLinks(shop.deps)
    const before = await shop.view(id)
    shop.clock.now = start + 10 * day - 1
    await shop.cleanUp()
    expect(await shop.storedText()).toContain('010-1234')
    shop.clock.now += 2 * 3_600_000
    await shop.cleanUp()
    const stored = await shop.storedText()
    for (const personal of [
      '홍길동',
      '010-1234',
      'hong@',
      '종로구',
      '04524',
      'S3CRET',
      'receipt.example',
      '다리은행',
    ])
      expect(stored).not.toContain(personal)
    const after = await shop.view(id)
    expect(after).toMatchObject({ status: before.status, amount: 10_000, merchant_uid: 'order-1' })
  })
  test('not for a link that can still be paid', async () => {
    const shop = openRetentionShop({ RETENTION_DAYS: '10' })
    const id = await shop.makeLink({ ...buyer, expired_at: start / 1000 + 300 * 86_400 })
    shop.clock.now += 200 * day
    await shop.cleanUp()
    const { json } = await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko' })
    expect(json.params.buyer_tel).toBe('010-1234')
  })
  test('again after a later refund added some of it back', async () => {
    const shop = openRetentionShop({ RETENTION_DAYS: '10' })
    const id = await shop.makeLink(buyer)
    const payment = shop.iamport.pay({ ...paid, receipt_url: 'https://receipt.example/hong' })
    await shop.settle(id, 'imp_1')
    shop.clock.now += 11 * day
    await shop.cleanUp()
    Object.assign(payment, { status: 'cancelled', cancel_amount: 10_000 })
    await shop.settle(id, 'imp_1')
    expect(await shop.storedText()).toContain('receipt.example')
    shop.clock.now += 11 * day
    await shop.cleanUp()
    expect(await shop.storedText()).not.toContain('receipt.example')
  })
})

test('delivered events and ended checkouts are deleted after 30 days, pending events are not', async () => {
  const shop = openRetentionShop()
  const id = await shop.makeLink()
  await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko' })
  shop.iamport.pay(paid)
  await shop.settle(id, 'imp_1')
  await shop.deliver()
  const waiting = await shop.makeLink({ merchant_uid: 'order-2' })
  await shop.asMerchant('PUT', `/${waiting}`)
  shop.clock.now += 30 * day - 1
  await shop.cleanUp()
  expect([await shop.rows('events'), await shop.rows('checkouts')].map(({ length }) => length)).toEqual([
    3, 3,
  ])
  shop.clock.now += 1
  await shop.cleanUp()
  expect(await shop.rows('checkouts')).toEqual([])
  expect(await shop.rows('events')).toMatchObject([{ link_id: waiting, type: 'link.disabled' }])
})

test('a failure that is settled again after its event was deleted emits no second event', async () => {
  const shop = openRetentionShop()
  const id = await shop.makeLink()
  shop.iamport.pay({ ...paid, status: 'failed', paid_at: 0 })
  await shop.settle(id, 'imp_1')
  await shop.deliver()
  shop.clock.now += 31 * day
  await shop.cleanUp()
  await shop.settle(id, 'imp_1')
  expect(await shop.deliver()).toBe(0)
})

test('one deletion step is limited to 100 links', async () => {
  const shop = openRetentionShop()
  for (let order = 0; order < 105; order++) await shop.makeLink({ merchant_uid: `order-${order}` })
  shop.clock.now += 200 * day
  expect([await deleteExpiredData(shop.deps), await deleteExpiredData(shop.deps)]).toEqual([true, false])
  const erased = (await shop.rows('links')) as { erased_at: number | null }[]
  expect(erased.filter(({ erased_at }) => erased_at === null)).toEqual([])
})
