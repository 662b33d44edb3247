// Foreign payments: paid through the shop's own checkout, the console, a coupon or a recurring charge.
import { area, type Trial } from '../scenario.ts'
import { day, hour, type Link, minute, type Shop } from '../shop.ts'
import type { Entry } from '../upstream/records.ts'

const { scenarios, scenario } = area('foreign-payments')

export { scenarios }

/** Settles by every way there is: a stranger with the URL, a notice, and the background jobs. */
export async function settleByAll(shop: Shop, link: Link, { wire }: Entry): Promise<void> {
  await shop.settle(link)
  await shop.settle(link, wire.imp_uid)
  await shop.notice(link, { imp_uid: wire.imp_uid, merchant_uid: link.order, status: 'paid' })
  await shop.advance(80 * minute)
  await shop.settle(link)
}

export const moneyOf = ({ wire: { imp_uid, amount, cancel_amount, status } }: Entry) => ({
  imp_uid,
  amount,
  cancel_amount,
  status,
})

export async function checkForeign(trial: Trial, shop: Shop, link: Link, payment: Entry): Promise<void> {
  const { imp_uid, cancel_amount } = payment.wire
  trial.check('nothing is refunded', cancel_amount === 0, moneyOf(payment))
  const events = shop.events('link.payment_foreign', imp_uid)
  trial.check('the merchant gets one event', events.length === 1, typesOf(shop))
  const { foreign, status } = await shop.report(link)
  const isListed = foreign?.some((one) => one.imp_uid === imp_uid) === true
  trial.check('the link’s report lists it', isListed, { status, foreign })
}

export const typesOf = (shop: Shop) => shop.events().map(({ type, data }) => `${type} ${data.why}`)

scenario('an order paid in the shop a day before its link was created keeps that payment', async (trial) => {
  const shop = await trial.shop()
  const payment = shop.upstream.payElsewhere({ merchant_uid: 'order-a', amount: 9_000 })
  await shop.advance(day)
  const link = await shop.post({ merchant_uid: 'order-a' })
  await settleByAll(shop, link, payment)
  await checkForeign(trial, shop, link, payment)
  const view = await shop.view(link)
  const isPayable = view.status === 'open' && !view.paid_elsewhere
  trial.check('the link stays open', isPayable, view)
})

scenario(
  'an order paid in full in the shop before its link was created is not charged twice',
  async (trial) => {
    const shop = await trial.shop()
    const payment = shop.upstream.payElsewhere({ merchant_uid: 'order-b', amount: 10_000 })
    await shop.advance(day)
    const link = await shop.post({ merchant_uid: 'order-b' })
    await shop.settle(link)
    const view = await shop.view(link)
    trial.check(
      'the page says that the order is paid elsewhere',
      view.status === 'open' && view.paid_elsewhere === true,
      view,
    )
    const { status } = await shop.requestCheckout(link)
    trial.check('no window opens', status === 409, { status })
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
  },
)

scenario(
  'a link whose order was paid elsewhere can be paid again once the shop has refunded it',
  async (trial) => {
    const shop = await trial.shop()
    const payment = shop.upstream.payElsewhere({ merchant_uid: 'order-c', amount: 10_000 })
    const link = await shop.post({ merchant_uid: 'order-c', expired_at: shop.clock.now / 1000 + 3 * 86_400 })
    await shop.settle(link)
    await shop.upstream.refund(payment)
    await shop.settle(link)
    await shop.advance(25 * hour)
    await shop.settle(link)
    const { status } = await shop.requestCheckout(link)
    trial.check('a window opens again within a day', status === 200, { status, view: await shop.view(link) })
  },
)

scenario(
  'the holder of a disabled link’s URL cannot trigger a refund of a payment made in the shop',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    await shop.disable(link)
    await shop.advance(2 * day)
    const payment = shop.upstream.payElsewhere({ merchant_uid: link.order, amount: 9_500 })
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
  },
)

scenario(
  'the holder of an expired link’s URL cannot trigger a refund of a payment made in the shop',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    await shop.checkout(link, 'visitor')
    await shop.advance(2 * day)
    const payment = shop.upstream.payElsewhere({ merchant_uid: link.order, amount: 9_500 })
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
  },
)

