// Constraints of the schema, and conditional writes.
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Link } from '../../../src/edge/domain/links/link.ts'
import type { PortoneDetails } from '../../../src/edge/domain/links/portone-link.ts'
import { queries } from '../../../src/edge/store/sql/tables.ts'
import { createStore } from '../../../src/edge/store/store.ts'
import { dumpOf } from '../../support/dump.ts'
import { aPaymentRow } from '../support/builders.ts'
import { openShop, start } from '../support/shop.ts'

const aDetails: PortoneDetails = {
  environment: 'sandbox',
  source: null,
  description: null,
  country_code: null,
  seller: { name: null, logo_url: null, logo_id: null },
  lines: [],
  show_shipping_details: false,
  embed: false,
  back_url: null,
  success_url: 'https://shop.example/s',
  failure_url: 'https://shop.example/f',
  pending_url: null,
  chosen: {},
  notify: { email: false, phone: false },
}

async function aShopWithLinks() {
  const shop = openShop()
  const older = await shop.makeLink()
  const id = await shop.makeLink({ amount: 12_000 })
  shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 12_000 })
  await shop.settle(id, 'imp_1')
  const write = (...statements: string[]) =>
    shop.database.batch(statements.map((statement) => sql.raw(statement).compile(queries)))
  return { shop, older, id, write }
}

test.each<[string, (ids: { older: string; id: string }) => string]>([
  ['an unknown status', ({ id }) => `update links set status = 'done' where id = '${id}'`],
  ['an amount of zero', ({ id }) => `update links set amount = 0 where id = '${id}'`],
  [
    'a tax-free part larger than the amount',
    ({ id }) => `update links set tax_free = 12001 where id = '${id}'`,
  ],
  ['a paid link without a payment', ({ id }) => `update links set imp_uid = null where id = '${id}'`],
  ['a disabled link without a time', ({ older }) => `update links set ended_at = null where id = '${older}'`],
  [
    'a second current link of an order',
    ({ older }) => `update links set superseded_by = null where id = '${older}'`,
  ],
  [
    'a second paid link of an order',
    ({ older }) =>
      `update links set status = 'paid', ended_at = null, imp_uid = 'imp_1' where id = '${older}'`,
  ],
  ['a payment without a link', () => "update payments set link_id = 'nobody'"],
  ['a negative payment', () => 'update payments set amount = -1'],
  ['a rejection without a reason', () => "update payments set status = 'rejected', kept = 0"],
  ['a failed payment that is kept', () => "update payments set status = 'failed'"],
  ['an unknown value of global', () => 'update links set global = 2'],
  [
    'a reference that another link has, in other case',
    ({ older, id }) => `insert into global_links values ('${older}', '${'a'.repeat(20)}', '{}', null),
      ('${id}', '${'A'.repeat(20)}', '{}', null)`,
  ],
  [
    'a reference as short as an id',
    ({ id }) => `insert into global_links values ('${id}', '${'a'.repeat(18)}', '{}', null)`,
  ],
  ['details that are not JSON', ({ id }) => `insert into global_links values ('${id}', null, '{', null)`],
  [
    'a second kept payment of a link',
    () => `insert into payments select 'imp_2', link_id, status, kept, why, amount, currency, returned,
    pay_method, method_key, gateway, late, paid_at, receipt_url, bank, account, holder, due_at, seen_at from payments`,
  ],
  [
    'a logo of a type that may run scripts',
    () => `insert into logos values ('${'0'.repeat(64)}', 'image/svg+xml', 1, 1, '', 0)`,
  ],
])('the schema refuses %s', async (_, statement) => {
  const { older, id, write } = await aShopWithLinks()
  await expect(write(statement({ older, id }))).rejects.toThrow(/constraint|cannot store|invalid input/)
})

test('the schema refuses a fractional amount', async () => {
  const { shop } = await aShopWithLinks()
  const half = sql`update links set amount = ${0.5}`.compile(queries)
  await expect(shop.database.batch([half])).rejects.toThrow(/cannot store|invalid input/)
})

test.each<[string, string]>([
  ['a second registration of a link', 'insert into registrations select * from registrations'],
  ['a negative charge', 'update registrations set charge = -1'],
  ['an empty customer_uid', "update registrations set customer_uid = ''"],
  ['a registration time before the first checkout', 'update registrations set registered_at = 1'],
  ['a card company of an unregistered card', "update registrations set card_name = '신한카드'"],
  ['a registration without a link', "update registrations set link_id = 'nobody'"],
])('the schema refuses %s', async (_, statement) => {
  const shop = openShop()
  const pay_methods = [{ pg: 'html5_inicis', label: '카드' }]
  await shop.makeLink({ customer_uid: 'kim-1', amount: 0, pay_methods })
  await expect(shop.database.batch([sql.raw(statement).compile(queries)])).rejects.toThrow(/constraint/)
})

test('a batch that fails half-way is rolled back', async () => {
  const { id, shop, write } = await aShopWithLinks()
  const good = `update links set title = 'half' where id = '${id}'`
  await expect(write(good, 'update links set amount = 0')).rejects.toThrow('constraint')
  expect((await shop.view(id)).title).toBe('다리 상점')
  expect(await write(good)).toEqual([1])
})

