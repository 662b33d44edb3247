import { describe, expect, test } from 'vitest'
import { init, request, resultOf, useStand } from './shopper.ts'
import { visit } from './stand.ts'

const standing = useStand()

describe('a gateway with a popup', () => {
  test('tells the page what happened in it', async () => {
    const { page, faults } = await visit(standing())
    await init(page)
    const [popup] = await Promise.all([page.waitForEvent('popup'), request(page, { pg: 'payco' })])
    await popup.getByRole('button', { name: '승인' }).click()
    expect(await resultOf(page)).toMatchObject({ success: true, pg_provider: 'payco' })
    if (!popup.isClosed()) await popup.waitForEvent('close')
    expect(faults).toEqual([])
  })

  test('counts as cancelled when the popup is closed', async () => {
    const { page } = await visit(standing())
    await init(page)
    const [popup] = await Promise.all([page.waitForEvent('popup'), request(page, { pg: 'payco' })])
    await popup.getByRole('button', { name: '승인' }).waitFor()
    await popup.close()
    expect(await resultOf(page)).toMatchObject({
      success: false,
      error_msg: expect.stringContaining('결제포기'),
    })
  })

  test('only alerts when the popup is blocked', async () => {
    const { page, alerts } = await visit(standing(), { locale: 'en-US' })
    await init(page)
    await page.evaluate(() => {
      globalThis.open = () => null
    })
    await request(page, { pg: 'payco' })
    await expect.poll(() => alerts).toEqual([expect.stringContaining('popups')])
  })
})

describe('a newer gateway', () => {
  test('says neither success nor failure, only who it was', async () => {
    const { page, faults } = await visit(standing())
    await init(page)
    await request(page, { pg: 'tosspayments' })
    await page.frameLocator('#imp-iframe-wrapper > #imp-iframe').getByRole('button', { name: '승인' }).click()
    expect(Object.keys(await resultOf(page))).toEqual(['imp_uid', 'merchant_uid'])
    expect(await page.locator('#imp-iframe-wrapper').count()).toBe(0)
    expect(faults).toEqual([])
  })

  test('refuses by code and message alone', async () => {
    const { page } = await visit(standing())
    await init(page)
    await request(page, { pg: 'tosspayments', buyer_name: '' })
    expect(Object.keys(await resultOf(page))).toEqual(['merchant_uid', 'error_code', 'error_msg'])
  })
})
