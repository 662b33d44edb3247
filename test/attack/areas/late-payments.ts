// Payments in time are not late, whatever the clock skew and the merchant's corrections.
import { area, type Trial } from '../scenario.ts'
import { hour, type Link, minute, type Shop } from '../shop.ts'
import type { Entry } from '../upstream/records.ts'
import { moneyOf, typesOf } from './foreign-payments.ts'

const { scenarios, scenario } = area('late-payments')

export { scenarios }

const refunding = { env: { LATE_PAYMENT: 'refund' } }

async function checkKeptInTime(trial: Trial, shop: Shop, payment: Entry, links: Link[]): Promise<void> {
  trial.check('nothing is refunded', payment.wire.cancel_amount === 0, moneyOf(payment))
  const reports = await Promise.all(links.map((link) => shop.report(link)))
  const paid = reports.filter(({ status, imp_uid }) => status === 'paid' && imp_uid === payment.wire.imp_uid)
  const summary = reports.map(({ status, late, history }) => ({ status, late, why: history.at(-1)?.why }))
  trial.check('the payment pays the order once', paid.length === 1, summary)
  trial.check(
    'it is not marked as late',
    paid.every(({ late }) => !late),
    summary,
  )
  trial.check(
    'no other link of the order is open',
    reports.every(({ status }) => status !== 'open'),
    summary,
  )
}

scenario('extending a link while its customer pays does not reject the payment', async (trial) => {
  const shop = await trial.shop(refunding)
  const older = await shop.post({ merchant_uid: 'order-m' })
  const payment = await shop.open(await shop.checkout(older, 'customer'))
  await shop.advance(minute)
  const expired_at = Math.floor(shop.clock.now / 1000) + 86_400
  const newer = await shop.post({ merchant_uid: 'order-m', expired_at })
  await shop.advance(3 * minute)
  await shop.upstream.approve(payment)
  await shop.advance(2 * hour)
  await checkKeptInTime(trial, shop, payment, [older, newer])
})

scenario('correcting a title while its customer pays does not reject the payment', async (trial) => {
  const shop = await trial.shop(refunding)
  const older = await shop.post({ merchant_uid: 'order-t' })
  const payment = await shop.open(await shop.checkout(older, 'customer'))
  const newer = await shop.post({ merchant_uid: 'order-t', title: '다리 상점 본점', name: '사과 5kg (특)' })
  await shop.advance(4 * minute)
  await shop.upstream.approve(payment, { lost: true })
  await shop.advance(2 * hour)
  await checkKeptInTime(trial, shop, payment, [older, newer])
})

scenario(
  'a window opened from the replaced link after a correction is in time for the corrected link',
  async (trial) => {
    const shop = await trial.shop(refunding)
    const older = await shop.post({ merchant_uid: 'order-u' })
    const pass = await shop.checkout(older, 'customer')
    const newer = await shop.post({ merchant_uid: 'order-u', title: '다리 상점 본점' })
    await shop.advance(4 * minute)
    const payment = await shop.open(pass)
    await shop.upstream.approve(payment)
    await shop.advance(2 * hour)
    await checkKeptInTime(trial, shop, payment, [older, newer])
  },
)

scenario('a declined attempt that is approved after a correction of the link is kept', async (trial) => {
  const shop = await trial.shop(refunding)
  const older = await shop.post({ merchant_uid: 'order-n' })
  const payment = await shop.open(await shop.checkout(older, 'customer'))
  shop.upstream.fail(payment)
  await shop.settle(older, payment.wire.imp_uid, 'customer')
  const expired_at = Math.floor(shop.clock.now / 1000) + 86_400
  const newer = await shop.post({ merchant_uid: 'order-n', expired_at })
  await shop.advance(3 * minute)
  await shop.upstream.approve(payment)
  await shop.advance(2 * hour)
  await checkKeptInTime(trial, shop, payment, [older, newer])
})

for (const skewMs of [2 * minute - 5_000, -2 * minute + 5_000]) {
  const whose = skewMs > 0 ? 'ahead of Dari’s' : 'behind Dari’s'
  scenario(
    `a payment approved before the merchant disabled the link is in time, with i’mport’s clock two minutes ${whose}`,
    async (trial) => {
      const shop = await trial.shop({ ...refunding, skewMs })
      const link = await shop.post()
      const payment = await shop.open(await shop.checkout(link, 'customer'))
      await shop.advance(minute)
      await shop.upstream.approve(payment, { lost: true })
      shop.clock.now += 2_000
      await shop.disable(link)
      await shop.advance(2 * hour)
      await checkKeptInTime(trial, shop, payment, [link])
    },
  )

  scenario(
    `a payment approved just before the link expires is in time, with i’mport’s clock two minutes ${whose}`,
    async (trial) => {
      const shop = await trial.shop({ ...refunding, skewMs })
      const link = await shop.post({ expired_at: Math.floor(shop.clock.now / 1000) + 5 * 60 })
      const payment = await shop.open(await shop.checkout(link, 'customer'))
      shop.clock.now += 5 * minute - 3_000
      await shop.upstream.approve(payment, { lost: true })
      await shop.advance(2 * hour)
      await checkKeptInTime(trial, shop, payment, [link])
    },
  )

  scenario(
    `a wrong amount through a window is recognised, with i’mport’s clock two minutes ${whose}`,
    async (trial) => {
      const shop = await trial.shop({ skewMs })
      const link = await shop.post()
      const pass = await shop.checkout(link, 'customer')
      const payment = await shop.open(pass, { fields: { amount: 100 }, unchecked: true })
      await shop.upstream.approve(payment)
      await shop.advance(hour)
      trial.check('it is refunded', payment.wire.cancel_amount === 100, moneyOf(payment))
    },
  )
}

scenario(
  'with LATE_PAYMENT=refund, a payment approved long after the link was disabled is refunded',
  async (trial) => {
    const shop = await trial.shop(refunding)
    const link = await shop.post()
    const payment = await shop.open(await shop.checkout(link, 'customer'))
    await shop.disable(link)
    await shop.advance(20 * minute)
    await shop.upstream.approve(payment)
    await shop.advance(2 * hour)
    trial.check('it is refunded', payment.wire.cancel_amount === 10_000, moneyOf(payment))
    const rejections = shop.events('link.payment_rejected', payment.wire.imp_uid)
    trial.check('the event says that it was late', rejections[0]?.data.why === 'late', typesOf(shop))
  },
)

scenario(
  'by default, a payment approved long after the link was disabled is kept and marked as late',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    const payment = await shop.open(await shop.checkout(link, 'customer'))
    await shop.disable(link)
    await shop.advance(20 * minute)
    await shop.upstream.approve(payment)
    await shop.advance(2 * hour)
    const { status, late } = await shop.report(link)
    trial.check('it is kept, and the report says late', status === 'paid' && late, { status, late })
  },
)
