import { describe, expect, test } from 'vitest'
import { expireLinks } from '../../../src/edge/features/links/expire-links.ts'
import { anAccount, openEventsShop, paid } from '../support/events-shop.ts'
import { mentions, openFailingDatabase } from '../support/failing-database.ts'
import { start } from '../support/shop.ts'

const hour = 3_600_000
const dueIn = 2 * hour

describe('an unpaid virtual account past its due time', () => {
  async function anUnpaidAccount(linkHours: number, env = {}) {
    const shop = openEventsShop({ env })
    const id = await shop.makeLink({ expired_at: (start + linkHours * hour) / 1000, notice_url: '' })
    const payment = shop.iamport.pay(anAccount(start + dueIn))
    await shop.settle(id, 'imp_1')
    shop.clock.now += dueIn + hour - 1
    expect((await shop.view(id)).status).toBe('awaiting_deposit')
    expect(await expireLinks(shop.deps)).toBe(0)
    shop.clock.now += 1
    return {
      ...shop,
      id,
      payment,
      history: async () => (await shop.asMerchant('GET', `/${id}`)).json.history,
    }
  }
  const steps = (history: { from: string; to: string; why: string }[]) =>
    history.map(({ from, to, why }) => `${from} ${to} ${why}`).slice(1)

  test('no longer blocks its link for views and payments', async () => {
    const shop = await anUnpaidAccount(24)
    expect(await shop.view(shop.id)).toMatchObject({ status: 'open', methods: [{}, {}, {}] })
    expect((await shop.asMerchant('GET', '?status=open')).json.items).toHaveLength(1)
    const ask = { method: 'm1', language: 'ko' }
    expect((await shop.send('POST', `/links/${shop.id}/checkout`, ask)).status).toBe(200)
    shop.iamport.pay({ ...paid, imp_uid: 'imp_2', paid_at: shop.clock.now / 1000 })
    expect((await shop.settle(shop.id, 'imp_2')).json.status).toBe('paid')
  })
  test('is removed from its link once, with an event', async () => {
    const shop = await anUnpaidAccount(24)
    expect(await expireLinks(shop.deps)).toBe(1)
    expect(await expireLinks(shop.deps)).toBe(0)
    expect(steps(await shop.history())).toEqual([
      'open awaiting_deposit account_issued',
      'awaiting_deposit open account_expired',
    ])
    await shop.deliver()
    expect(shop.events().map(({ body: { type, data } }) => [type, data.why, data.link.status])).toEqual([
      ['link.awaiting_deposit', 'account_issued', 'awaiting_deposit'],
      ['link.payment_failed', 'account_expired', 'open'],
    ])
    shop.clock.now = start + 24 * hour
    expect(await expireLinks(shop.deps)).toBe(1)
    await shop.deliver()
    expect(shop.types().at(-1)).toBe('link.expired')
  })
  test('is reported before link.expired if the link has expired meanwhile', async () => {
    const shop = await anUnpaidAccount(1)
    expect((await shop.view(shop.id)).status).toBe('expired')
    expect([await expireLinks(shop.deps), await expireLinks(shop.deps)]).toEqual([1, 0])
    expect(steps(await shop.history())).toEqual([
      'open awaiting_deposit account_issued',
      'awaiting_deposit open account_expired',
      'open expired expired',
    ])
    await shop.deliver()
    expect(shop.events().map(({ body: { type, data } }) => [type, data.why, data.link.status])).toEqual([
      ['link.awaiting_deposit', 'account_issued', 'awaiting_deposit'],
      ['link.payment_failed', 'account_expired', 'expired'],
      ['link.expired', 'expired', 'expired'],
    ])
    expect(shop.events()[1]?.body.data.payment).toMatchObject({ imp_uid: 'imp_1', paid_at: null })
    expect((await shop.view(shop.id)).status).toBe('expired')
  })
  test('does not block its link again, however often i’mport is asked', async () => {
    for (const swept of [false, true]) {
      const shop = await anUnpaidAccount(24)
      if (swept) await expireLinks(shop.deps)
      for (let time = 0; time < 3; time++) {
        expect((await shop.settle(shop.id, 'imp_1')).json).toMatchObject({
          status: 'open',
          attempt: { outcome: 'cancelled' },
        })
        expect((await shop.settle(shop.id)).json.status).toBe('open')
      }
      await shop.deliver()
      expect(shop.types()).toEqual(['link.awaiting_deposit', ...(swept ? ['link.payment_failed'] : [])])
    }
  })
  test('is removed before the link’s next transition is recorded', async () => {
    const shop = await anUnpaidAccount(24)
    shop.iamport.pay({ ...paid, imp_uid: 'imp_2', paid_at: shop.clock.now / 1000 })
    await shop.settle(shop.id, 'imp_2')
    expect(steps(await shop.history()).at(-1)).toBe('awaiting_deposit paid paid')
  })
  test('can be replaced by another account', async () => {
    const shop = await anUnpaidAccount(24)
    const second = { ...anAccount(shop.clock.now + dueIn), imp_uid: 'imp_2', vbank_num: '5678' }
    shop.iamport.pay({ ...second, vbank_issued_at: shop.clock.now / 1000 })
    expect((await shop.settle(shop.id, 'imp_2')).json).toMatchObject({
      status: 'awaiting_deposit',
      deposit: { account: '5678' },
    })
  })
  test.each([
    ['keep', 'paid', 'paid'],
    ['refund', 'open', 'cancelled'],
  ])('is handled by LATE_PAYMENT=%s if the deposit arrives late', async (LATE_PAYMENT, status, payment) => {
    for (const swept of [false, true]) {
      const shop = await anUnpaidAccount(24, { LATE_PAYMENT })
      if (swept) await expireLinks(shop.deps)
      Object.assign(shop.payment, { status: 'paid', paid_at: shop.clock.now / 1000 + 121 })
      shop.clock.now += hour
      expect((await shop.settle(shop.id, 'imp_1')).json.status).toBe(status)
      expect(shop.payment.status).toBe(payment)
      const { json } = await shop.asMerchant('GET', `/${shop.id}`)
      if (status === 'paid') expect(json.late).toBe(true)
    }
  })
  test('is paid in time if the deposit was in time and only its notice came late', async () => {
    const shop = await anUnpaidAccount(24, { LATE_PAYMENT: 'refund' })
    await expireLinks(shop.deps)
    Object.assign(shop.payment, { status: 'paid', paid_at: (start + hour) / 1000 })
    expect((await shop.settle(shop.id, 'imp_1')).json.status).toBe('paid')
    expect((await shop.asMerchant('GET', `/${shop.id}`)).json.late).toBe(false)
  })
  test('leaves a link that can be disabled or replaced like any open link', async () => {
    const shop = await anUnpaidAccount(24)
    const newer = await shop.makeLink({ amount: 12_000, expired_at: (start + 24 * hour) / 1000 })
    expect([(await shop.view(shop.id)).status, (await shop.view(newer)).status]).toEqual(['disabled', 'open'])
    const other = await anUnpaidAccount(24)
    expect((await other.asMerchant('PUT', `/${other.id}`)).status).toBe(200)
    expect((await other.view(other.id)).status).toBe('disabled')
  })
})

