// The origin mark of a permission in `custom_data`: copied, expired, corrupt, among large data, or missing.
import { area } from '../scenario.ts'
import { hour, type Link, markKey, minute, type Shop } from '../shop.ts'
import type { Entry, WirePayment } from '../upstream/records.ts'
import { checkForeign, moneyOf, settleByAll, typesOf } from './foreign-payments.ts'

const { scenarios, scenario } = area('origin-marks')

export { scenarios }

const dataOf = (params: Record<string, unknown>) =>
  params.custom_data === undefined ? null : JSON.stringify(params.custom_data)

/** Pays outside a window, with any `custom_data`. */
function payWith(shop: Shop, link: Link, fields: Partial<WirePayment> & { amount: number }): Entry {
  return shop.upstream.payElsewhere({ merchant_uid: link.order, name: '사과 5kg', ...fields })
}

scenario('every permission has a mark of its own beside the merchant’s custom data', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post({ custom_data: { basket: 7 } })
  const data = [await shop.checkout(link), await shop.checkout(link)].map(({ params }) => params.custom_data)
  const marks = data.map((one) => (one as Record<string, unknown> | undefined)?.[markKey])
  const isRandom = marks.every((mark) => JSON.stringify(mark ?? '').length >= 18) && marks[0] !== marks[1]
  trial.check('the marks are present, long and different', isRandom, data)
  trial.check(
    'the merchant’s custom data is still there',
    JSON.stringify(data[0]).includes('"basket":7'),
    data,
  )
})

scenario('a payment through the link’s own window is kept and reported once', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const payment = await shop.pay(link)
  await shop.advance(2 * hour)
  const report = await shop.report(link)
  trial.check(
    'the link is paid',
    report.status === 'paid' && report.imp_uid === payment.wire.imp_uid,
    report.status,
  )
  trial.check('one event reports it', shop.events('link.paid').length === 1, typesOf(shop))
})

scenario(
  'a wrong amount through the link’s own window is rejected and refunded, with an event for each',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    const pass = await shop.checkout(link, 'clever')
    const payment = await shop.open(pass, { fields: { amount: 100 }, unchecked: true })
    await shop.upstream.approve(payment)
    trial.check(
      'the first event comes at once',
      shop.events('link.payment_rejected').length === 1,
      typesOf(shop),
    )
    await shop.advance(hour)
    trial.check('it is refunded', payment.wire.cancel_amount === 100, moneyOf(payment))
    trial.check(
      'the merchant is told of the refund',
      shop.events('link.payment_returned').length === 1,
      typesOf(shop),
    )
    const { rejected, status } = await shop.report(link)
    const one = rejected?.[0]
    const isListed = one?.imp_uid === payment.wire.imp_uid && one.amount === 100 && Boolean(one.returned)
    trial.check('the report lists it as rejected and refunded', isListed, { rejected })
    trial.check('the link is still open', status === 'open', { status })
  },
)

scenario('a payment in another currency through the window does not pay the link', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const pass = await shop.checkout(link, 'clever')
  const payment = await shop.open(pass, { fields: { currency: 'JPY' }, unchecked: true })
  await shop.upstream.approve(payment)
  await shop.advance(hour)
  trial.check('it is refunded', payment.wire.cancel_amount === 10_000, moneyOf(payment))
})

scenario('a window opened within two minutes after its permission expired still counts', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const pass = await shop.checkout(link, 'slow')
  await shop.advance(pass.holdsUntil - shop.clock.now + minute)
  const payment = await shop.open(pass)
  await shop.upstream.approve(payment)
  await shop.advance(hour)
  const { status, imp_uid } = await shop.report(link)
  trial.check('the link is paid', status === 'paid' && imp_uid === payment.wire.imp_uid, { status })
})

scenario('the mark of an expired permission proves nothing an hour later', async (trial) => {
  const shop = await trial.shop()
  for (const amount of [9_000, 10_000]) {
    const link = await shop.post()
    const { params } = await shop.checkout(link, 'collector')
    await shop.advance(hour + 15 * minute)
    const payment = payWith(shop, link, { amount, custom_data: dataOf(params) })
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
  }
})

scenario('the mark of an expired permission proves nothing beside a new one', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const { params } = await shop.checkout(link, 'collector')
  await shop.advance(30 * minute)
  await shop.checkout(link, 'collector')
  const payment = payWith(shop, link, { amount: 9_000, custom_data: dataOf(params) })
  await settleByAll(shop, link, payment)
  await checkForeign(trial, shop, link, payment)
})

scenario('the mark of another order proves nothing', async (trial) => {
  const shop = await trial.shop()
  for (const [amount, isOpen] of [
    [9_000, false],
    [10_000, false],
    [9_000, true],
  ] as const) {
    const [link, other] = [await shop.post(), await shop.post()]
    const { params } = await shop.checkout(other, 'borrower')
    if (isOpen) await shop.checkout(link, 'visitor')
    const payment = payWith(shop, link, { amount, custom_data: dataOf(params) })
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
    trial.check('the other order’s link stays open', (await shop.report(other)).status === 'open')
  }
})

