// Virtual accounts, and who can see the details of a payment.
import { area } from '../scenario.ts'
import { day, hour, minute } from '../shop.ts'
import { moneyOf, typesOf } from './foreign-payments.ts'

const { scenarios, scenario } = area('deposits')

export { scenarios }

scenario(
  'the expiry of a virtual account is reported, even after the expiry of its link was',
  async (trial) => {
    const shop = await trial.shop()
    const now = Math.floor(shop.clock.now / 1000)
    const link = await shop.post({ expired_at: now + 600 })
    const payment = await shop.open(await shop.checkout(link, 'bank', 'm2'))
    await shop.upstream.issueAccount(payment, shop.clock.now + 3 * hour, { lost: true })
    shop.upstream.faults.push(() => new Response('away', { status: 503 }))
    await shop.advance(hour)
    const expired = shop.events('link.expired').length
    shop.upstream.faults.length = 0
    await shop.advance(hour)
    const awaiting = shop.events('link.awaiting_deposit').length
    trial.check('the account is reported', awaiting === 1, { expired, types: typesOf(shop) })
    await shop.advance(8 * hour)
    const { status } = await shop.report(link)
    trial.check('the link is expired', status === 'expired', { status })
    const failed = shop.events('link.payment_failed', payment.wire.imp_uid)
    trial.check(
      'the merchant learns that the account has expired',
      failed[0]?.data.why === 'account_expired',
      typesOf(shop),
    )
    const last = shop.events().at(-1)
    trial.check(
      'the last event does not say that a deposit is awaited',
      last?.type !== 'link.awaiting_deposit',
      typesOf(shop),
    )
  },
)

scenario('a deposit in time is kept even if its notice is lost', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const payment = await shop.open(await shop.checkout(link, 'bank', 'm2'))
  await shop.upstream.issueAccount(payment, shop.clock.now + day)
  await shop.advance(10 * hour)
  await shop.upstream.approve(payment, { lost: true })
  await shop.advance(17 * hour)
  const { status, late } = await shop.report(link)
  trial.check('the link is paid and not late', status === 'paid' && !late, { status, late })
})

scenario('a deposit and a card payment of the same order are not both kept', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const [bank, card] = [await shop.checkout(link, 'bank', 'm2'), await shop.checkout(link, 'card')]
  const account = await shop.open(bank)
  const payment = await shop.open(card)
  await shop.upstream.issueAccount(account, shop.clock.now + day)
  await shop.upstream.approve(payment, { lost: true })
  await shop.advance(hour)
  await shop.upstream.approve(account, { lost: true })
  await shop.advance(26 * hour)
  const { imp_uid } = await shop.report(link)
  const other = imp_uid === account.wire.imp_uid ? payment : account
  trial.check(
    'one of them pays the link',
    [account, payment].some(({ wire }) => wire.imp_uid === imp_uid),
    { imp_uid },
  )
  const events = shop.events('link.payment_rejected', other.wire.imp_uid)
  trial.check('the other is rejected and reported', events.length === 1, [typesOf(shop), moneyOf(other)])
})

scenario('the holder of a replaced link cannot read another customer’s receipt', async (trial) => {
  const shop = await trial.shop()
  const older = await shop.post({ merchant_uid: 'order-r', title: 'sent to the wrong person' })
  const newer = await shop.post({ merchant_uid: 'order-r' })
  const payment = await shop.pay(newer)
  await shop.advance(minute)
  const receipt = payment.wire.receipt_url ?? ''
  const view = await shop.view(older)
  trial.check('the view has no receipt', !JSON.stringify(view).includes(receipt), view.receipt)
  trial.check(
    'the view has no payment method',
    !view.receipt?.method && !view.receipt?.pay_method,
    view.receipt,
  )
  const page = await shop.edge.request('GET', `/${older.id}`)
  trial.check('the page has neither', !page.text.includes(receipt))
  const settled = await shop.settle(older)
  trial.check(
    'the settle response has neither',
    !JSON.stringify(settled.view).includes(receipt),
    settled.view.receipt,
  )
  const own = await shop.view(newer)
  trial.check('the paid link has the receipt', own.receipt?.receipt_url === receipt, own.receipt)
})
