// Forged, replayed and concurrent requests; restarts in between.
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { area } from '../scenario.ts'
import { eventsSecret, hour, minute } from '../shop.ts'
import { moneyOf, typesOf } from './foreign-payments.ts'

const { scenarios, scenario } = area('forgery')

export { scenarios }

const times = async <Value>(count: number, call: (at: number) => Promise<Value>): Promise<Value[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => call(at)))

scenario('fifty copies of a notice at once make one payment and one event', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const payment = await shop.open(await shop.checkout(link, 'tab'))
  await shop.upstream.approve(payment, { lost: true })
  const body = { imp_uid: payment.wire.imp_uid, merchant_uid: link.order, status: 'paid' }
  await times(50, () => shop.notice(link, body))
  await shop.advance(minute)
  trial.check('the link is paid', (await shop.report(link)).status === 'paid')
  trial.check('one event', shop.events('link.paid').length === 1, typesOf(shop))
})

scenario('forged notices change nothing', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const open = await shop.open(await shop.checkout(link, 'tab'))
  const forged: unknown[] = [
    { imp_uid: open.wire.imp_uid, merchant_uid: link.order, status: 'paid' },
    { imp_uid: 'imp_999999999999', merchant_uid: link.order, status: 'paid' },
    { imp_uid: '../../users/getToken', status: 'paid' },
    { imp_uid: ['imp_1'], status: 'paid' },
    new URLSearchParams({ imp_uid: open.wire.imp_uid, status: 'paid', amount: '10000' }),
    'not even JSON',
    [],
  ]
  for (const body of forged) await shop.notice(link, body)
  const { status } = await shop.report(link)
  trial.check('the link is still open', status === 'open', { status })
  trial.check('no event reports a payment', shop.events('link.paid').length === 0, typesOf(shop))
})

scenario('payments of other orders and merchants do not pay the link', async (trial) => {
  const shop = await trial.shop()
  const [link, other] = [await shop.post(), await shop.post()]
  const theirs = await shop.pay(other)
  const foreign = shop.upstream.add('imp22222222', 'elsewhere', shop.clock.now, {
    merchant_uid: link.order,
    amount: 10_000,
    status: 'paid',
    paid_at: shop.upstream.seconds(),
  })
  for (const { wire } of [theirs, foreign]) {
    const { attempt } = await shop.settle(link, wire.imp_uid)
    trial.check('the settle finds no payment', !['paid', 'rejected'].includes(attempt.outcome), attempt)
    await shop.notice(link, { imp_uid: wire.imp_uid, merchant_uid: link.order, status: 'paid' })
  }
  trial.check('the link is open', (await shop.report(link)).status === 'open')
  for (const entry of [theirs, foreign])
    trial.check('their payments are not refunded', entry.wire.cancel_amount === 0, moneyOf(entry))
})

scenario('twenty concurrent settles of a wrong amount refund it once and report it once', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const pass = await shop.checkout(link, 'clever')
  const payment = await shop.open(pass, { fields: { amount: 100 }, unchecked: true })
  await shop.upstream.approve(payment, { lost: true })
  await times(20, (at) => shop.settle(link, at % 2 === 0 ? payment.wire.imp_uid : undefined, 'clever'))
  await shop.advance(hour)
  trial.check('one refund', payment.cancels.length === 1, payment.cancels)
  trial.check('one event', shop.events('link.payment_rejected').length === 1, typesOf(shop))
})

scenario('of two simultaneous approvals one is kept and one is refunded', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const [one, two] = [
    await shop.open(await shop.checkout(link, 'one')),
    await shop.open(await shop.checkout(link, 'two')),
  ]
  await Promise.all([one, two].map((entry) => shop.upstream.approve(entry, { lost: true })))
  await times(10, (at) => shop.settle(link, (at % 2 === 0 ? one : two).wire.imp_uid, 'one'))
  await shop.advance(hour)
  const back = [one, two].filter(({ wire }) => wire.cancel_amount === 10_000)
  trial.check('exactly one is refunded', back.length === 1, [moneyOf(one), moneyOf(two)])
  trial.check('the other pays the link', (await shop.report(link)).status === 'paid')
})

