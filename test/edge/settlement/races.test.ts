import { expect, test } from 'vitest'
import { createApp } from '../../../src/edge/app.ts'
import type { Database } from '../../../src/edge/platform/ports/database.ts'
import { createFakeIamport } from '../support/fake-iamport.ts'
import { anOrder, openShop } from '../support/shop.ts'

/** A database whose reads return out of order, so that decisions are made on stale rows. */
function withReorderedReads(database: Database): Database {
  return {
    async all(query) {
      const rows = await database.all(query)
      for (let turn = Math.floor(Math.random() * 12); turn > 0; turn--) await Promise.resolve()
      return rows
    },
    batch: (queries, about) => database.batch(queries, about),
  }
}

function openRacingShop(iamport = createFakeIamport()) {
  const shop = openShop({ iamport })
  const app = createApp({ ...shop.deps, database: withReorderedReads(shop.database) })
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  return { ...shop, post }
}

test('keeps exactly one of two simultaneous payments and refunds the other', async () => {
  for (let round = 0; round < 20; round++) {
    const shop = openRacingShop()
    const id = await shop.makeLink()
    const both = ['imp_1', 'imp_2'].map((imp_uid) => shop.iamport.pay({ imp_uid, merchant_uid: 'order-1' }))
    const asked = both.flatMap(({ imp_uid }) => [
      shop.post(`/links/${id}/settle`, { imp_uid }),
      shop.post(`/links/${id}/notice`, { imp_uid }),
      shop.post(`/links/${id}/settle`, {}),
    ])
    for (const answer of await Promise.all(asked)) expect(answer.status).toBe(200)
    expect(both.map(({ status }) => status).sort()).toEqual(['cancelled', 'paid'])
    const { json } = await shop.asMerchant('GET', `/${id}`)
    expect(json.status).toBe('paid')
    expect(shop.iamport.payments.get(json.imp_uid)?.status).toBe('paid')
    expect(
      json.history.filter(({ from, to }: { from: string; to: string }) => from !== to && to === 'paid'),
    ).toHaveLength(1)
  }
})

test('applies one transition for ten simultaneous settle requests of the same payment', async () => {
  const shop = openRacingShop()
  const id = await shop.makeLink()
  shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => shop.post(`/links/${id}/settle`, { imp_uid: 'imp_1' })),
  )
  for (const answer of answers) expect(await answer.json()).toMatchObject({ attempt: { outcome: 'paid' } })
  const { json } = await shop.asMerchant('GET', `/${id}`)
  expect(json.history).toHaveLength(2)
})

test('keeps a payment that two links of the same order settle at once', async () => {
  const shop = openRacingShop()
  const older = await shop.makeLink()
  const newer = await shop.makeLink({ expired_at: shop.clock.now / 1000 + 7200 })
  const payment = shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
  const answers = await Promise.all(
    [newer, older, newer, older].map((id) => shop.post(`/links/${id}/settle`, { imp_uid: 'imp_1' })),
  )
  for (const answer of answers) expect(answer.status).toBe(200)
  expect(payment).toMatchObject({ status: 'paid', cancel_amount: 0 })
  const links = [await shop.asMerchant('GET', `/${older}`), await shop.asMerchant('GET', `/${newer}`)]
  expect(links.map(({ json }) => json.status).sort()).toEqual(['disabled', 'paid'])
})

test('leaves exactly one open link after racing posts of the same order', async () => {
  for (let round = 0; round < 10; round++) {
    const shop = openRacingShop()
    const authorization = await shop.signIn()
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, at) =>
        shop.post('/api/supplements/v1/link/payment', anOrder({ amount: 1000 + (at % 3) }), {
          authorization,
        }),
      ),
    )
    for (const answer of answers) expect(answer.status).toBe(200)
    const { json } = await shop.asMerchant('GET', '?status=open&merchant_uid=order-1')
    expect(json.items).toHaveLength(1)
  }
})

test('ends as paid when a link is disabled and paid at the same time', async () => {
  for (let round = 0; round < 10; round++) {
    const shop = openRacingShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    await Promise.all([
      shop.post(`/links/${id}/settle`, { imp_uid: 'imp_1' }),
      shop.asMerchant('PUT', `/${id}`),
    ])
    expect((await shop.view(id)).status).toBe('paid')
  }
})

test('keeps acknowledged payments after a restart', async () => {
  const place = crypto.randomUUID()
  const before = openShop({ place })
  const id = await before.makeLink()
  before.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
  await before.settle(id, 'imp_1')
  // Not closed first, as after a crash.
  const after = openShop({ place })
  expect((await after.view(id)).status).toBe('paid')
  after.database.close()
  before.database.close()
})
