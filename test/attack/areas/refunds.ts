// Refunds by Dari, and refunds that i'mport does not report.
import { area } from '../scenario.ts'
import { day, hour, type Link, minute, type Shop } from '../shop.ts'
import type { Entry } from '../upstream/records.ts'
import { moneyOf, typesOf } from './foreign-payments.ts'

const { scenarios, scenario } = area('refunds')

export { scenarios }

const refuseCancels = (shop: Shop) => {
  const body = { code: 1, message: '잔액이 부족합니다. 010-1234-5678 홍길동', response: null }
  shop.upstream.faults.push(({ path }) => (path === '/payments/cancel' ? Response.json(body) : undefined))
}

/** Pays a wrong amount through the link's own window. */
async function payWrongAmount(shop: Shop, link: Link, fields = {}): Promise<Entry> {
  const pass = await shop.checkout(link, 'clever')
  const payment = await shop.open(pass, { fields: { amount: 100, ...fields }, unchecked: true })
  await shop.upstream.approve(payment)
  return payment
}

const rejectedOf = async (shop: Shop, link: Link) => (await shop.report(link)).rejected?.[0]

scenario(
  'a refund that fails for two days is reported as failed and, when it succeeds, as done',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post({ expired_at: Math.floor(shop.clock.now / 1000) + 6 * 86_400 })
    refuseCancels(shop)
    const payment = await payWrongAmount(shop, link)
    const count = (type: string) => shop.events(type, payment.wire.imp_uid).length
    trial.check('the rejection is reported at once', count('link.payment_rejected') === 1, typesOf(shop))
    const first = await rejectedOf(shop, link)
    trial.check('the report says that it is not refunded', first !== undefined && !first.returned, first)
    await shop.advance(20 * hour)
    trial.check(
      'no failed refund is reported within a day',
      count('link.payment_not_returned') === 0,
      typesOf(shop),
    )
    await shop.advance(8 * hour)
    trial.check(
      'after a day the failed refund is reported',
      count('link.payment_not_returned') === 1,
      typesOf(shop),
    )
    await shop.advance(20 * hour)
    trial.check('it is reported once', count('link.payment_not_returned') === 1, typesOf(shop))
    trial.check('no event reports the refund as done', count('link.payment_returned') === 0, typesOf(shop))
    shop.upstream.faults.length = 0
    await shop.advance(28 * hour)
    trial.check('it is refunded', payment.wire.cancel_amount === 100, moneyOf(payment))
    trial.check('the refund is reported once', count('link.payment_returned') === 1, typesOf(shop))
    const last = await rejectedOf(shop, link)
    trial.check('the report says so', Boolean(last?.returned), last)
    trial.check('the rejection is reported once', count('link.payment_rejected') === 1, typesOf(shop))
  },
)

scenario('an immediate refund is reported as a rejection and a refund, and nothing else', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  await payWrongAmount(shop, link)
  await shop.advance(2 * day)
  const types = shop.events().map(({ type }) => type)
  const expected = ['link.payment_rejected', 'link.payment_returned']
  const sent = types.filter((type) => type.startsWith('link.payment_'))
  trial.check('two events, in order', sent.join() === expected.join(), types)
  const one = await rejectedOf(shop, link)
  trial.check(
    'the report has the reason and the amount',
    one?.why === 'amount' && one.amount === 100 && Boolean(one.returned),
    one,
  )
})

scenario(
  'a rejected deposit that only the merchant can refund is reported until they have',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post({ expired_at: Math.floor(shop.clock.now / 1000) + 6 * 86_400 })
    const pass = await shop.checkout(link, 'bank', 'm2')
    const payment = await shop.open(pass, { fields: { amount: 9_000, pay_method: 'vbank' }, unchecked: true })
    await shop.upstream.issueAccount(payment, shop.clock.now + day)
    await shop.upstream.approve(payment)
    await shop.advance(27 * hour)
    const count = (type: string) => shop.events(type, payment.wire.imp_uid).length
    trial.check(
      'after a day the failed refund is reported',
      count('link.payment_not_returned') === 1,
      typesOf(shop),
    )
    await shop.upstream.refund(payment)
    await shop.advance(28 * hour)
    trial.check('the merchant’s refund is reported', count('link.payment_returned') === 1, typesOf(shop))
  },
)

scenario('a cancel request whose response is lost is not repeated', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  let lost = 0
  shop.upstream.faults.push(async ({ path, body }) => {
    if (path !== '/payments/cancel' || lost++ > 0) return undefined
    const entry = shop.upstream.find(String(body.imp_uid))
    if (!entry) return undefined
    entry.cancels.push({ by: 'edge', amount: entry.wire.amount })
    Object.assign(entry.wire, {
      cancel_amount: entry.wire.amount,
      status: 'cancelled',
      cancelled_at: shop.upstream.seconds(),
    })
    return new Response('gateway timeout', { status: 504 })
  })
  const payment = await payWrongAmount(shop, link)
  await shop.advance(3 * hour)
  trial.check('one refund', payment.cancels.length === 1, payment.cancels)
  trial.check('the refund is reported', shop.events('link.payment_returned').length === 1, typesOf(shop))
})

