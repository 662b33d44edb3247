// Cards typed into Dari's page: charged through REST, and still the link's own payment.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer } from '../edge/edge.ts'
import { area } from '../scenario.ts'
import { hour, type Link, type Shop } from '../shop.ts'
import { checkForeign, moneyOf, settleByAll, typesOf } from './foreign-payments.ts'

const { scenarios, scenario } = area('cards')

export { scenarios }

const merchant = {
  card_form: true,
  terms_url: 'https://shop.example/terms',
  privacy_url: 'https://shop.example/privacy',
}
const card = { number: '4242424242424242', expiry: '2031-12', birth: '900101', password: '12' }
const method = { channelKey: 'channel-key-1', pg: 'nice_v2.MOIshop001', pay_method: 'card', label: '카드' }

const postCardLink = (shop: Shop, order = {}) =>
  shop.post({ customer_uid: 'kim-1', card_form: true, customer_id: 'kim', pay_methods: [method], ...order })

const typeCard = (shop: Shop, link: Link): Promise<Answer> =>
  shop.edge.request('POST', `/links/${link.id}/card`, {
    ...card,
    terms: true,
    privacy: true,
    visitor: 'atab',
  })

scenario(
  'a card typed into Dari’s page pays its link and is not reported as a foreign payment',
  async (trial) => {
    const shop = await trial.shop({ merchant })
    for (const custom_data of [undefined, { basket: 7 }, 'a text']) {
      const data = custom_data === undefined ? {} : { custom_data }
      const link = await postCardLink(shop, {
        customer_uid: `kim-${JSON.stringify(custom_data)?.length ?? 0}`,
        ...data,
      })
      const { status, text } = await typeCard(shop, link)
      trial.check('the card is accepted', status === 200, { status, text })
      await shop.advance(hour)
      const report = await shop.report(link)
      const payment = shop.upstream.entries.find(({ wire }) => wire.merchant_uid === link.order)
      const isPaid = report.imp_uid !== null && report.imp_uid === payment?.wire.imp_uid
      trial.check('the payment pays the link', isPaid, { status: report.status, imp_uid: report.imp_uid })
      trial.check('nothing is refunded', payment?.wire.cancel_amount === 0, payment && moneyOf(payment))
      trial.check(
        'no event reports it as foreign',
        shop.events('link.payment_foreign').length === 0,
        typesOf(shop),
      )
    }
  },
)

scenario('a card charge whose response is lost is charged once and found', async (trial) => {
  const shop = await trial.shop({ merchant })
  const link = await postCardLink(shop)
  let charges = 0
  shop.upstream.faults.push(({ path, body }) => {
    if (path !== '/subscribe/payments/onetime') return undefined
    charges += 1
    shop.upstream.charge('imp11111111', body)
    return new Response('gateway timeout', { status: 504 })
  })
  await typeCard(shop, link)
  await typeCard(shop, link)
  await shop.advance(2 * hour)
  trial.check('it is charged once', charges === 1, { charges })
  const { imp_uid, status } = await shop.report(link)
  trial.check('the link is paid', imp_uid === shop.upstream.entries[0]?.wire.imp_uid, { status, imp_uid })
  trial.check('nothing is refunded', shop.upstream.entries[0]?.wire.cancel_amount === 0)
})

scenario('a card typed for an order that was paid elsewhere is not charged', async (trial) => {
  const shop = await trial.shop({ merchant })
  const link = await postCardLink(shop)
  const payment = shop.upstream.payElsewhere({ merchant_uid: link.order, amount: 10_000 })
  await shop.settle(link)
  const { status } = await typeCard(shop, link)
  trial.check('the card is refused', status === 409, { status })
  await settleByAll(shop, link, payment)
  const charged = shop.upstream.entries.filter((entry) => entry !== payment)
  trial.check('nothing is charged', charged.length === 0, charged.map(moneyOf))
  await checkForeign(trial, shop, link, payment)
})

scenario(
  'a recurring charge under the order number of a card’s first payment is left alone',
  async (trial) => {
    const shop = await trial.shop({ merchant })
    const link = await postCardLink(shop)
    await typeCard(shop, link)
    await shop.advance(3 * hour)
    const renewal = shop.upstream.payElsewhere({
      merchant_uid: link.order,
      amount: 10_000,
      channel: 'api',
      customer_uid: 'kim-1',
    })
    await settleByAll(shop, link, renewal)
    await checkForeign(trial, shop, link, renewal)
  },
)

scenario('a card number is in no log line, event or file', async (trial) => {
  const folder = mkdtempSync(join(tmpdir(), 'dari-attack-'))
  const shop = await trial.shop({ merchant, database: join(folder, 'dari.db') })
  const link = await postCardLink(shop)
  shop.upstream.faults.push(({ path }) =>
    path === '/subscribe/payments/onetime'
      ? Response.json({ code: 1, message: `카드 ${card.number} 4242-4242-4242-4242 거절`, response: null })
      : undefined,
  )
  const { text } = await typeCard(shop, link)
  await shop.advance(hour)
  const log = shop.edge.log()
  await shop.restart()
  const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'))
  const isIn = (text: string) => text.includes(card.number) || text.includes('4242-4242-4242')
  trial.check('not in the response', !isIn(text), text)
  trial.check('not in the log', !isIn(log))
  trial.check('not in an event', !isIn(JSON.stringify(shop.receivers.received)))
  trial.check('not in the database', !bytes.some(isIn))
})
