import { describe, expect, test } from 'vitest'
import { openShop } from '../support/shop.ts'

const minute = 60_000

function openBusyShop() {
  const shop = openShop()
  return {
    ...shop,
    mayOpen: (id: string, visitor?: string) =>
      shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko', visitor }),
    opens: (id: string, visitor: string) => shop.send('POST', `/links/${id}/opened`, { visitor }),
    sees: async (id: string, visitor?: string) =>
      (await shop.send('GET', `/links/${id}${visitor ? `?visitor=${visitor}` : ''}`)).json.busy ?? false,
  }
}

describe('a payment is under way on another screen', () => {
  test('from when its window opens, for everybody but its own tab', async () => {
    const shop = openBusyShop()
    const id = await shop.makeLink()
    await shop.mayOpen(id, 'tab-1')
    expect(await shop.sees(id, 'tab-2')).toBe(false)
    await shop.opens(id, 'tab-1')
    expect([await shop.sees(id, 'tab-1'), await shop.sees(id, 'tab-2'), await shop.sees(id)]).toEqual([
      false,
      true,
      true,
    ])
    expect((await shop.send('GET', `/${id}`)).json.view.busy).toBe(true)
  })
  test('for ten minutes at most', async () => {
    const shop = openBusyShop()
    const id = await shop.makeLink()
    await shop.mayOpen(id, 'tab-1')
    await shop.opens(id, 'tab-1')
    shop.clock.now += 10 * minute - 1
    expect(await shop.sees(id, 'tab-2')).toBe(true)
    shop.clock.now += 1
    expect(await shop.sees(id, 'tab-2')).toBe(false)
  })
  test('until i’mport says that it came to nothing', async () => {
    const shop = openBusyShop()
    const id = await shop.makeLink()
    await shop.mayOpen(id, 'tab-1')
    await shop.opens(id, 'tab-1')
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', status: 'failed', paid_at: 0 })
    await shop.send('POST', `/links/${id}/settle`, { imp_uid: 'imp_1', visitor: 'tab-1' })
    expect(await shop.sees(id, 'tab-2')).toBe(false)
  })
  test('and the second customer may go on all the same', async () => {
    const shop = openBusyShop()
    const id = await shop.makeLink()
    await shop.mayOpen(id, 'tab-1')
    await shop.opens(id, 'tab-1')
    expect((await shop.mayOpen(id, 'tab-2')).status).toBe(200)
  })
})

describe('a link that ended says nothing of money while a payment may be under way', () => {
  test('from the permission on, until i’mport has said how it ended', async () => {
    const shop = openBusyShop()
    const id = await shop.makeLink()
    await shop.mayOpen(id, 'tab-1')
    await shop.asMerchant('PUT', `/${id}`)
    expect(await shop.view(id)).toMatchObject({ status: 'disabled', unsettled: true })
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', status: 'failed', paid_at: 0 })
    await shop.send('POST', `/links/${id}/settle`, { imp_uid: 'imp_1', visitor: 'tab-1' })
    expect(await shop.view(id)).not.toHaveProperty('unsettled')
  })
  test('an expired link that nobody was let into has nothing to ask', async () => {
    const shop = openBusyShop()
    const id = await shop.makeLink()
    shop.clock.now += 60 * minute
    expect(await shop.view(id)).toMatchObject({ status: 'expired' })
    expect(await shop.view(id)).not.toHaveProperty('unsettled')
  })
})

describe('who says that a window opens', () => {
  test('must have been allowed to', async () => {
    const shop = openBusyShop()
    const id = await shop.makeLink()
    expect((await shop.opens(id, 'stranger')).status).toBe(200)
    await shop.mayOpen(id, 'tab-1')
    shop.clock.now += 11 * minute
    await shop.opens(id, 'tab-1')
    expect(await shop.sees(id, 'tab-2')).toBe(false)
  })
  test.each([{}, { visitor: '' }, { visitor: 'x'.repeat(65) }, { visitor: '<b>' }, { visitor: 1 }])(
    'must say who they are: %j',
    async (body) => {
      const shop = openBusyShop()
      const id = await shop.makeLink()
      expect((await shop.send('POST', `/links/${id}/opened`, body)).status).toBe(400)
    },
  )
  test('an id that cannot be one is none: the look is answered all the same', async () => {
    const shop = openBusyShop()
    const id = await shop.makeLink()
    expect((await shop.send('GET', `/links/${id}?visitor=%00`)).status).toBe(200)
  })
})
