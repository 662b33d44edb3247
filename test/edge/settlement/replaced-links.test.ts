import { describe, expect, test } from 'vitest'
import { markOf, openShop, start } from '../support/shop.ts'

const account = {
  imp_uid: 'imp_v',
  merchant_uid: 'order-1',
  status: 'ready',
  pay_method: 'vbank',
  paid_at: 0,
  vbank_num: '1',
  vbank_date: start / 1000 + 7200,
}

test('reports a declined payment as provisional while the window of a replaced link may be open', async () => {
  const shop = openShop()
  const older = await shop.makeLink()
  await shop.send('POST', `/links/${older}/checkout`, { method: 'm1', language: 'ko', visitor: 'tab-1' })
  await shop.send('POST', `/links/${older}/opened`, { visitor: 'tab-1' })
  const newer = await shop.makeLink({ title: '새 제목' })
  shop.iamport.pay({
    imp_uid: 'imp_2',
    merchant_uid: 'order-1',
    status: 'failed',
    fail_reason: '한도초과',
    paid_at: 0,
  })
  const { attempt } = (await shop.settle(newer, 'imp_2')).json
  expect(attempt).toEqual({ outcome: 'declined', so_far: true })
})

describe('posting the same order again', () => {
  test('returns the same link if the content is the same', async () => {
    const shop = openShop()
    const order = { custom_data: { a: 1, b: [2] } }
    expect(await shop.makeLink(order)).toBe(await shop.makeLink({ custom_data: { b: [2], a: 1 } }))
  })
  test('with another amount creates a new link and closes the older one', async () => {
    const shop = openShop()
    const older = await shop.makeLink()
    const newer = await shop.makeLink({ amount: 12_000 })
    expect(newer).not.toBe(older)
    expect([(await shop.view(older)).status, (await shop.view(newer)).status]).toEqual(['disabled', 'open'])
    const { json } = await shop.asMerchant('GET', `/${older}`)
    expect(json.history.at(-1)).toMatchObject({ from: 'open', to: 'disabled', why: 'superseded' })
  })
  test('creates a new link after the first expired, was disabled or was refunded', async () => {
    const shop = openShop()
    const first = await shop.makeLink()
    await shop.asMerchant('PUT', `/${first}`)
    const second = await shop.makeLink()
    shop.clock.now += 3_600_000
    const later = { expired_at: start / 1000 + 36_000 }
    const third = await shop.makeLink(later)
    const payment = shop.iamport.pay({
      imp_uid: 'imp_1',
      merchant_uid: 'order-1',
      paid_at: shop.clock.now / 1000,
    })
    await shop.settle(third, 'imp_1')
    Object.assign(payment, { status: 'cancelled', cancel_amount: 10_000 })
    await shop.settle(third, 'imp_1')
    const fourth = await shop.makeLink(later)
    expect(new Set([first, second, third, fourth]).size).toBe(4)
  })
  test('is refused after the order was paid', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    await shop.settle(id, 'imp_1')
    for (const amount of [10_000, 12_000])
      await expect(shop.makeLink({ amount })).rejects.toThrow('paid already')
  })
  test('while a deposit is awaited returns the same link, or says to disable it first', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay(account)
    await shop.settle(id, 'imp_v')
    expect(await shop.makeLink()).toBe(id)
    await expect(shop.makeLink({ amount: 12_000 })).rejects.toThrow('disable that link first')
    expect((await shop.asMerchant('PUT', `/${id}`)).status).toBe(200)
    expect(await shop.makeLink({ amount: 12_000 })).not.toBe(id)
  })
  test('as a sub-merchant creates a separate order', async () => {
    const shop = openShop()
    expect(await shop.makeLink()).not.toBe(
      (
        await shop.asMerchant('POST', '', (await import('../support/shop.ts')).anOrder(), { tier: 'T01' })
      ).json.shortenedUrl.slice(-18),
    )
  })
})

describe('an order with an older and a newer link', () => {
  test('does not reject the newer link’s payment for a wrong amount on the older link', async () => {
    const shop = openShop()
    const older = await shop.makeLink()
    const newer = await shop.makeLink({ amount: 12_000 })
    const payment = shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 12_000 })
    expect((await shop.settle(older)).json).toMatchObject({
      // The customer at the older address sees the receipt, not that nothing was charged.
      id: older,
      status: 'paid',
      amount: 12_000,
      attempt: { outcome: 'paid' },
    })
    expect(payment.status).toBe('paid')
    expect((await shop.view(newer)).status).toBe('paid')
  })
  test('is paid once: the other link rejects further payments', async () => {
    const shop = openShop()
    const older = await shop.makeLink()
    const newer = await shop.makeLink({ amount: 12_000 })
    const paid_at = start / 1000 + 5
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', paid_at, custom_data: markOf(older) })
    await shop.settle(older, 'imp_1')
    expect([(await shop.view(older)).status, (await shop.view(newer)).status]).toEqual(['paid', 'paid'])
    expect((await shop.asMerchant('GET', `/${newer}`)).json.status).toBe('disabled')
    const second = shop.iamport.pay({ imp_uid: 'imp_2', merchant_uid: 'order-1', amount: 12_000 })
    expect((await shop.settle(newer, 'imp_2')).json.attempt).toMatchObject({
      why: 'second_payment',
      returned: true,
    })
    expect(second.status).toBe('cancelled')
  })
})

