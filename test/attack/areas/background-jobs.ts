// Background jobs under load, and webhook receivers that hang.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { area } from '../scenario.ts'
import { day, hour, type Link, minute, type Shop } from '../shop.ts'
import type { Entry } from '../upstream/records.ts'

const { scenarios, scenario } = area('background-jobs')

export { scenarios }

/**
 * Like a server's timer: every five seconds, or a second later while work is left.
 * @returns the elapsed seconds
 */
async function reconcileUntil(shop: Shop, done: () => Promise<boolean>, maxSeconds: number): Promise<number> {
  const from = shop.clock.now
  const seconds = () => (shop.clock.now - from) / 1000
  while (seconds() < maxSeconds && !(await done())) {
    const more = await shop.edge.reconcile()
    shop.clock.now += more ? 1_000 : 5_000
  }
  return seconds()
}

const isPaid = (shop: Shop, link: Link) => async () => (await shop.report(link)).status === 'paid'

scenario('400 abandoned checkouts do not delay finding a lost payment', async (trial) => {
  const shop = await trial.shop()
  for (let count = 0; count < 400; count++) await shop.checkout(await shop.post(), 'visitor')
  const link = await shop.post()
  const payment = await shop.open(await shop.checkout(link, 'tab'))
  await shop.upstream.approve(payment, { lost: true })
  shop.clock.now += 70_000
  const seconds = await reconcileUntil(shop, isPaid(shop, link), 120)
  trial.check('it is found within half a minute', seconds <= 30, { seconds })
})

for (const [what, count] of [
  ['three', 3],
  ['forty', 40],
] as const) {
  scenario(`${what} orders with corrupt rows do not delay finding another order’s payment`, async (trial) => {
    const database = join(mkdtempSync(join(tmpdir(), 'dari-attack-')), 'dari.db')
    const shop = await trial.shop({ database, skipAudit: true })
    const corrupt: Link[] = []
    for (let at = 0; at < count; at++) corrupt.push(await shop.post())
    for (const link of corrupt)
      await shop.upstream.approve(await shop.open(await shop.checkout(link, 'tab')), { lost: true })
    corruptRows(database, corrupt)
    shop.clock.now += 1_000
    const link = await shop.post()
    await shop.upstream.approve(await shop.open(await shop.checkout(link, 'tab')), { lost: true })
    shop.clock.now += 70_000
    const seconds = await reconcileUntil(shop, isPaid(shop, link), 120)
    trial.check('it is found within ten seconds', seconds <= 10, { seconds })
  })
}

/** Replaces the stored list, so that every job that reads the row fails. */
function corruptRows(file: string, links: Link[]): void {
  const database = new DatabaseSync(file)
  for (const { id } of links) {
    const row = database.prepare('SELECT * FROM links WHERE id = ?').get(id) ?? {}
    const lists = Object.entries(row).filter(
      ([, value]) => typeof value === 'string' && value.startsWith('['),
    )
    for (const [column] of lists)
      database.prepare(`UPDATE links SET "${column}" = '[null]' WHERE id = ?`).run(id)
    if (lists.length === 0) throw new Error('nothing to break')
  }
  database.close()
}

scenario('invalid responses for one order do not delay another order’s payment or expiry', async (trial) => {
  const shop = await trial.shop()
  const poisoned: Link[] = []
  const invalid: Entry[] = []
  for (let at = 0; at < 12; at++) poisoned.push(await shop.post())
  for (const link of poisoned) {
    const payment = await shop.open(await shop.checkout(link, 'tab'))
    payment.overrides = { paid_at: 1e15, vbank_date: 1e16, amount: 1e21 }
    await shop.upstream.approve(payment, { lost: true })
    invalid.push(payment)
  }
  shop.clock.now += 1_000
  const [link, short] = [await shop.post(), await shop.post({ expired_at: shop.clock.now / 1000 + 600 })]
  await shop.upstream.approve(await shop.open(await shop.checkout(link, 'tab')), { lost: true })
  shop.clock.now += 70_000
  const seconds = await reconcileUntil(shop, isPaid(shop, link), 120)
  trial.check('it is found within ten seconds', seconds <= 10, { seconds })
  for (const payment of invalid) payment.overrides = {}
  await shop.advance(20 * minute)
  trial.check(
    'the expiry of the other link is reported',
    shop.events('link.expired').some(({ data }) => data.link.id === short.id),
  )
})

