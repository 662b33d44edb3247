// An order posted again at another price: its older price no longer counts.
import { area } from '../scenario.ts'
import { hour, type Link, minute, type Shop } from '../shop.ts'
import { checkForeign, moneyOf, settleByAll, typesOf } from './foreign-payments.ts'

const { scenarios, scenario } = area('replaced-links')

export { scenarios }

const reportsOf = async (shop: Shop, ...links: Link[]) =>
  Promise.all(links.map(async (link) => shop.report(link)))

/** Posts the order at each price in turn. */
async function postAt(shop: Shop, order: string, ...amounts: number[]): Promise<Link[]> {
  const links: Link[] = []
  for (const amount of amounts) links.push(await shop.post({ merchant_uid: order, amount }))
  return links
}

scenario('the lower price of a replaced link cannot be paid from the browser’s console', async (trial) => {
  const shop = await trial.shop()
  const [older, newer] = (await postAt(shop, 'order-d', 10_000, 20_000)) as [Link, Link]
  await shop.advance(2 * hour)
  const payment = shop.upstream.payElsewhere({ merchant_uid: 'order-d', amount: 10_000, name: '사과 5kg' })
  await settleByAll(shop, newer, payment)
  await shop.settle(older)
  const [old, now] = await reportsOf(shop, older, newer)
  trial.check('the older link is not paid by it', old?.imp_uid === null, old?.status)
  trial.check('the order’s link still asks for 20,000', now?.status === 'open', now?.status)
  await checkForeign(trial, shop, newer, payment)
})

scenario(
  'the lower price of a replaced link cannot be paid with its old window parameters hours later',
  async (trial) => {
    const shop = await trial.shop()
    const [older] = (await postAt(shop, 'order-e', 10_000)) as [Link]
    const pass = await shop.checkout(older, 'patient')
    const newer = await shop.post({ merchant_uid: 'order-e', amount: 20_000 })
    await shop.advance(2 * hour)
    const payment = await shop.open(pass, { unchecked: true, origin: 'elsewhere' })
    await shop.upstream.approve(payment)
    await shop.advance(3 * hour)
    const [old, now] = await reportsOf(shop, older, newer)
    trial.check('the older link is not paid by it', old?.status !== 'paid', old?.status)
    trial.check('the order’s link still asks for 20,000', now?.status === 'open', now?.status)
    trial.check(
      'the merchant is told',
      shop.events(undefined, payment.wire.imp_uid).length > 0,
      typesOf(shop),
    )
  },
)

scenario('a window opened before its price was replaced may still be paid', async (trial) => {
  const shop = await trial.shop()
  const [older] = (await postAt(shop, 'order-f', 10_000)) as [Link]
  const payment = await shop.open(await shop.checkout(older, 'customer'))
  await shop.advance(minute)
  const newer = await shop.post({ merchant_uid: 'order-f', amount: 20_000 })
  await shop.advance(3 * minute)
  await shop.upstream.approve(payment)
  await shop.advance(2 * hour)
  const [old, now] = await reportsOf(shop, older, newer)
  trial.check(
    'the older link is paid',
    old?.imp_uid === payment.wire.imp_uid && old.status === 'paid',
    old?.status,
  )
  trial.check('nothing is refunded', payment.wire.cancel_amount === 0, moneyOf(payment))
  trial.check('the order’s other link cannot be paid any more', now?.status !== 'open', now?.status)
})

scenario('a window opened three minutes after its price was replaced is a wrong amount', async (trial) => {
  const shop = await trial.shop()
  const [older] = (await postAt(shop, 'order-g', 10_000)) as [Link]
  const pass = await shop.checkout(older, 'late')
  const newer = await shop.post({ merchant_uid: 'order-g', amount: 20_000 })
  await shop.advance(3 * minute)
  const payment = await shop.open(pass, { unchecked: true })
  await shop.upstream.approve(payment)
  await shop.advance(2 * hour)
  const [old, now] = await reportsOf(shop, older, newer)
  trial.check('the older link is not paid by it', old?.status !== 'paid', old?.status)
  trial.check('it is refunded', payment.wire.cancel_amount === 10_000, moneyOf(payment))
  trial.check('the order’s link still asks for 20,000', now?.status === 'open', now?.status)
  trial.check('the merchant is told', shop.events('link.payment_rejected').length === 1, typesOf(shop))
})

