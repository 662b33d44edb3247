// Several windows of one order, and notices that never arrive.
import { area } from '../scenario.ts'
import { hour, minute } from '../shop.ts'
import { moneyOf, typesOf } from './foreign-payments.ts'

const { scenarios, scenario } = area('lost-notices')

export { scenarios }

scenario('a second window of the same tab is still checked after the first one fails', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const first = await shop.open(await shop.checkout(link, 'tab'))
  await shop.advance(30_000)
  const second = await shop.open(await shop.checkout(link, 'tab'))
  shop.upstream.fail(first, '사용자가 결제를 취소하였습니다')
  const { attempt } = await shop.settle(link, first.wire.imp_uid, 'tab')
  trial.check('the response does not rule out a charge', attempt.so_far === true, attempt)
  await shop.advance(2 * minute)
  await shop.upstream.approve(second, { lost: true })
  await shop.advance(3 * hour)
  const { status, imp_uid } = await shop.report(link)
  trial.check('the link is paid by the second window', status === 'paid' && imp_uid === second.wire.imp_uid, {
    status,
  })
})

scenario('a second window approved an hour later is found without a notice', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post({ expired_at: Math.floor(shop.clock.now / 1000) + 86_400 })
  const first = await shop.open(await shop.checkout(link, 'tab'))
  const second = await shop.open(await shop.checkout(link, 'tab'))
  shop.upstream.fail(first)
  await shop.settle(link, first.wire.imp_uid, 'tab')
  await shop.advance(hour)
  await shop.upstream.approve(second, { lost: true })
  await shop.advance(21 * minute)
  const { status } = await shop.report(link)
  trial.check('the link is paid', status === 'paid', { status })
})

scenario(
  'one tab, two windows, both approved: the second payment is refunded without a notice',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    const first = await shop.open(await shop.checkout(link, 'tab'))
    const second = await shop.open(await shop.checkout(link, 'tab'))
    await shop.upstream.approve(first)
    await shop.settle(link, first.wire.imp_uid, 'tab')
    await shop.advance(minute)
    await shop.upstream.approve(second, { lost: true })
    await shop.advance(3 * hour)
    trial.check('the first is kept', (await shop.report(link)).imp_uid === first.wire.imp_uid)
    trial.check('the second is refunded', second.wire.cancel_amount === 10_000, moneyOf(second))
    trial.check(
      'the merchant is told of the refund',
      shop.events('link.payment_rejected').length === 1,
      typesOf(shop),
    )
  },
)

scenario('two tabs, both approved: the second payment is refunded without a notice', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const first = await shop.open(await shop.checkout(link, 'one'))
  const second = await shop.open(await shop.checkout(link, 'two'))
  await shop.upstream.approve(first)
  await shop.settle(link, first.wire.imp_uid, 'one')
  await shop.advance(minute)
  await shop.upstream.approve(second, { lost: true })
  await shop.advance(3 * hour)
  trial.check('the second is refunded', second.wire.cancel_amount === 10_000, moneyOf(second))
})

scenario('a failure in one tab does not stop the checks for another tab’s payment', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const first = await shop.open(await shop.checkout(link, 'one'))
  const second = await shop.open(await shop.checkout(link, 'two'))
  shop.upstream.fail(first)
  await shop.settle(link, first.wire.imp_uid, 'one')
  await shop.settle(link, first.wire.imp_uid, 'two')
  await shop.settle(link, first.wire.imp_uid)
  await shop.advance(5 * minute)
  await shop.upstream.approve(second, { lost: true })
  await shop.advance(3 * hour)
  const { status } = await shop.report(link)
  trial.check('the link is paid', status === 'paid', { status })
})

scenario('naming another tab’s failed attempt does not stop the checks for its payment', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const failed = await shop.open(await shop.checkout(link, 'tab'))
  shop.upstream.fail(failed)
  await shop.advance(minute)
  const paying = await shop.open(await shop.checkout(link, 'tab'))
  for (let round = 0; round < 5; round++) {
    await shop.settle(link, failed.wire.imp_uid, 'tab')
    await shop.notice(link, { imp_uid: failed.wire.imp_uid, merchant_uid: link.order, status: 'failed' })
    await shop.advance(minute)
  }
  await shop.upstream.approve(paying, { lost: true })
  await shop.advance(3 * hour)
  const { status } = await shop.report(link)
  trial.check('the link is paid', status === 'paid', { status })
})

scenario('three windows of one tab: two fail, and the approved last one is found', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const windows = []
  for (let count = 0; count < 3; count++) windows.push(await shop.open(await shop.checkout(link, 'tab')))
  for (const window of windows.slice(0, 2)) {
    shop.upstream.fail(window)
    await shop.settle(link, window.wire.imp_uid, 'tab')
    await shop.settle(link, undefined, 'tab')
  }
  const last = windows[2]
  if (!last) throw new Error('no third window')
  await shop.advance(5 * minute)
  await shop.upstream.approve(last, { lost: true })
  await shop.advance(3 * hour)
  const { status } = await shop.report(link)
  trial.check('the link is paid', status === 'paid', { status })
})

scenario('a tab without an ID, a second window and no notice: the payment is found', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const first = await shop.open(await shop.checkout(link))
  const second = await shop.open(await shop.checkout(link))
  shop.upstream.fail(first)
  await shop.settle(link, first.wire.imp_uid)
  await shop.upstream.approve(second, { lost: true })
  await shop.advance(2 * hour)
  const { status } = await shop.report(link)
  trial.check('the link is paid', status === 'paid', { status })
})

scenario('a payment is found after i’mport was unavailable for a day', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const payment = await shop.open(await shop.checkout(link, 'tab'))
  shop.upstream.faults.push(() => new Response('bad gateway', { status: 502 }))
  await shop.upstream.approve(payment, { lost: true })
  await shop.advance(26 * hour)
  shop.upstream.faults.length = 0
  await shop.advance(2 * hour)
  const { status } = await shop.report(link)
  trial.check('the link is paid', status === 'paid', { status })
})
