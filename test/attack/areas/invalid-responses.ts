// Invalid, broken and false responses of i'mport.
import { area } from '../scenario.ts'
import { hour, type Link, minute, type Shop } from '../shop.ts'
import type { Entry } from '../upstream/records.ts'
import type { Call } from '../upstream/rest.ts'
import { moneyOf } from './foreign-payments.ts'

const { scenarios, scenario } = area('invalid-responses')

export { scenarios }

async function approveWith(shop: Shop, link: Link, lies: Record<string, unknown>): Promise<Entry> {
  const payment = await shop.open(await shop.checkout(link, 'tab'))
  payment.overrides = lies
  await shop.upstream.approve(payment)
  return payment
}

const invalid: [what: string, lies: Record<string, unknown>][] = [
  ['paid in the year thirty million', { paid_at: 1e15 }],
  ['started in the year thirty million', { started_at: 1e15 }],
  ['paid long before 1970', { paid_at: -1e15 }],
  ['an account due in the year three hundred million', { vbank_date: 1e16, vbank_num: '1', vbank_name: 'x' }],
  ['an amount of 10^21', { amount: 1e21 }],
  ['an amount above what can be counted', { amount: 2 ** 53 + 2 }],
  ['a negative amount', { amount: -10_000 }],
  ['no amount', { amount: null }],
  ['an amount as text', { amount: '10000' }],
  ['more refunded than paid', { cancel_amount: 1e21 }],
  ['a fraction of a second', { paid_at: 1_800_000_000.5 }],
  ['another order', { merchant_uid: 'another-order' }],
  ['a name that is a list', { name: ['a'] }],
  ['an unknown channel', { channel: 'satellite' }],
  ['no state at all', { status: null }],
]

scenario(
  'invalid responses never crash Dari, and the payment is recorded once they are valid',
  async (trial) => {
    const shop = await trial.shop()
    for (const [what, lies] of invalid) {
      const link = await shop.post()
      const payment = await approveWith(shop, link, lies)
      const statuses: number[] = []
      for (const impUid of [undefined, payment.wire.imp_uid])
        statuses.push((await shop.settle(link, impUid)).status)
      await shop.advance(2 * minute)
      trial.check(`${what}: no request fails with 500`, !statuses.includes(500), statuses)
      trial.check(`${what}: nothing is refunded`, payment.wire.cancel_amount === 0, moneyOf(payment))
      payment.overrides = {}
      const { view } = await shop.settle(link, payment.wire.imp_uid)
      const { imp_uid } = await shop.report(link)
      trial.check(
        `${what}: afterwards it is paid`,
        view.status === 'paid' && imp_uid === payment.wire.imp_uid,
        view.status,
      )
    }
  },
)

scenario('an invalid entry in i’mport’s list hides no other payment', async (trial) => {
  const shop = await trial.shop()
  for (const lies of [
    { amount: null },
    { paid_at: 1e15 },
    { imp_uid: 7 },
    { amount: 1e21 },
    { merchant_uid: null },
  ]) {
    const link = await shop.post()
    const broken = await shop.open(await shop.checkout(link, 'tab'))
    broken.overrides = lies
    shop.upstream.fail(broken)
    const payment = await shop.open(await shop.checkout(link, 'tab'))
    await shop.upstream.approve(payment, { lost: true })
    const { view, status } = await shop.settle(link)
    trial.check(`the paid entry beside ${JSON.stringify(lies)} is found`, view.status === 'paid', { status })
  }
})

scenario('a currency in lower case is accepted', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const payment = await approveWith(shop, link, { currency: 'krw' })
  await shop.advance(hour)
  trial.check('nothing is refunded', payment.wire.cancel_amount === 0, moneyOf(payment))
  const { status } = await shop.report(link)
  trial.check('the link is paid', status === 'paid', { status })
})

scenario('an excess of half a won is refunded in full', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const pass = await shop.checkout(link, 'tab')
  const payment = await shop.open(pass, { fields: { amount: 10_000.5 }, unchecked: true })
  await shop.upstream.approve(payment)
  await shop.advance(hour)
  trial.check('all of it is refunded', payment.wire.cancel_amount === 10_000.5, moneyOf(payment))
})

scenario('an excess of one US cent is refunded in full', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post({ amount: 12.5, currency: 'USD' })
  const pass = await shop.checkout(link, 'tab')
  const payment = await shop.open(pass, { fields: { amount: 12.51 }, unchecked: true })
  await shop.upstream.approve(payment)
  await shop.advance(hour)
  trial.check('all of it is refunded', payment.wire.cancel_amount === 12.51, moneyOf(payment))
})

scenario('a receipt URL that is a script is never shown', async (trial) => {
  const shop = await trial.shop()
  for (const receipt_url of [
    'javascript:alert(1)',
    'data:text/html,<script>1</script>',
    ' JavaScript:1',
    '//evil',
  ]) {
    const link = await shop.post()
    const payment = await approveWith(shop, link, { receipt_url })
    const { receipt, status } = await shop.view(link)
    trial.check('the link is paid', status === 'paid', { status, imp_uid: payment.wire.imp_uid })
    trial.check(`${receipt_url} is left out`, !receipt?.receipt_url, receipt)
  }
})

