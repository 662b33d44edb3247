// No query reads a whole table: its cost does not depend on the number of links.
import type { CompiledQuery } from 'kysely'
import { expect, test } from 'vitest'
import { openSqlite } from '../../../src/edge/hosts/node/database/sqlite/sqlite.ts'
import type { Database } from '../../../src/edge/platform/ports/database.ts'
import { createStore } from '../../../src/edge/store/store.ts'
import { start } from '../support/shop.ts'

const id = '0'.repeat(18)

async function plansOf(ask: (store: ReturnType<typeof createStore>) => Promise<unknown>): Promise<string[]> {
  const sqlite = openSqlite(':memory:')
  const asked: CompiledQuery[] = []
  const database: Database = {
    all(query) {
      asked.push(query)
      return sqlite.all(query)
    },
    batch(queries) {
      asked.push(...queries)
      return sqlite.batch(queries)
    },
  }
  await ask(createStore(database))
  const plans: string[] = []
  for (const query of asked) {
    const steps = await sqlite.all<{ detail: string }>({
      ...query,
      sql: `explain query plan ${query.sql}`,
    } as never)
    plans.push(...steps.map(({ detail }) => detail))
  }
  expect(asked.length).toBeGreaterThan(0)
  return plans
}

/** Steps that read a whole table or index, or sort what they found. */
const growingSteps = (plans: string[]) =>
  plans.filter((step) => /^SCAN (?!CONSTANT|json)|TEMP B-TREE/.test(step))

const order = { user_code: 'imp11111111', tier: '', merchant_uid: 'order-1' }
const page = { user_code: 'imp11111111', limit: 20 }

test.each<[string, (store: ReturnType<typeof createStore>) => Promise<unknown>]>([
  ['a link', (store) => store.findLink(id)],
  ['a link’s last write', (store) => store.readLastWrite(id, start)],
  ['a link by its merchant’s own reference', (store) => store.findLinkByRef('a'.repeat(20))],
  ['a link’s details of the global API', (store) => store.findPortoneDetails(id)],
  ['whether a tab had a checkout permission', (store) => store.wasGranted(id, 'tab-1')],
  ['whether a payment may be in progress', (store) => store.mayBeUnderWay(id)],
  ['an order', (store) => store.findOrder(order)],
  [
    'the checkout permissions of an order',
    (store) => store.findPermissions(order, { mark: 'a', startedAt: start }),
  ],
  ['whether a window may be open', (store) => store.mayBeApproved(order, { opened: true })],
  ['the closing time of a link’s windows', (store) => store.windowsCloseAt(id)],
  ['a payment made elsewhere', (store) => store.findForeignPayment('imp_1')],
  ['payments that no link keeps', (store) => store.readRejectedPayments([id])],
  ['a payment', (store) => store.findPayment('imp_1')],
  ['a page of links', (store) => store.listLinks(page, start)],
  ['a later page of links', (store) => store.listLinks({ ...page, after: { created_at: start, id } }, start)],
  [
    'the links of a day',
    (store) => store.listLinks({ ...page, created_from: start, created_to: start }, start),
  ],
  ['the links of an order', (store) => store.listLinks({ ...page, merchant_uid: 'order-1' }, start)],
  ['open links', (store) => store.listLinks({ ...page, status: 'open' }, start)],
  ['expired links', (store) => store.listLinks({ ...page, status: 'expired' }, start)],
  ['paid links', (store) => store.listLinks({ ...page, status: 'paid' }, start)],
  [
    'a later page of links that await a deposit',
    (store) =>
      store.listLinks({ ...page, status: 'awaiting_deposit', after: { created_at: start, id } }, start),
  ],
  ['links whose card is registered', (store) => store.listLinks({ ...page, status: 'registered' }, start)],
  [
    'the tiers that use a customer_uid',
    (store) => store.findTiersOf({ user_code: 'imp11111111', tier: '', customer_uid: 'kim-1' }),
  ],
  ['due inquiries of the reconciler', (store) => store.findDueInquiries(start, 20)],
  ['due refunds', (store) => store.findDueRefunds(start, 20)],
  ['due messages', (store) => store.findDueMessages(start, { channel: 'email', limit: 8 })],
  ['dropping messages that are too late', (store) => store.deleteMessages(start)],
  ['erasing the recipients of old messages', (store) => store.deleteRecipients(start)],
  ['links that have expired', (store) => store.findExpired(start, 20)],
  ['a logo', (store) => store.readLogo('0'.repeat(64))],
  ['a logo by its URL', (store) => store.findLogo('https://shop.example/logo.png')],
  ['dropping unused logos', (store) => store.deleteLogos(start, 20)],
])('the query for %s does not grow with the table', async (_, ask) => {
  expect(growingSteps(await plansOf(ask))).toEqual([])
})

test('every foreign key has an index', async () => {
  const sqlite = openSqlite(':memory:')
  const all = <Row>(sql: string) => sqlite.all<Row>({ sql, parameters: [] } as never)
  const keys = await all<{ child: string; column: string }>(
    `select m.name as child, f."from" as column from sqlite_schema m, pragma_foreign_key_list(m.name) f where m.type = 'table'`,
  )
  const indexed = await all<{ child: string; column: string }>(
    `select m.name as child, i.name as column from sqlite_schema m, pragma_index_list(m.name) l, pragma_index_info(l.name) i
     where m.type = 'table' and i.seqno = 0`,
  )
  const names = new Set(indexed.map(({ child, column }) => `${child}.${column}`))
  expect(keys.map(({ child, column }) => `${child}.${column}`).filter((name) => !names.has(name))).toEqual([])
})