describe('an expired link', () => {
  test('emits one event from the sweep, and none from a page view', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    shop.clock.now += hour
    for (const path of [`/${id}`, `/links/${id}`]) await shop.send('GET', path)
    expect((await shop.asMerchantOfEvents('GET', '')).json.items).toEqual([])
    const rounds = await Promise.all([1, 2, 3].map(() => expireLinks(shop.deps)))
    expect(rounds.reduce((sum, count) => sum + count)).toBe(1)
    await shop.deliver()
    expect(shop.events().map(({ body }) => body)).toMatchObject([
      { type: 'link.expired', data: { link: { id, status: 'expired' }, payment: null, why: 'expired' } },
    ])
  })
  test('emits no link.expired event if it was paid, disabled or replaced before', async () => {
    const shop = openEventsShop()
    const [done, closed] = [await shop.makeLink(), await shop.makeLink({ merchant_uid: 'order-2' })]
    shop.iamport.pay(paid)
    await shop.settle(done, 'imp_1')
    await shop.asMerchant('PUT', `/${closed}`)
    await shop.makeLink({ merchant_uid: 'order-3' })
    await shop.makeLink({ merchant_uid: 'order-3', amount: 12_000 })
    shop.clock.now += hour
    expect(await expireLinks(shop.deps)).toBe(1)
    await shop.deliver()
    expect(shop.types().filter((type) => type === 'link.expired')).toHaveLength(1)
  })
  test('is reported once, and so is the end of every later virtual account', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink({ notice_url: '' })
    shop.clock.now += hour
    await expireLinks(shop.deps)
    for (const imp_uid of ['imp_1', 'imp_2']) {
      const account = { ...anAccount(shop.clock.now + hour), imp_uid }
      // Issued in time but reported late.
      shop.iamport.pay({ ...account, vbank_issued_at: start / 1000 + 60 })
      expect((await shop.settle(id, imp_uid)).json.status).toBe('awaiting_deposit')
      shop.clock.now += dueIn
      expect([await expireLinks(shop.deps), await expireLinks(shop.deps)]).toEqual([1, 0])
      expect((await shop.view(id)).status).toBe('expired')
    }
    await shop.deliver()
    expect(shop.events().map(({ body: { type, data } }) => [type, data.why, data.link.status])).toEqual([
      ['link.expired', 'expired', 'expired'],
      ['link.awaiting_deposit', 'account_issued', 'awaiting_deposit'],
      ['link.payment_failed', 'account_expired', 'expired'],
      ['link.awaiting_deposit', 'account_issued', 'awaiting_deposit'],
      ['link.payment_failed', 'account_expired', 'expired'],
    ])
    const { history } = (await shop.asMerchant('GET', `/${id}`)).json
    expect(history.slice(1).map(({ to, why }: { to: string; why: string }) => `${to} ${why}`)).toEqual([
      'expired expired',
      'awaiting_deposit account_issued',
      'expired account_expired',
      'awaiting_deposit account_issued',
      'expired account_expired',
    ])
  })
  test('that is paid late emits a paid event marked as late', async () => {
    const shop = openEventsShop()
    const id = await shop.makeLink()
    shop.clock.now += hour
    await expireLinks(shop.deps)
    shop.iamport.pay({ ...paid, paid_at: shop.clock.now / 1000 + 121 })
    await shop.settle(id, 'imp_1')
    await shop.deliver()
    expect(shop.events().at(-1)?.body).toMatchObject({ type: 'link.paid', data: { payment: { late: true } } })
  })
  test('is swept in one run with any number of others', async () => {
    const shop = openEventsShop()
    for (let order = 0; order < 105; order++) await shop.makeLink({ merchant_uid: `order-${order}` })
    shop.clock.now += hour
    expect([await expireLinks(shop.deps), await expireLinks(shop.deps)]).toEqual([105, 0])
  })
  test('is left to the next run if the host stops this one', async () => {
    const shop = openEventsShop()
    for (let order = 0; order < 5; order++) await shop.makeLink({ merchant_uid: `order-${order}` })
    shop.clock.now += hour
    let left = 2
    expect(await expireLinks(shop.deps, () => left-- > 0)).toBe(2)
    expect(await expireLinks(shop.deps)).toBe(3)
  })
  test('is swept although 60 earlier ones fail, which are retried after an hour', async () => {
    const { database, state } = openFailingDatabase()
    const shop = openEventsShop({ database })
    const failing: string[] = []
    for (let order = 0; order < 60; order++)
      failing.push(await shop.makeLink({ merchant_uid: `failing-${order}` }))
    await shop.makeLink({ merchant_uid: 'sound', expired_at: start / 1000 + 3601 })
    shop.clock.now += hour + 1000
    state.fails = (queries) => queries.length > 1 && mentions(queries, failing)
    expect(await expireLinks(shop.deps)).toBe(1)
    const told = shop.log.filter(({ event }) => event === 'sweep.failed')
    expect(told.map(({ link }) => link)).toEqual(expect.arrayContaining(failing))
    expect(told).toHaveLength(60)
    expect(await expireLinks(shop.deps)).toBe(0)
    expect(shop.log.filter(({ event }) => event === 'sweep.failed')).toHaveLength(60)
    state.fails = () => false
    shop.clock.now += hour
    expect(await expireLinks(shop.deps)).toBe(60)
  })
})