scenario('i’mport hanging for one order delays other orders by less than half a minute', async (trial) => {
  const shop = await trial.shop()
  const hanging: Link[] = []
  for (let at = 0; at < 5; at++) hanging.push(await shop.post())
  for (const link of hanging) await shop.open(await shop.checkout(link, 'tab'))
  shop.clock.now += 1_000
  const link = await shop.post()
  await shop.upstream.approve(await shop.open(await shop.checkout(link, 'tab')), { lost: true })
  const unavailable = new Set(hanging.map(({ order }) => order))
  shop.upstream.faults.push(({ path }) =>
    unavailable.has(path.split('/').at(3) ?? '') ? new Response('', { status: 504 }) : undefined,
  )
  shop.clock.now += 70_000
  const seconds = await reconcileUntil(shop, isPaid(shop, link), 120)
  trial.check('it is found within half a minute', seconds <= 30, { seconds })
  shop.upstream.faults.length = 0
})

for (const [owner, user_code] of [
  ['the merchant’s own links', 'imp11111111'],
  ['another merchant’s links', 'imp22222222'],
] as const) {
  scenario(`ten hanging receivers of ${owner} do not delay other events`, async (trial) => {
    const shop = await trial.shop({ skipIdle: true, skipAudit: true })
    const held: (() => void)[] = []
    let hangs = true
    trial.after(() => {
      hangs = false
      for (const release of held) release()
    })
    const hang = () =>
      hangs
        ? new Promise<Response>((resolve) => held.push(() => resolve(new Response())))
        : Promise.resolve(new Response())
    const well = 'https://well.example/notice'
    await shop.pay(await shop.post({ notice_url: well }))
    await deliverFor(shop, 5_000, () => noticesAt(shop, well) === 1)

    for (let at = 0; at < 60; at++) {
      const host = `hang-${at % 10}.example`
      shop.receivers.answers.set(host, hang)
      await shop.pay(await shop.post({ user_code, notice_url: `https://${host}/notice` }))
    }
    void shop.edge.deliver()
    const link = await shop.post({ notice_url: well })
    await shop.pay(link)
    const isReported = () => shop.events('link.paid').some(({ data }) => data.link.id === link.id)
    const startedAt = performance.now()
    await deliverFor(shop, 8_000, () => isReported() && noticesAt(shop, well) === 2)
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    trial.check('the merchant’s event arrives within seconds', isReported(), { seconds })
    trial.check('the notice to a working receiver arrives within seconds', noticesAt(shop, well) === 2, {
      seconds,
    })
  })
}

const noticesAt = (shop: Shop, url: string) =>
  shop.receivers.received.filter((post) => post.url === url).length

/** In real time: delivery attempts wait for it. */
async function deliverFor(shop: Shop, timeoutMs: number, done: () => boolean): Promise<void> {
  const until = performance.now() + timeoutMs
  while (!done() && performance.now() < until) {
    void shop.edge.deliver()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

scenario('a receiver that was unavailable for hours gets every event, in order', async (trial) => {
  const shop = await trial.shop()
  shop.receivers.answers.set('shop.example', async () => new Response(null, { status: 503 }))
  const link = await shop.post()
  const payment = await shop.pay(link)
  await shop.upstream.refund(payment, { amount: 1_000, notice: true })
  await shop.upstream.refund(payment, { notice: true })
  await shop.advance(6 * hour)
  trial.check('no event arrives while it is unavailable', shop.events().length === 0)
  shop.receivers.answers.clear()
  await shop.advance(day / 3)
  const types = shop.events().map(({ type }) => type)
  trial.check(
    'afterwards all events arrive, in order',
    types.join() === 'link.paid,link.refunded,link.refunded',
    types,
  )
})
