// D1 allows a hundred parameters per statement; an order may have had more links than that.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { queries } from '../../src/edge/store/sql/tables.ts'
import { openShop } from '../edge/support/shop.ts'

test('an order with a hundred and twenty links is listed, and its last link can be paid', async () => {
  const shop = openShop()
  const id = await shop.makeLink()
  const ended = sql`insert into links (id, user_code, tier, merchant_uid, content_hash, status, move_id, superseded_by,
    title, name, amount, currency, methods, direct, created_at, expires_at, ended_at)
    with recursive number (n) as (select 1 union all select n + 1 from number where n < 120)
    select printf('ended%013d', n), user_code, tier, merchant_uid, '', 'disabled', 'm' || n, id,
      title, name, amount, currency, methods, direct, created_at, expires_at, created_at
    from links, number where id = ${id}`
  expect(await shop.database.batch([ended.compile(queries)])).toEqual([120])
  const { json } = await shop.asMerchant('GET', '?limit=100')
  expect(json.items).toHaveLength(100)
  shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
  expect((await shop.settle(id, 'imp_1')).json).toMatchObject({ status: 'paid' })
})
