import { describe, expect, test } from 'vitest'
import { openShop } from '../support/shop.ts'

const minute = 60_000

function openCheckoutShop() {
  const shop = openShop()
  return {
    ...shop,
    checkout: (id: string, visitor?: string) =>
      shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko', visitor }),
    reportOpened: (id: string, visitor: string) => shop.send('POST', `/links/${id}/opened`, { visitor }),
    seesBusy: async (id: string, visitor?: string) =>
      (await shop.send('GET', `/links/${id}${visitor ? `?visitor=${visitor}` : ''}`)).json.busy ?? false,
  }
}

describe('a payment in progress is shown', () => {
  test('to all but its own tab from the moment its window opens', async () => {
    const shop = openCheckoutShop()
    const id = await shop.makeLink()
    await shop.checkout(id, 'tab-1')
    expect(await shop.seesBusy(id, 'tab-2')).toBe(false)
    await shop.reportOpened(id, 'tab-1')
    expect([
      await shop.seesBusy(id, 'tab-1'),
      await shop.seesBusy(id, 'tab-2'),
      await shop.seesBusy(id),
    ]).toEqual([false, true, true])
    expect((await shop.send('GET', `/${id}`)).json.view.busy).toBe(true)
  })
  test('for at most ten minutes', async () => {
    const shop = openCheckoutShop()
    const id = await shop.makeLink()
    await shop.checkout(id, 'tab-1')
    await shop.reportOpened(id, 'tab-1')
    shop.clock.now += 10 * minute - 1
    expect(await shop.seesBusy(id, 'tab-2')).toBe(true)
    shop.clock.now += 1
    expect(await shop.seesBusy(id, 'tab-2')).toBe(false)
  })
  test('until i’mport reports that it failed', async () => {
    const shop = openCheckoutShop()
    const id = await shop.makeLink()
    await shop.checkout(id, 'tab-1')
    await shop.reportOpened(id, 'tab-1')
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', status: 'failed', paid_at: 0 })
    await shop.send('POST', `/links/${id}/settle`, { imp_uid: 'imp_1', visitor: 'tab-1' })
    expect(await shop.seesBusy(id, 'tab-2')).toBe(false)
  })
  test('without blocking a second customer’s checkout', async () => {
    const shop = openCheckoutShop()
    const id = await shop.makeLink()
    await shop.checkout(id, 'tab-1')
    await shop.reportOpened(id, 'tab-1')
    expect((await shop.checkout(id, 'tab-2')).status).toBe(200)
  })
})

describe('a closed link is reported as unsettled', () => {
  test('from the checkout permission until i’mport reports the result', async () => {
    const shop = openCheckoutShop()
    const id = await shop.makeLink()
    await shop.checkout(id, 'tab-1')
    await shop.asMerchant('PUT', `/${id}`)
    expect(await shop.view(id)).toMatchObject({ status: 'disabled', unsettled: true })
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', status: 'failed', paid_at: 0 })
    await shop.send('POST', `/links/${id}/settle`, { imp_uid: 'imp_1', visitor: 'tab-1' })
    expect(await shop.view(id)).not.toHaveProperty('unsettled')
  })
  test('only if a customer had a checkout permission', async () => {
    const shop = openCheckoutShop()
    const id = await shop.makeLink()
    shop.clock.now += 60 * minute
    expect(await shop.view(id)).toMatchObject({ status: 'expired' })
    expect(await shop.view(id)).not.toHaveProperty('unsettled')
  })
})

describe('reporting an opened window', () => {
  test('has no effect without a valid checkout permission', async () => {
    const shop = openCheckoutShop()
    const id = await shop.makeLink()
    expect((await shop.reportOpened(id, 'stranger')).status).toBe(200)
    await shop.checkout(id, 'tab-1')
    shop.clock.now += 11 * minute
    await shop.reportOpened(id, 'tab-1')
    expect(await shop.seesBusy(id, 'tab-2')).toBe(false)
  })
  test.each([{}, { visitor: '' }, { visitor: 'x'.repeat(65) }, { visitor: '<b>' }, { visitor: 1 }])(
    'is refused without a valid visitor id: %j',
    async (body) => {
      const shop = openCheckoutShop()
      const id = await shop.makeLink()
      expect((await shop.send('POST', `/links/${id}/opened`, body)).status).toBe(400)
    },
  )
  test('does not fail a page view for an invalid visitor id', async () => {
    const shop = openCheckoutShop()
    const id = await shop.makeLink()
    expect((await shop.send('GET', `/links/${id}?visitor=%00`)).status).toBe(200)
  })
})