scenario(
  'of two approvals over an order’s older and newer link one is kept and one is refunded',
  async (trial) => {
    const shop = await trial.shop()
    const older = await shop.post({ merchant_uid: 'order-q' })
    const first = await shop.open(await shop.checkout(older, 'one'))
    const newer = await shop.post({ merchant_uid: 'order-q', title: '다시' })
    const second = await shop.open(await shop.checkout(newer, 'two'))
    await Promise.all([first, second].map((entry) => shop.upstream.approve(entry, { lost: true })))
    await Promise.all([shop.settle(older), shop.settle(newer), shop.settle(newer, first.wire.imp_uid)])
    await shop.advance(hour)
    const back = [first, second].filter(({ wire }) => wire.cancel_amount === 10_000)
    trial.check('exactly one is refunded', back.length === 1, [moneyOf(first), moneyOf(second)])
  },
)

scenario('a server restarted during a payment and a refund completes both', async (trial) => {
  const database = join(mkdtempSync(join(tmpdir(), 'dari-attack-')), 'dari.db')
  const shop = await trial.shop({ database })
  const [paid, wrong] = [await shop.post(), await shop.post()]
  const payment = await shop.open(await shop.checkout(paid, 'tab'))
  const other = await shop.open(await shop.checkout(wrong, 'tab'), {
    fields: { amount: 100 },
    unchecked: true,
  })
  await shop.restart()
  await shop.upstream.approve(payment, { lost: true })
  shop.upstream.faults.push(({ path }) =>
    path === '/payments/cancel' ? new Response('', { status: 502 }) : undefined,
  )
  await shop.upstream.approve(other)
  await shop.restart()
  shop.upstream.faults.length = 0
  await shop.advance(2 * hour)
  trial.check('the payment is found', (await shop.report(paid)).status === 'paid')
  trial.check(
    'the wrong amount is refunded once',
    other.cancels.length === 1 && other.wire.cancel_amount === 100,
    moneyOf(other),
  )
  trial.check('one event reports it', shop.events('link.payment_rejected').length === 1, typesOf(shop))
})

scenario('a restored backup does not know newer links, and refunds none of their payments', async (trial) => {
  const folder = mkdtempSync(join(tmpdir(), 'dari-attack-'))
  const database = join(folder, 'dari.db')
  const shop = await trial.shop({ database, skipAudit: true })
  const older = await shop.post({ merchant_uid: 'order-w', amount: 10_000 })
  await shop.restart()
  copyFileSync(database, join(folder, 'backup.db'))
  const newer = await shop.post({ merchant_uid: 'order-w', amount: 20_000 })
  const payment = await shop.pay(newer)
  await shop.edge.close()
  for (const name of readdirSync(folder)) if (name.startsWith('dari.db')) rmSync(join(folder, name))
  copyFileSync(join(folder, 'backup.db'), database)
  await shop.restart()
  await shop.settle(older)
  await shop.notice(older, { imp_uid: payment.wire.imp_uid })
  await shop.advance(2 * hour)
  trial.check('20,000 is not refunded', payment.wire.cancel_amount === 0, moneyOf(payment))
  const events = shop.events('link.payment_foreign', payment.wire.imp_uid)
  trial.check('the merchant is told', events.length === 1, typesOf(shop))
})

scenario('setting the clock back an hour neither loses nor repeats a payment', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const payment = await shop.open(await shop.checkout(link, 'tab'))
  shop.clock.now -= hour
  await shop.upstream.approve(payment)
  await shop.advance(3 * hour)
  trial.check('the link is paid', (await shop.report(link)).status === 'paid')
  trial.check('one event', shop.events('link.paid').length === 1, typesOf(shop))
})

scenario('every event is signed with the merchant’s secret and contains no buyer data', async (trial) => {
  const shop = await trial.shop()
  await shop.pay(await shop.post({ buyer_name: '홍길동', buyer_email: 'a@b.kr' }))
  const events = shop.receivers.received.filter(({ type }) => type !== undefined)
  const webhook = new Webhook(Buffer.from(eventsSecret).toString('base64'))
  for (const { headers, body, type } of events) {
    const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
    const signed = Object.fromEntries(names.map((name) => [name, headers.get(name) ?? '']))
    signed['webhook-timestamp'] = headers.get('webhook-timestamp') ?? ''
    let verified = true
    try {
      webhook.verify(JSON.stringify(body), signed)
    } catch (error) {
      verified = (error as Error).message.includes('timestamp')
    }
    trial.check(`${type} is signed`, verified, signed)
    trial.check(
      'no buyer data in it',
      !JSON.stringify(body).includes('홍길동') && !JSON.stringify(body).includes('a@b.kr'),
    )
  }
  trial.check('there is at least one event', events.length > 0)
})