scenario('a cancel that i’mport only claims to have made is not trusted', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  shop.upstream.faults.push(({ path, body }) => {
    const entry = path === '/payments/cancel' ? shop.upstream.find(String(body.imp_uid)) : undefined
    return entry && Response.json({ code: 0, message: null, response: entry.wire })
  })
  const payment = await payWrongAmount(shop, link)
  trial.check('no event reports the refund', !(await rejectedOf(shop, link))?.returned)
  shop.upstream.faults.length = 0
  await shop.advance(9 * hour)
  trial.check(
    'the request is repeated until the refund is made',
    payment.wire.cancel_amount === 100,
    moneyOf(payment),
  )
})

scenario('a refund through i’mport’s API is noticed when the customer opens the page', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const payment = await shop.pay(link)
  await shop.advance(hour)
  await shop.upstream.refund(payment)
  shop.clock.now += 20 * minute
  await shop.edge.request('GET', `/${link.id}`)
  // The page's script settles when it shows a receipt; reading the view writes nothing.
  await shop.edge.request('POST', `/links/${link.id}/settle`, {})
  await shop.edge.idle()
  shop.clock.now += 5_000
  const { status } = await shop.view(link)
  trial.check('the page no longer says that it is paid', status === 'refunded', { status })
  trial.check('the merchant is told once', shop.events('link.refunded').length === 1, typesOf(shop))
})

scenario('a refund through i’mport’s API is noticed within a day without a visitor', async (trial) => {
  const shop = await trial.shop()
  for (const days of [0, 2]) {
    const link = await shop.post()
    const payment = await shop.pay(link)
    await shop.advance(days * day + hour)
    await shop.upstream.refund(payment)
    await shop.advance(25 * hour)
    const { status } = await shop.report(link)
    trial.check(`${days} days after the payment`, status === 'refunded', { status })
    trial.check(
      'the merchant is told once',
      shop.events('link.refunded', payment.wire.imp_uid).length === 1,
      typesOf(shop),
    )
  }
})

scenario('a partial refund through i’mport’s API is noticed within a day', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const payment = await shop.pay(link)
  await shop.advance(hour)
  await shop.upstream.refund(payment, { amount: 3_000 })
  await shop.advance(25 * hour)
  const { returned, status } = await shop.report(link)
  trial.check('the report has the amount', returned === 3_000 && status === 'paid', { returned, status })
  trial.check('the merchant is told once', shop.events('link.refunded').length === 1, typesOf(shop))
})

scenario('a thousand views of a paid page cause few requests to i’mport', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  await shop.pay(link)
  const before = shop.upstream.calls.length
  for (let view = 0; view < 1_000; view++) await shop.view(link)
  const requests = shop.upstream.calls.length - before
  trial.check('only a few requests', requests <= 5, { requests })
})

scenario('partial refunds, out of order and repeated, add up to i’mport’s total', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const payment = await shop.pay(link)
  const { imp_uid } = payment.wire
  const older = { ...payment.wire }
  await shop.upstream.refund(payment, { amount: 2_000, notice: true })
  await shop.upstream.refund(payment, { amount: 3_000, notice: true })
  trial.check('half is refunded', (await shop.report(link)).returned === 5_000, await shop.report(link))
  // An older response arrives late with a smaller sum.
  payment.overrides = { ...older, cancel_amount: 2_000 }
  await shop.notice(link, { imp_uid, merchant_uid: link.order, status: 'cancelled' })
  payment.overrides = {}
  for (let again = 0; again < 3; again++)
    await shop.notice(link, { imp_uid, merchant_uid: link.order, status: 'cancelled' })
  trial.check('the sum stays the same', (await shop.report(link)).returned === 5_000, await shop.report(link))
  await shop.upstream.refund(payment, { notice: true })
  const { status } = await shop.report(link)
  trial.check('the rest makes it refunded', status === 'refunded', { status })
  const events = shop.events('link.refunded').map(({ data }) => data.payment?.returned)
  trial.check('each refund is reported once', events.join() === '2000,5000,10000', events)
})

scenario('a partly refunded order with status cancelled is not taken for fully refunded', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const payment = await shop.pay(link)
  await shop.upstream.refund(payment, { amount: 2_000 })
  payment.overrides = { status: 'cancelled' }
  await shop.notice(link, { imp_uid: payment.wire.imp_uid })
  const { status, returned } = await shop.report(link)
  trial.check('it is paid, with 2,000 refunded', status === 'paid' && returned === 2_000, {
    status,
    returned,
  })
})
