// The page says "You have not been charged" only after i'mport has decided.
import { area } from '../scenario.ts'
import { day, hour, minute, type View } from '../shop.ts'
import type { Entry } from '../upstream/records.ts'

const { scenarios, scenario } = area('not-charged')

export { scenarios }

const silent = ({ status, unsettled, attempt }: View) => ({ status, unsettled, attempt })

/** @returns whether the response says that an approval may still follow */
const leavesOpen = ({ attempt }: View) =>
  attempt !== undefined &&
  (attempt.so_far === true || ['pending', 'awaiting_deposit'].includes(attempt.outcome))

scenario(
  'a window closed without a result while i’mport still waits for the customer does not rule out a charge',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    const payment = await shop.open(await shop.checkout(link, 'tab'))
    for (const impUid of [undefined, payment.wire.imp_uid]) {
      const { view } = await shop.settle(link, impUid, 'tab')
      trial.check('the response says that a charge may follow', leavesOpen(view), silent(view))
    }
    shop.clock.now += 3_000
    await shop.upstream.approve(payment, { lost: true })
    shop.clock.now += 20_000
    const { view } = await shop.settle(link, undefined, 'tab')
    trial.check('the next view finds it paid', view.status === 'paid', silent(view))
  },
)

scenario('a window closed before i’mport knows of a payment does not rule out a charge', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const payment = await shop.open(await shop.checkout(link, 'tab'))
  payment.hidden = true
  const { view } = await shop.settle(link, undefined, 'tab')
  trial.check('the response says that a charge may follow', leavesOpen(view), silent(view))
  shop.clock.now += 20_000
  const again = await shop.settle(link, payment.wire.imp_uid, 'tab')
  trial.check('so does the response to its ID', leavesOpen(again.view), silent(again.view))
  await shop.upstream.approve(payment, { lost: true })
  const { view: paid } = await shop.settle(link, payment.wire.imp_uid, 'tab')
  trial.check('then it is paid', paid.status === 'paid', silent(paid))
})

scenario('going Back from the gateway does not rule out an approval half a minute later', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const payment = await shop.open(await shop.checkout(link, 'phone'), { fields: { channel: 'mobile' } })
  const { view } = await shop.settle(link, undefined, 'phone')
  trial.check('the response says that a charge may follow', leavesOpen(view), silent(view))
  await shop.advance(30_000)
  await shop.upstream.approve(payment, { lost: true })
  await shop.advance(3 * minute)
  const { status } = await shop.report(link)
  trial.check('the payment is found within minutes', status === 'paid', { status })
})

scenario(
  'a failed window does not rule out a charge while another window of the link is open',
  async (trial) => {
    const shop = await trial.shop()
    for (const other of ['tab', 'othertab']) {
      const link = await shop.post()
      const first = await shop.open(await shop.checkout(link, 'tab'))
      const second = await shop.open(await shop.checkout(link, other))
      shop.upstream.fail(first)
      for (const impUid of [first.wire.imp_uid, undefined]) {
        const { view } = await shop.settle(link, impUid, 'tab')
        trial.check(
          `with a window open in ${other}, the response says that a charge may follow`,
          leavesOpen(view),
          silent(view),
        )
      }
      await shop.upstream.approve(second, { lost: true })
      await shop.advance(2 * hour)
    }
  },
)

scenario('a customer who left is told so once no charge can follow', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post({ expired_at: Math.floor(shop.clock.now / 1000) + 3 * 86_400 })
  const payment = await shop.open(await shop.checkout(link, 'tab'))
  shop.upstream.fail(payment, '카드 한도 초과')
  const { attempt } = await shop.settle(link, payment.wire.imp_uid, 'tab')
  trial.check(
    'a decline with no other open window is final',
    attempt.outcome === 'declined' && !attempt.so_far,
    attempt,
  )
})

scenario('a link that expired while its window was open claims nothing about a charge', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post({ expired_at: Math.floor(shop.clock.now / 1000) + 4 * 60 })
  const payment = await shop.open(await shop.checkout(link, 'tab'))
  await shop.advance(10 * minute)
  const view = await shop.view(link)
  trial.check(
    'the expired link says nothing about a charge',
    view.unsettled === true || view.status === 'open',
    silent(view),
  )
  await shop.upstream.approve(payment, { lost: true })
  await shop.advance(2 * hour)
  trial.check('the payment is found', (await shop.report(link)).status === 'paid')
})

for (const [status, lies] of [
  ['pending', { status: 'pending' }],
  ['ready', {}],
  ['an unknown status', { status: 'authorized' }],
] as const) {
  scenario(
    `i’mport saying ${status} for a day: no response rules out a charge, and the payment is found`,
    async (trial) => {
      const shop = await trial.shop()
      const link = await shop.post({ expired_at: Math.floor(shop.clock.now / 1000) + 1800 })
      const payment = await shop.open(await shop.checkout(link, 'paypal'), {
        fields: { pg_provider: 'paypal_v2' },
      })
      payment.overrides = { ...lies }
      await shop.settle(link, payment.wire.imp_uid, 'paypal')
      for (const wait of [hour, hour, 5 * hour, 13 * hour]) {
        await shop.advance(wait)
        const view = await shop.view(link)
        trial.check('the link claims nothing', view.unsettled === true, silent(view))
        const { view: settled } = await shop.settle(link, payment.wire.imp_uid, 'paypal')
        trial.check('the settle claims nothing', leavesOpen(settled), silent(settled))
      }
      payment.overrides = {}
      await shop.upstream.approve(payment, { lost: true })
      await shop.advance(25 * hour)
      const { status, imp_uid } = await shop.report(link)
      trial.check('the payment is known within a day', imp_uid === payment.wire.imp_uid, { status })
    },
  )
}

scenario('a payment declined after a day is reported as not charged only then', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post({ expired_at: Math.floor(shop.clock.now / 1000) + 1800 })
  const payment = await shop.open(await shop.checkout(link, 'paypal'))
  payment.overrides = { status: 'pending' }
  await shop.advance(day)
  payment.overrides = {}
  shop.upstream.fail(payment)
  await shop.advance(25 * hour)
  const view = await shop.view(link)
  trial.check('the link is expired and settled', view.status === 'expired' && !view.unsettled, silent(view))
})

/** Adds failed attempts of the same order, all started after the paid one. */
function failedAttempts(orders: { order: string; count: number; from: number }): Record<string, unknown>[] {
  return Array.from({ length: orders.count }, (_, at) => ({
    merchant_uid: orders.order,
    amount: 10_000,
    status: 'failed',
    started_at: orders.from + 1 + (at % 50),
    failed_at: orders.from + 60,
    fail_reason: '카드 한도 초과',
  }))
}

for (const count of [20, 999, 1_500]) {
  scenario(`a paid attempt is found behind ${count} newer failed ones`, async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    const payment: Entry = await shop.open(await shop.checkout(link, 'tab'))
    await shop.advance(minute)
    const from = shop.upstream.seconds()
    for (const fields of failedAttempts({ order: link.order, count, from }))
      shop.upstream.add(
        'imp11111111',
        'window',
        shop.clock.now,
        fields as { merchant_uid: string; amount: number },
      )
    await shop.upstream.approve(payment, { lost: true })
    const { view } = await shop.settle(link, undefined, 'tab')
    trial.check('the page learns that it is paid', view.status === 'paid', silent(view))
  })
}