scenario('the mark of another merchant’s order proves nothing', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const theirs = await shop.post({ user_code: 'imp22222222', merchant_uid: link.order })
  const { params } = await shop.checkout(theirs, 'borrower')
  const payment = payWith(shop, link, { amount: 9_000, custom_data: dataOf(params) })
  await settleByAll(shop, link, payment)
  await checkForeign(trial, shop, link, payment)
})

const corruptData: [what: string, custom_data: (mark: unknown) => string | null][] = [
  ['text that is no JSON', () => '{"dari_checkout": '],
  ['a plain word', () => 'basket-7'],
  ['a number', () => '17'],
  ['a list that holds the mark', (mark) => JSON.stringify([mark])],
  ['the mark one level too deep', (mark) => JSON.stringify({ inner: { [markKey]: mark } })],
  ['a mark that is an object', () => JSON.stringify({ [markKey]: { $ne: null } })],
  ['a mark that is a list', (mark) => JSON.stringify({ [markKey]: [mark] })],
  ['a mark that is true', () => JSON.stringify({ [markKey]: true })],
  ['an empty mark', () => JSON.stringify({ [markKey]: '' })],
  ['a prototype', () => '{"__proto__": {"dari_checkout": "x"}, "constructor": 1}'],
  ['ten thousand letters', () => JSON.stringify({ note: 'x'.repeat(10_000) })],
  ['a mark of ten thousand letters', () => JSON.stringify({ [markKey]: 'x'.repeat(10_000) })],
  ['a thousand levels', () => `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`],
]

scenario('corrupt marks never cause the refund of a wrong amount', async (trial) => {
  const shop = await trial.shop()
  for (const [what, custom_data] of corruptData) {
    const link = await shop.post()
    const { params } = await shop.checkout(link, 'visitor')
    const mark = (params.custom_data as Record<string, unknown> | undefined)?.[markKey] ?? 'no-mark-at-all'
    const payment = payWith(shop, link, { amount: 9_000, custom_data: custom_data(mark) })
    const { status } = await shop.settle(link, payment.wire.imp_uid)
    await shop.settle(link)
    trial.check(`${what}: Dari can read it`, status === 200, { status })
    trial.check(`${what}: nothing is refunded`, payment.wire.cancel_amount === 0, moneyOf(payment))
    const { foreign } = await shop.report(link)
    trial.check(`${what}: the merchant can see it`, foreign?.length === 1, { foreign })
  }
})

scenario('corrupt marks never cause the right amount to be refunded or lost', async (trial) => {
  const shop = await trial.shop()
  for (const [what, custom_data] of corruptData) {
    const link = await shop.post()
    await shop.checkout(link, 'visitor')
    const payment = payWith(shop, link, { amount: 10_000, custom_data: custom_data('no-mark-at-all') })
    await shop.settle(link, payment.wire.imp_uid)
    trial.check(`${what}: nothing is refunded`, payment.wire.cancel_amount === 0, moneyOf(payment))
    const { foreign, imp_uid } = await shop.report(link)
    const isVisible = foreign?.length === 1 || imp_uid === payment.wire.imp_uid
    trial.check(`${what}: the merchant can see it`, isVisible, { foreign, imp_uid })
  }
})

scenario('a window payment with 10,000 characters of custom data is kept', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post({ custom_data: { note: 'x'.repeat(10_000), deep: { list: [1, [2, [3]]] } } })
  await shop.pay(link)
  const { status } = await shop.report(link)
  trial.check('the link is paid', status === 'paid', { status })
})

scenario('a merchant’s own field with the mark’s key does not weaken the proof', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post({ custom_data: { [markKey]: 'the merchant’s own' } })
  const pass = await shop.checkout(link, 'avisitor')
  const payment = await shop.open(pass, { fields: { amount: 100 }, unchecked: true })
  await shop.upstream.approve(payment)
  await shop.advance(hour)
  trial.check(
    'a wrong amount is still recognised and refunded',
    payment.wire.cancel_amount === 100,
    moneyOf(payment),
  )
  const second = await shop.pay(link)
  trial.check('the right amount is kept', (await shop.report(link)).imp_uid === second.wire.imp_uid)
})

scenario(
  'custom data that is not an object is passed on unchanged, and its payment is not lost',
  async (trial) => {
    const shop = await trial.shop()
    for (const custom_data of ['a text', ['a', 'list'], 17, true]) {
      const link = await shop.post({ custom_data })
      const pass = await shop.checkout(link, 'avisitor')
      const same = JSON.stringify(pass.params.custom_data) === JSON.stringify(custom_data)
      trial.check(
        `${JSON.stringify(custom_data)} reaches the window unchanged`,
        same,
        pass.params.custom_data,
      )
      const payment = await shop.open(pass)
      await shop.upstream.approve(payment)
      await shop.advance(hour)
      const { status, foreign } = await shop.report(link)
      const isKnown = status === 'paid' || foreign?.length === 1
      trial.check(`${JSON.stringify(custom_data)}: the payment is kept or reported`, isKnown, {
        status,
        foreign,
      })
    }
  },
)