scenario(
  'an order paid again in the shop after its link was refunded keeps the new payment',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    const first = await shop.pay(link)
    await shop.advance(hour)
    await shop.upstream.refund(first, { notice: true })
    await shop.advance(day)
    const payment = shop.upstream.payElsewhere({ merchant_uid: link.order, amount: 12_000 })
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
    const { status } = await shop.report(link)
    trial.check('the link stays refunded', status === 'refunded', { status })
  },
)

scenario('a second payment in the shop under the order number of a paid link is kept', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const first = await shop.pay(link)
  await shop.advance(3 * hour)
  const payment = shop.upstream.payElsewhere({ merchant_uid: link.order, amount: 10_000 })
  await settleByAll(shop, link, payment)
  await checkForeign(trial, shop, link, payment)
  const report = await shop.report(link)
  trial.check('the link keeps its own payment', report.imp_uid === first.wire.imp_uid, report.imp_uid)
})

scenario(
  'a customer who opened the checkout and then paid less in the shop is not refunded',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    await shop.checkout(link, 'touched')
    await shop.advance(2 * minute)
    const payment = shop.upstream.payElsewhere({ merchant_uid: link.order, amount: 9_500, channel: 'mobile' })
    await shop.advance(3 * hour)
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
  },
)

scenario(
  'a discounted payment in the shop’s own checkout under the link’s name is not a wrong amount of the link',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    await shop.checkout(link, 'visitor')
    await shop.advance(minute)
    const coupon = { name: '사과 5kg', channel: 'mobile' as const, amount: 9_000 }
    const payment = shop.upstream.payElsewhere({ merchant_uid: link.order, ...coupon })
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
  },
)

scenario('a manual payment in the console while the link is open is left to the merchant', async (trial) => {
  const shop = await trial.shop()
  for (const amount of [9_500, 10_000]) {
    const link = await shop.post()
    await shop.checkout(link, 'visitor')
    await shop.advance(minute)
    const byHand = { name: '수기결제', channel: 'api' as const, amount }
    const payment = shop.upstream.payElsewhere({ merchant_uid: link.order, ...byHand })
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
    const { imp_uid } = await shop.report(link)
    trial.check(`a manual payment of ${amount} does not pay the link`, imp_uid === null, { imp_uid })
  }
})

scenario('a recurring charge of the shop under the same order number is left alone', async (trial) => {
  const shop = await trial.shop()
  for (const amount of [8_000, 10_000]) {
    const link = await shop.post()
    await shop.checkout(link, 'visitor')
    await shop.advance(minute)
    const payment = await chargeAgain(shop, { merchant_uid: link.order, amount, name: '사과 5kg' })
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
    const { status, paid_elsewhere } = await shop.view(link)
    const isSaid = status !== 'open' || Boolean(paid_elsewhere) === (amount === 10_000)
    trial.check(`the page shows what a recurring charge of ${amount} means for the link`, isSaid, {
      status,
      paid_elsewhere,
    })
  }
})

async function chargeAgain(shop: Shop, body: Record<string, unknown>): Promise<Entry> {
  const call = async (path: string, given: unknown, headers = {}) => {
    const init = { method: 'POST', body: JSON.stringify(given), headers }
    const answer = await shop.upstream.handle(new Request(`https://iamport.example${path}`, init))
    return ((await answer.json()) as { response: { access_token: string; imp_uid: string } }).response
  }
  const keys = { imp_key: 'key', imp_secret: 'a secret of the shop' }
  const { access_token } = await call('/users/getToken', keys)
  const charge = { customer_uid: 'a-customer', ...body }
  const { imp_uid } = await call('/subscribe/payments/again', charge, { authorization: access_token })
  const entry = shop.upstream.find(imp_uid)
  if (!entry) throw new Error('i’mport has no such charge')
  return entry
}

scenario(
  'a payment of the right amount without a mark is kept or left while the link is open, never refunded',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    await shop.checkout(link, 'visitor')
    await shop.advance(minute)
    const payment = shop.upstream.payElsewhere({ merchant_uid: link.order, amount: 10_000, name: '사과 5kg' })
    await settleByAll(shop, link, payment)
    trial.check('nothing is refunded', payment.wire.cancel_amount === 0, moneyOf(payment))
    const { imp_uid, foreign } = await shop.report(link)
    trial.check('the merchant can see it', imp_uid === payment.wire.imp_uid || foreign?.length === 1, {
      imp_uid,
      foreign,
    })
  },
)