describe('a conditional write on stale data is refused:', () => {
  const paidMove = (link: Link, imp_uid: string, other?: Link) => {
    const payment = aPaymentRow({ imp_uid, link_id: link.id })
    const current = other && { link: other, events: [] }
    return { link, to: 'paid', at: start, why: 'paid', payment, events: [], current } as const
  }
  async function twoLinks() {
    const shop = openShop()
    const store = createStore(shop.database)
    const read = async (id: string) => {
      const link = await store.findLink(id)
      if (!link) throw new Error('no link')
      return link
    }
    const older = await shop.makeLink()
    return { shop, store, read, older, newer: await shop.makeLink({ amount: 12_000 }) }
  }

  test('a link that changed meanwhile is not changed, and no follow-up row is written', async () => {
    const { store, read, newer } = await twoLinks()
    const link = await read(newer)
    const move = { link, to: 'disabled', at: start, why: 'merchant', payment: null, events: [] } as const
    expect(await store.transitionLink(move, 'move-a')).toBe(true)
    expect(await store.transitionLink(paidMove(link, 'imp_1'), 'move-b')).toBe(false)
    expect((await store.readHistory([newer])).map(({ id }) => id).at(-1)).toBe('move-a')
    expect(await store.findPayment('imp_1')).toBeUndefined()
  })
  test('an order that another link was paid for is not paid again', async () => {
    const { store, read, older, newer } = await twoLinks()
    const disabled = await read(older)
    expect(await store.transitionLink(paidMove(await read(newer), 'imp_1'), 'move-a')).toBe(true)
    expect(await store.transitionLink(paidMove(disabled, 'imp_2'), 'move-b')).toBe(false)
  })
  test('a payment that was rejected or kept by another link is not kept', async () => {
    const { store, read, older, newer } = await twoLinks()
    const rejected = aPaymentRow({
      imp_uid: 'imp_1',
      link_id: newer,
      status: 'rejected',
      kept: 0,
      why: 'amount',
    })
    await store.recordPayment(rejected, { why: 'payment_rejected_amount', events: [] })
    expect(await store.transitionLink(paidMove(await read(newer), 'imp_1'), 'move-a')).toBe(false)
    const [other, own] = [await read(newer), await read(older)]
    expect(await store.transitionLink(paidMove(own, 'imp_1', other), 'move-b')).toBe(false)
    expect(await store.transitionLink(paidMove(own, 'imp_2', other), 'move-c')).toBe(true)
  })
  test('an order is not paid if another of its links has changed', async () => {
    const { store, read, older, newer } = await twoLinks()
    const [own, other] = [await read(older), await read(newer)]
    const stale = { ...other, move_id: 'move-0' }
    expect(await store.transitionLink(paidMove(own, 'imp_1'), 'move-a')).toBe(false)
    expect(await store.transitionLink(paidMove(own, 'imp_1', stale), 'move-b')).toBe(false)
    expect(await store.transitionLink(paidMove(own, 'imp_1', other), 'move-c')).toBe(true)
    expect((await read(newer)).status).toBe('disabled')
  })
  test('a link that changed meanwhile is not superseded', async () => {
    const { store, read, newer } = await twoLinks()
    const link = await read(newer)
    await store.transitionLink(
      { link, to: 'disabled', at: start, why: 'merchant', payment: null, events: [] },
      'move-a',
    )
    const third = { ...link, id: '0'.repeat(18), move_id: 'move-b' }
    expect(await store.insertLink(third, link, [])).toBe(false)
    expect(await store.insertLink(third, undefined, [])).toBe(false)
    expect(await store.insertLink(third, await read(newer), [])).toBe(true)
  })
  test('a link with a taken reference is not created, nor are its rows', async () => {
    const { store, read, newer, shop } = await twoLinks()
    const link = await read(newer)
    const ref = 'a'.repeat(20)
    const aGlobal = (id: string, merchant_uid: string, mark: string) => {
      const made = { ...link, id: id.repeat(18), merchant_uid, move_id: `move-${id}`, global: true as const }
      return [made, undefined, [], { link_id: made.id, ref: mark, details: aDetails, buyer: null }] as const
    }
    expect(await store.insertLink(...aGlobal('0', 'one', ref))).toBe(true)
    const before = await dumpOf(shop.database)
    expect(await store.insertLink(...aGlobal('1', 'two', ref.toUpperCase()))).toBe(false)
    expect(await dumpOf(shop.database)).toBe(before)
    expect((await store.findLinkByRef(ref))?.merchant_uid).toBe('one')
  })
  test('an older answer of i’mport does not overwrite a kept payment', async () => {
    const { store, read, newer } = await twoLinks()
    await store.transitionLink(paidMove(await read(newer), 'imp_1'), 'move-a')
    const stale = aPaymentRow({ imp_uid: 'imp_1', link_id: newer, status: 'failed', kept: 0 })
    await store.recordPayment(stale, { why: 'payment_failed', events: [] })
    expect(await store.findPayment('imp_1')).toMatchObject({ status: 'paid', kept: 1 })
    expect((await store.readHistory([newer])).map(({ why }) => why)).toEqual(['created', 'paid'])
  })
})