scenario(
  'a window opened within a minute of the replacement is settled one way and reported',
  async (trial) => {
    const shop = await trial.shop()
    const [older] = (await postAt(shop, 'order-h', 10_000)) as [Link]
    const pass = await shop.checkout(older, 'late')
    const newer = await shop.post({ merchant_uid: 'order-h', amount: 20_000 })
    await shop.advance(minute)
    const payment = await shop.open(pass, { unchecked: true })
    await shop.upstream.approve(payment)
    await shop.advance(2 * hour)
    const [old, now] = await reportsOf(shop, older, newer)
    const isKept = old?.imp_uid === payment.wire.imp_uid && old.status === 'paid' && now?.status !== 'open'
    const isBack = payment.wire.cancel_amount === 10_000 && now?.status === 'open' && old?.status !== 'paid'
    trial.check('it is kept or refunded, and the other link matches', isKept !== isBack, [
      old?.status,
      now?.status,
    ])
  },
)

scenario(
  'with prices 10,000, 20,000 and 10,000 again, the first link’s window pays the third link',
  async (trial) => {
    const shop = await trial.shop({ env: { LATE_PAYMENT: 'refund' } })
    const [first] = (await postAt(shop, 'order-i', 10_000)) as [Link]
    const pass = await shop.checkout(first, 'customer')
    await shop.advance(minute)
    const second = await shop.post({ merchant_uid: 'order-i', amount: 20_000 })
    await shop.advance(minute)
    const third = await shop.post({ merchant_uid: 'order-i', amount: 10_000, title: '다시' })
    await shop.advance(3 * minute)
    const payment = await shop.open(pass, { unchecked: true })
    await shop.upstream.approve(payment)
    await shop.advance(2 * hour)
    const reports = await reportsOf(shop, first, second, third)
    const kept = reports.filter(({ status }) => status === 'paid')
    trial.check(
      'nothing is refunded',
      payment.wire.cancel_amount === 0 && kept.length === 1,
      reports.map(({ status }) => status),
    )
    trial.check(
      'it is not marked as late',
      kept.every(({ late }) => !late),
      kept,
    )
    trial.check(
      'no other link of the order can be paid',
      reports.every(({ status }) => status !== 'open'),
    )
  },
)

scenario(
  'with prices 10,000, 20,000 and 10,000 again, the price in between no longer counts',
  async (trial) => {
    const shop = await trial.shop()
    const [first] = (await postAt(shop, 'order-j', 10_000)) as [Link]
    const second = await shop.post({ merchant_uid: 'order-j', amount: 20_000 })
    const pass = await shop.checkout(second, 'customer')
    await shop.advance(minute)
    const third = await shop.post({ merchant_uid: 'order-j', amount: 10_000, title: '다시' })
    await shop.advance(3 * minute)
    const payment = await shop.open(pass, { unchecked: true })
    await shop.upstream.approve(payment)
    await shop.advance(2 * hour)
    const reports = await reportsOf(shop, first, second, third)
    trial.check('20,000 is refunded', payment.wire.cancel_amount === 20_000, moneyOf(payment))
    trial.check(
      'the third is still open',
      reports[2]?.status === 'open',
      reports.map(({ status }) => status),
    )
  },
)

scenario('with prices 10,000, 20,000 and 10,000 again, a window opened in between is paid', async (trial) => {
  const shop = await trial.shop()
  const [first] = (await postAt(shop, 'order-k', 10_000)) as [Link]
  const second = await shop.post({ merchant_uid: 'order-k', amount: 20_000 })
  const payment = await shop.open(await shop.checkout(second, 'customer'))
  await shop.advance(minute)
  const third = await shop.post({ merchant_uid: 'order-k', amount: 10_000, title: '다시' })
  await shop.advance(3 * minute)
  await shop.upstream.approve(payment)
  await shop.advance(2 * hour)
  const reports = await reportsOf(shop, first, second, third)
  trial.check('20,000 is kept', payment.wire.cancel_amount === 0, moneyOf(payment))
  trial.check(
    'the second is paid',
    reports[1]?.status === 'paid',
    reports.map(({ status }) => status),
  )
})

scenario('a replaced link’s page opens no window', async (trial) => {
  const shop = await trial.shop()
  const [older] = (await postAt(shop, 'order-l', 10_000, 20_000)) as [Link]
  const { status } = await shop.requestCheckout(older, 'late')
  trial.check('the permission is refused', status === 409, { status })
})
