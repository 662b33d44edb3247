// Property: for random sequences of steps, each transition emits exactly one event, in order.
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { expireLinks } from '../../../src/edge/features/links/expire-links.ts'
import { reconcileDue } from '../../../src/edge/features/settlement/reconcile.ts'
import { queries } from '../../../src/edge/store/sql/tables.ts'
import { store } from '../../support/test-database.ts'
import { openEventsShop } from '../support/events-shop.ts'
import { start } from '../support/shop.ts'

type Shop = ReturnType<typeof openEventsShop> & { links: string[] }
type Step = (shop: Shop) => Promise<unknown>

const uid = fc.constantFrom('imp_1', 'imp_2', 'imp_3')
const which = fc.nat(3)
const linkAt = ({ links }: Shop, at: number) => links[at % links.length] ?? ''

/** A state that i'mport may report for an attempt. */
const report = fc.record({
  status: fc.constantFrom('ready', 'paid', 'failed', 'cancelled'),
  amount: fc.constantFrom(10_000, 10_000, 12_000, 100),
  cancel_amount: fc.constantFrom(0, 0, 4000, 10_000),
  currency: fc.constantFrom('KRW', 'KRW', 'KRW', 'USD'),
  vbank_num: fc.constantFrom(null, '1'),
  paidAfter: fc.constantFrom(0, 60, 5000, 12_000),
})

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(uid, report).map(
    ([imp_uid, { paidAfter, ...reported }]): Step =>
      async ({ iamport }) =>
        iamport.pay({
          imp_uid,
          merchant_uid: 'order-1',
          ...reported,
          vbank_date: start / 1000 + 7200,
          paid_at: reported.status === 'ready' || reported.status === 'failed' ? 0 : start / 1000 + paidAfter,
        }),
  ),
  fc.tuple(which, fc.option(uid, { nil: undefined })).map(
    ([at, imp_uid]): Step =>
      (shop) =>
        shop.settle(linkAt(shop, at), imp_uid),
  ),
  fc.tuple(which, uid).map(
    ([at, imp_uid]): Step =>
      (shop) =>
        shop.send('POST', `/links/${linkAt(shop, at)}/notice`, { imp_uid }),
  ),
  // Two endpoints at once, and two servers.
  fc.tuple(which, uid, uid).map(
    ([at, one, other]): Step =>
      (shop) =>
        Promise.all([
          shop.settle(linkAt(shop, at), one),
          shop.send('POST', `/links/${linkAt(shop, at)}/notice`, { imp_uid: other }),
          reconcileDue({ ...shop.deps }),
          expireLinks({ ...shop.deps }),
        ]),
  ),
  fc.constantFrom(10_000, 12_000).map(
    (amount): Step =>
      async (shop) => {
        const created = await shop
          .makeLink({ amount, expired_at: start / 1000 + 3600 })
          .catch(() => undefined)
        if (created && !shop.links.includes(created)) shop.links.push(created)
      },
  ),
  which.map(
    (at): Step =>
      (shop) =>
        shop.asMerchant('PUT', `/${linkAt(shop, at)}`),
  ),
  which.map(
    (at): Step =>
      (shop) =>
        shop.send('POST', `/links/${linkAt(shop, at)}/checkout`, { method: 'm1', language: 'ko' }),
  ),
  fc.constantFrom(1000, 600_000, 3_600_000, 8_000_000).map(
    (ms): Step =>
      async (shop) => {
        shop.clock.now += ms
      },
  ),
  fc.constant<Step>((shop) => expireLinks(shop.deps)),
  fc.constant<Step>((shop) => reconcileDue(shop.deps)),
  fc.constantFrom('up' as const, 'down' as const, 'broken' as const).map(
    (mode): Step =>
      async ({ iamport }) => {
        iamport.state.mode = mode
      },
  ),
  fc.boolean().map(
    (refuses): Step =>
      async ({ iamport }) => {
        iamport.state.refuseCancel = refuses
      },
  ),
  fc.constantFrom(200, 500, 410).map(
    (status): Step =>
      async (shop) => {
        shop.answers.events = () => new Response(null, { status })
        await shop.deliver()
      },
  ),
)

interface Entry {
  id: string
  from_status: string | null
  to_status: string
  why: string
}

/** Transitions without an event: creation, and attempts without an outcome. */
const withoutEvent = new Set(['created', 'account_issued_elsewhere', 'payment_cancelled'])

test('every transition has exactly one event, and an order’s events arrive in the order of its transitions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const shop: Shop = { ...openEventsShop(), links: [] }
      try {
        shop.links.push(await shop.makeLink())
        for (const take of steps) await take(shop)
        const rows = <Row>(text: string) => shop.database.all<Row>(sql.raw<Row>(text).compile(queries))
        const entries = await rows<Entry>('select id, from_status, to_status, why from history order by seq')
        const expected = entries.filter(({ why }) => !withoutEvent.has(why)).map(({ id }) => `evt_${id}`)
        const events = await rows<{ id: string; due_at: number | null }>(
          "select id, due_at from events where type <> 'notice' order by seq",
        )
        expect(events.map(({ id }) => id)).toEqual(expected)

        shop.answers.events = () => new Response()
        for (let hour = 0; hour < 30; hour++) {
          await shop.deliver()
          shop.clock.now += 3_600_000
        }
        const pending = await rows('select id from events where due_at is not null')
        expect(pending).toEqual([])
        const arrived = shop.events().map(({ id }) => id)
        expect([...new Set(arrived)]).toEqual(expected.filter((id) => arrived.includes(id)))

        const paid = await rows("select id from links where status = 'paid'")
        expect(paid.length).toBeLessThanOrEqual(1)
      } finally {
        shop.database.close()
      }
    }),
    // Fewer runs on slower external databases.
    { numRuns: store === 'sqlite' ? 300 : 60 },
  )
}, 120_000)