scenario('a stranger’s link of one won for an order of the shop triggers no refund', async (trial) => {
  const shop = await trial.shop({ env: { LINK_AUTH: 'open', PUBLIC_URL: 'http://localhost:3000' } })
  const payment = shop.upstream.payElsewhere({ merchant_uid: 'a-real-order', amount: 30_000 })
  await shop.advance(hour)
  const link = await shop.post({ merchant_uid: 'a-real-order', amount: 1 })
  await settleByAll(shop, link, payment)
  await shop.checkout(link, 'stranger')
  const later = shop.upstream.payElsewhere({ merchant_uid: 'a-real-order', amount: 30_000 })
  await settleByAll(shop, link, later)
  for (const one of [payment, later])
    trial.check('the order’s own payment is not refunded', one.wire.cancel_amount === 0, moneyOf(one))
})

scenario('a payment started before any window permission is left alone', async (trial) => {
  const shop = await trial.shop()
  for (const amount of [9_000, 10_000]) {
    const link = await shop.post()
    const fields = { merchant_uid: link.order, amount, name: '사과 5kg', started_at: shop.upstream.seconds() }
    await shop.advance(10 * minute)
    await shop.checkout(link, 'visitor')
    const payment = shop.upstream.payElsewhere(fields)
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
    trial.check(`${amount} does not pay the link`, (await shop.report(link)).imp_uid === null)
  }
})

scenario('a payment started long after the permission expired is left alone', async (trial) => {
  const shop = await trial.shop()
  for (const amount of [9_000, 10_000]) {
    const link = await shop.post()
    await shop.checkout(link, 'visitor')
    await shop.advance(40 * minute)
    const payment = shop.upstream.payElsewhere({ merchant_uid: link.order, amount, name: '사과 5kg' })
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
    trial.check(`${amount} does not pay the link`, (await shop.report(link)).imp_uid === null)
  }
})

scenario('an open window of another order does not claim this order’s payment', async (trial) => {
  const shop = await trial.shop()
  for (const amount of [9_000, 10_000]) {
    const [link, other] = [await shop.post(), await shop.post()]
    await shop.checkout(other, 'visitor')
    await shop.advance(minute)
    const payment = shop.upstream.payElsewhere({ merchant_uid: link.order, amount, name: '사과 5kg' })
    await settleByAll(shop, link, payment)
    await shop.settle(other, payment.wire.imp_uid)
    await checkForeign(trial, shop, link, payment)
    trial.check('the other order’s link does not change', (await shop.report(other)).status === 'open')
  }
})

scenario('a window opened before the shop was paid elsewhere still pays its link', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const payment = await shop.open(await shop.checkout(link, 'tab'))
  const inShop = shop.upstream.payElsewhere({ merchant_uid: link.order, amount: 10_000 })
  await shop.settle(link)
  await shop.upstream.approve(payment)
  await settleByAll(shop, link, inShop)
  await checkForeign(trial, shop, link, inShop)
  const { imp_uid, status } = await shop.report(link)
  trial.check('the window’s payment pays it', imp_uid === payment.wire.imp_uid, { status, imp_uid })
})

scenario('an unfinished attempt in the shop’s own checkout is not reported', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  for (const status of ['ready', 'failed'])
    shop.upstream.payElsewhere({ merchant_uid: link.order, amount: 9_500, status, paid_at: 0 }).approvedAt =
      null
  await shop.settle(link)
  await shop.advance(80 * minute)
  trial.check('no event reports a payment', shop.events('link.payment_foreign').length === 0, typesOf(shop))
  trial.check('the link can be paid', (await shop.requestCheckout(link)).status === 200)
})

scenario('a virtual account issued in the shop’s own checkout is not shown as the link’s', async (trial) => {
  const shop = await trial.shop()
  for (const amount of [9_500, 10_000]) {
    const link = await shop.post()
    const payment = shop.upstream.payElsewhere({
      merchant_uid: link.order,
      amount,
      status: 'ready',
      paid_at: 0,
    })
    payment.approvedAt = null
    await shop.upstream.issueAccount(payment, shop.clock.now + day)
    await shop.settle(link, payment.wire.imp_uid)
    const { status } = await shop.view(link)
    trial.check(`${amount}: the page does not wait for that deposit`, status === 'open', { status })
    await shop.upstream.approve(payment)
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
  }
})