scenario('a wrong amount through a window without room for a mark is left to the merchant', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post({ custom_data: 'a text' })
  const pass = await shop.checkout(link, 'clever')
  const payment = await shop.open(pass, { fields: { amount: 100 }, unchecked: true })
  await shop.upstream.approve(payment)
  await settleByAll(shop, link, payment)
  await checkForeign(trial, shop, link, payment)
})

scenario('a payment without a start time and without a mark is neither lost nor refunded', async (trial) => {
  const shop = await trial.shop()
  for (const [isMarked, amount] of [
    [true, 10_000],
    [false, 10_000],
    [false, 9_000],
  ] as const) {
    const link = await shop.post()
    const pass = await shop.checkout(link, 'avisitor')
    const payment = isMarked ? await shop.open(pass) : payWith(shop, link, { amount })
    if (isMarked) await shop.upstream.approve(payment, { lost: true })
    payment.overrides = { started_at: amount === 9_000 ? 0 : null }
    await settleByAll(shop, link, payment)
    const label = `${isMarked ? 'marked' : 'unmarked'} ${amount}`
    trial.check(`${label}: nothing is refunded`, payment.wire.cancel_amount === 0, moneyOf(payment))
    const { imp_uid, foreign } = await shop.report(link)
    const isVisible = imp_uid === payment.wire.imp_uid || foreign?.length === 1
    trial.check(`${label}: the merchant can see it`, isVisible, { imp_uid, foreign })
  }
})

scenario(
  'a mark that i’mport adds after the payment was reported as foreign triggers no refund',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    const { params } = await shop.checkout(link, 'avisitor')
    const payment = payWith(shop, link, { amount: 100 })
    await shop.settle(link)
    payment.wire.custom_data = dataOf(params)
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
    const { rejected } = await shop.report(link)
    trial.check('the merchant gets no other event', rejected?.length === 0, { rejected })
  },
)

scenario(
  'a payment of the right amount under another name is not taken for the link’s own',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    await shop.checkout(link, 'visitor')
    await shop.advance(minute)
    const payment = payWith(shop, link, { amount: 10_000, name: '사과 3kg', channel: 'mobile' })
    await settleByAll(shop, link, payment)
    await checkForeign(trial, shop, link, payment)
  },
)

scenario('a payment with a mark counts, whatever name the browser gave it', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const pass = await shop.checkout(link, 'clever')
  const payment = await shop.open(pass, { fields: { name: 'something else', amount: 100 }, unchecked: true })
  await shop.upstream.approve(payment)
  await shop.advance(hour)
  trial.check('a wrong amount is refunded', payment.wire.cancel_amount === 100, moneyOf(payment))
})

scenario(
  'the second of two payments without room for a mark is left to the merchant and reported',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post({ custom_data: 'a text' })
    const first = await shop.open(await shop.checkout(link, 'one'))
    const second = await shop.open(await shop.checkout(link, 'two'))
    await shop.upstream.approve(first)
    await shop.upstream.approve(second)
    await shop.advance(2 * hour)
    for (const one of [first, second])
      trial.check('neither is refunded', one.wire.cancel_amount === 0, moneyOf(one))
    const { imp_uid, foreign, status } = await shop.report(link)
    const known = [imp_uid, ...(foreign ?? []).map((one) => one.imp_uid)]
    const areVisible = [first, second].every(({ wire }) => known.includes(wire.imp_uid))
    trial.check('the merchant can see both', areVisible, { status, known })
  },
)

scenario('a late payment without room for a mark is never refunded', async (trial) => {
  const shop = await trial.shop({ env: { LATE_PAYMENT: 'refund' } })
  const link = await shop.post({ custom_data: ['a', 'list'] })
  const payment = await shop.open(await shop.checkout(link, 'one'))
  await shop.disable(link)
  await shop.advance(20 * minute)
  await shop.upstream.approve(payment)
  await shop.advance(2 * hour)
  trial.check('it is not refunded', payment.wire.cancel_amount === 0, moneyOf(payment))
})

scenario(
  'a customer who pays in the window and in the shop is not refunded for the shop’s payment',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    const payment = await shop.pay(link)
    const inShop = payWith(shop, link, { amount: 10_000, channel: 'mobile' })
    await settleByAll(shop, link, inShop)
    await checkForeign(trial, shop, link, inShop)
    const { imp_uid } = await shop.report(link)
    trial.check('the window’s payment pays the link', imp_uid === payment.wire.imp_uid, { imp_uid })
  },
)
