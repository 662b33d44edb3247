// What is asked of the database costs the same for a thousand links and for a million: nothing reads a whole table.
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

/** Reads all of a table or index, or sorts what it found. */
const growing = (plans: string[]) => plans.filter((step) => /^SCAN (?!CONSTANT|json)|TEMP B-TREE/.test(step))

const order = { user_code: 'imp11111111', tier: '', merchant_uid: 'order-1' }
const page = { user_code: 'imp11111111', limit: 20 }

test.each<[string, (store: ReturnType<typeof createStore>) => Promise<unknown>]>([
  ['a link', (store) => store.findLink(id)],
  ['a link that is looked at', (store) => store.readLastWrite(id, start)],
  ['a link by its merchant’s own reference', (store) => store.findLinkByRef('a'.repeat(20))],
  ['what a link carries', (store) => store.findGlobal(id)],
  ['whether a tab may know the buyer', (store) => store.wasGranted(id, 'tab-1')],
  ['whether a payment may be under way', (store) => store.mayBeUnderWay(id)],
  ['an order', (store) => store.findOrder(order)],
  ['the permissions of an order', (store) => store.findPermissions(order, { mark: 'a', startedAt: start })],
  ['whether a window may be open', (store) => store.mayBeApproved(order, { opened: true })],
  ['when the windows of a link close', (store) => store.windowsCloseAt(id)],
  ['a payment made elsewhere', (store) => store.findForeignPayment('imp_1')],
  ['payments that no link keeps', (store) => store.readUnkept([id])],
  ['a payment', (store) => store.findPayment('imp_1')],
  ['a page of links', (store) => store.listLinks(page, start)],
  ['a later page', (store) => store.listLinks({ ...page, after: { created_at: start, id } }, start)],
  [
    'the links of a day',
    (store) => store.listLinks({ ...page, created_from: start, created_to: start }, start),
  ],
  ['the links of an order', (store) => store.listLinks({ ...page, merchant_uid: 'order-1' }, start)],
  ['open links', (store) => store.listLinks({ ...page, status: 'open' }, start)],
  ['expired links', (store) => store.listLinks({ ...page, status: 'expired' }, start)],
  ['paid links', (store) => store.listLinks({ ...page, status: 'paid' }, start)],
  [
    'links that wait, a later page',
    (store) =>
      store.listLinks({ ...page, status: 'awaiting_deposit', after: { created_at: start, id } }, start),
  ],
  ['links whose card is registered', (store) => store.listLinks({ ...page, status: 'registered' }, start)],
  [
    'the tiers that use a name for a card',
    (store) => store.findTiersOf({ user_code: 'imp11111111', tier: '', customer_uid: 'kim-1' }),
  ],
  ['what the reconciler asks about', (store) => store.findDueInquiries(start, 20)],
  ['money that is to go back', (store) => store.findDueReturns(start, 20)],
  ['messages that are due', (store) => store.findDueMessages(start, { channel: 'email', limit: 8 })],
  ['messages that are too late', (store) => store.dropMessages(start)],
  ['messages whose receivers are forgotten', (store) => store.forgetRecipients(start)],
  ['links that time has ended', (store) => store.findOverdue(start, 20)],
  ['a logo', (store) => store.readLogo('0'.repeat(64))],
  ['a logo by its address', (store) => store.findLogo('https://shop.example/logo.png')],
  ['logos that nobody shows any more', (store) => store.dropLogos(start, 20)],
])('%s', async (_, ask) => {
  expect(growing(await plansOf(ask))).toEqual([])
})

test('every foreign key can be followed from its other end', async () => {
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
