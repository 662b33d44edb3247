import { expect, test } from 'vitest'
import { createApp } from '../../../src/edge/app.ts'
import type { Database } from '../../../src/edge/platform/ports/database.ts'
import { createFakeIamport } from '../support/fake-iamport.ts'
import { anOrder, openShop } from '../support/shop.ts'

/** Reads answer in an order that nobody expects, so that decisions are made on what is no longer so. */
function unruly(database: Database): Database {
  return {
    async all(query) {
      const rows = await database.all(query)
      for (let turn = Math.floor(Math.random() * 12); turn > 0; turn--) await Promise.resolve()
      return rows
    },
    batch: (queries, about) => database.batch(queries, about),
  }
}

function openUnruly(iamport = createFakeIamport()) {
  const shop = openShop({ iamport })
  const app = createApp({ ...shop.deps, database: unruly(shop.database) })
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  return { ...shop, post }
}

test('two payments approved at once: exactly one is kept, the other goes back', async () => {
  for (let round = 0; round < 20; round++) {
    const shop = openUnruly()
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

test('ten settles of one payment: one move, one notice to the shop', async () => {
  const shop = openUnruly()
  const id = await shop.makeLink()
  shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => shop.post(`/links/${id}/settle`, { imp_uid: 'imp_1' })),
  )
  for (const answer of answers) expect(await answer.json()).toMatchObject({ attempt: { outcome: 'paid' } })
  const { json } = await shop.asMerchant('GET', `/${id}`)
  expect(json.history).toHaveLength(2)
})

test('one payment told at two links of its order at once is kept, and never sent back', async () => {
  const shop = openUnruly()
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

test('racing posts of one order leave exactly one open link', async () => {
  for (let round = 0; round < 10; round++) {
    const shop = openUnruly()
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

test('disabling and paying at once end in one of the two, and the money is accounted for', async () => {
  for (let round = 0; round < 10; round++) {
    const shop = openUnruly()
    const id = await shop.makeLink()
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    await Promise.all([
      shop.post(`/links/${id}/settle`, { imp_uid: 'imp_1' }),
      shop.asMerchant('PUT', `/${id}`),
    ])
    expect((await shop.view(id)).status).toBe('paid')
  }
})

test('what was acknowledged is there after a restart', async () => {
  const place = crypto.randomUUID()
  const before = openShop({ place })
  const id = await before.makeLink()
  before.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
  await before.settle(id, 'imp_1')
  // No close: as after a kill.
  const after = openShop({ place })
  expect((await after.view(id)).status).toBe('paid')
  after.database.close()
  before.database.close()
})