scenario('a response about another payment than the requested one is ignored', async (trial) => {
  const shop = await trial.shop()
  const [link, other] = [await shop.post(), await shop.post()]
  const theirs = await shop.pay(other)
  const open = await shop.open(await shop.checkout(link, 'tab'))
  const forged = { ...theirs.wire, merchant_uid: link.order }
  shop.upstream.faults.push(({ path }) =>
    path === `/payments/${open.wire.imp_uid}`
      ? Response.json({ code: 0, message: null, response: forged })
      : undefined,
  )
  await shop.settle(link, open.wire.imp_uid)
  const { status, imp_uid } = await shop.report(link)
  trial.check('the link is not paid by it', imp_uid === null, { status, imp_uid })
})

scenario('a payment through a test channel pays nothing in live mode', async (trial) => {
  const shop = await trial.shop({ skipAudit: true })
  const link = await shop.post()
  const payment = await shop.open(await shop.checkout(link, 'tab'), { fields: { sandbox: true } })
  await shop.upstream.approve(payment)
  await shop.settle(link)
  await shop.settle(link, payment.wire.imp_uid)
  await shop.advance(2 * hour)
  const { status, imp_uid } = await shop.report(link)
  trial.check('the link is not paid', imp_uid === null, { status, imp_uid })
  trial.check('no event says that it is', shop.events('link.paid').length === 0)
})

const broken: [what: string, answer: () => Response | Promise<Response>][] = [
  ['an HTML page', () => new Response('<html>점검중</html>', { headers: { 'content-type': 'text/html' } })],
  ['an error of its own', () => new Response('oops', { status: 500 })],
  ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } })],
  ['half an answer', () => new Response('{"code":0,"response":{"imp_uid":"imp_0')],
  ['nothing', () => new Response('')],
  ['five megabytes of letters', () => new Response('x'.repeat(5_000_000))],
  ['a list instead of a payment', () => Response.json({ code: 0, message: null, response: [] })],
  ['a list that is none', () => Response.json({ code: 0, message: null, response: { total: 1, list: 'x' } })],
  [
    'no permission',
    () => Response.json({ code: -1, message: 'Unauthorized', response: null }, { status: 401 }),
  ],
  ['too many requests', () => Response.json({ code: -1, message: '', response: null }, { status: 429 })],
]

scenario('broken responses change nothing and never rule out a charge', async (trial) => {
  const shop = await trial.shop()
  for (const [what, answer] of broken) {
    const link = await shop.post()
    const payment = await shop.open(await shop.checkout(link, 'tab'))
    const fault = ({ path }: Call) => (path.startsWith('/payments') ? answer() : undefined)
    shop.upstream.faults.push(fault)
    await shop.upstream.approve(payment)
    const { status } = await shop.settle(link, payment.wire.imp_uid)
    trial.check(`${what}: the page is told to retry`, status === 503 || status === 200, { status })
    shop.upstream.faults.length = 0
    const { view } = await shop.settle(link)
    trial.check(`${what}: afterwards it is paid`, view.status === 'paid', view.status)
  }
})

scenario('a late prepare of the older price does not block the newer window', async (trial) => {
  const shop = await trial.shop()
  const older = await shop.post({ merchant_uid: 'order-p', amount: 100 })
  let release = () => {}
  const landed = new Promise<void>((resolve) => {
    release = resolve
  })
  shop.upstream.faults.push(async ({ path, body }) => {
    if (path === '/payments/prepare' && Number(body.amount) === 100) await landed
    return undefined
  })
  const slow = shop.edge.request('POST', `/links/${older.id}/checkout`, { method: 'm1', language: 'ko' })
  while (!shop.upstream.calls.some(({ path }) => path === '/payments/prepare'))
    await new Promise(setImmediate)
  const newer = await shop.post({ merchant_uid: 'order-p', amount: 200 })
  const pass = await shop.checkout(newer, 'tab')
  release()
  const { status } = await slow
  trial.check('the older page opens no window', status === 409, { status })
  const prepared = shop.upstream.prepared.get('imp11111111 order-p')?.amount
  trial.check('i’mport keeps the newer price', prepared === 200, { prepared })
  const opened = await shop.open(pass).catch((error: Error) => error.message)
  trial.check('the newer window opens', typeof opened !== 'string', opened)
})

scenario('names and numbers in i’mport’s error messages do not reach the log', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const message = '등록할 수 없습니다: 홍길동 010-1234-5678'
  const refusal = () => Response.json({ code: 1, message, response: null })
  shop.upstream.faults.push(({ path }) => (path === '/payments/prepare' ? refusal() : undefined))
  const { status } = await shop.requestCheckout(link)
  trial.check('the window does not open', status >= 500, { status })
  const lines = shop.edge
    .log()
    .split('\n')
    .filter((line) => /홍길동|1234-5678/.test(line))
  trial.check('the log has neither', lines.length === 0, lines[0])
})