describe('disabling a link as a merchant', () => {
  test('is idempotent', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    for (let time = 0; time < 2; time++)
      expect(await shop.asMerchant('PUT', `/${id}`)).toMatchObject({ status: 200, json: {} })
    expect((await shop.view(id)).status).toBe('disabled')
  })
  test('answers 200 for an expired link, which stays expired', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.clock.now += 3_600_000
    const authorization = await shop.signIn()
    expect((await shop.asMerchant('PUT', `/${id}`, undefined, { authorization })).status).toBe(200)
    expect((await shop.view(id)).status).toBe('expired')
  })
  test('answers 409 for a paid link', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    await shop.settle(id, 'imp_1')
    expect((await shop.asMerchant('PUT', `/${id}`)).status).toBe(409)
  })
  test('answers 404 for an unknown link or a link of another merchant', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    const authorization = await shop.signIn('other', 'other')
    for (const [method, path] of [
      ['PUT', id],
      ['GET', id],
      ['PUT', '0'.repeat(18)],
      ['GET', 'x'],
    ] as const)
      expect((await shop.asMerchant(method, `/${path}`, undefined, { authorization })).status).toBe(404)
    expect((await shop.view(id)).status).toBe('open')
  })
})

describe('listing links as a merchant', () => {
  test('pages through all of them', async () => {
    const shop = openShop()
    const ids: string[] = []
    for (let n = 0; n < 5; n++) {
      ids.unshift(await shop.makeLink({ merchant_uid: `o-${n}` }))
      if (n % 2) shop.clock.now += 1000
    }
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { json } = await shop.asMerchant('GET', `?limit=2&cursor=${cursor}`)
      seen.push(...json.items.map(({ id }: { id: string }) => id))
      cursor = json.next_cursor
    }
    expect(seen.toSorted()).toEqual(ids.toSorted())
    expect(seen).toHaveLength(5)
  })
  test('filters by every status as the page shows it', async () => {
    const shop = openShop()
    const make = (merchant_uid: string, order = {}) => shop.makeLink({ merchant_uid, ...order })
    const expired = await make('expired', { expired_at: start / 1000 + 10 })
    const open = await make('open')
    const disabled = await make('disabled')
    await shop.asMerchant('PUT', `/${disabled}`)
    const paid = await make('paid')
    shop.iamport.pay({ imp_uid: 'p', merchant_uid: 'paid' })
    await shop.settle(paid, 'p')
    const refunded = await make('refunded')
    shop.iamport.pay({ imp_uid: 'r', merchant_uid: 'refunded', status: 'cancelled', cancel_amount: 10_000 })
    await shop.settle(refunded, 'r')
    const awaiting = await make('awaiting')
    shop.iamport.pay({ ...account, merchant_uid: 'awaiting' })
    await shop.settle(awaiting, 'imp_v')
    const unpaid = await make('unpaid', { expired_at: start / 1000 + 10 })
    shop.iamport.pay({ ...account, imp_uid: 'u', merchant_uid: 'unpaid', vbank_date: start / 1000 - 3580 })
    await shop.settle(unpaid, 'u')
    shop.clock.now += 10_000
    const waiting = await shop.asMerchant('GET', '?status=awaiting_deposit&merchant_uid=unpaid')
    expect(waiting.json.items).toHaveLength(1)
    shop.clock.now += 10_000
    const wanted = {
      open: [open],
      expired: [unpaid, expired],
      disabled: [disabled],
      paid: [paid],
      refunded: [refunded],
      awaiting_deposit: [awaiting],
    }
    for (const [status, ids] of Object.entries(wanted)) {
      const { json } = await shop.asMerchant('GET', `?status=${status}`)
      expect(json.items.map(({ id }: { id: string }) => id).toSorted(), status).toEqual(ids.toSorted())
      for (const id of ids) expect((await shop.view(id)).status).toBe(status)
    }
  })
  test('filters by order and time, and names invalid filters', async () => {
    const shop = openShop()
    const id = await shop.makeLink({ merchant_uid: 'x' })
    await shop.makeLink({ merchant_uid: 'y' })
    const items = async (query: string) => (await shop.asMerchant('GET', query)).json.items
    expect(await items('?merchant_uid=x')).toMatchObject([
      { id, amount: 10_000, shortenedUrl: `https://pay.example/${id}` },
    ])
    expect(await items(`?created_from=${new Date(start + 1).toISOString()}`)).toEqual([])
    expect(await items(`?created_to=${start / 1000}`)).toHaveLength(2)
    const { status, json } = await shop.asMerchant('GET', '?status=gone&limit=101&cursor=1&created_to=now')
    expect(status).toBe(400)
    expect(json.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      'created_to',
      'cursor',
      'limit',
      'status',
    ])
  })
})
