import { describe, expect, test } from 'vitest'
import { openShopPage } from './browser-fixture.ts'
import {
  control,
  init,
  press,
  request,
  resultOf,
  type ShopWindow,
  useBrowserFixture,
  waitForSdk,
} from './sdk-page.ts'

const fixture = useBrowserFixture()

describe('a gateway with a popup', () => {
  test('returns the result to the page', async () => {
    const { page, pageErrors } = await openShopPage(fixture())
    await init(page)
    const [popup] = await Promise.all([page.waitForEvent('popup'), request(page, { pg: 'payco' })])
    await popup.getByRole('button', { name: '승인' }).click()
    expect(await resultOf(page)).toMatchObject({ success: true, pg_provider: 'payco' })
    if (!popup.isClosed()) await popup.waitForEvent('close')
    expect(pageErrors).toEqual([])
  })

  test('cancels the payment when the popup is closed', async () => {
    const { page } = await openShopPage(fixture())
    await init(page)
    const [popup] = await Promise.all([page.waitForEvent('popup'), request(page, { pg: 'payco' })])
    await popup.getByRole('button', { name: '승인' }).waitFor()
    await popup.close()
    expect(await resultOf(page)).toMatchObject({
      success: false,
      error_msg: expect.stringContaining('결제포기'),
    })
  })

  test('alerts when the popup is blocked, still opens its empty dialog and never calls back', async () => {
    const { page, alerts } = await openShopPage(fixture(), { locale: 'en-US' })
    await init(page)
    await page.evaluate(() => {
      globalThis.open = () => null
    })
    await request(page, { pg: 'payco' })
    await expect.poll(() => alerts).toEqual([expect.stringContaining('popups')])
    await page.locator('.imp-dialog').waitFor({ state: 'visible' })
    expect(await page.evaluate(() => (globalThis as ShopWindow).results)).toEqual([])
  })

  test.each(['payco', 'naverpay'])(
    '(%s) keeps its dialog open after IMP.close() until deinit',
    async (pg) => {
      const { page } = await openShopPage(fixture())
      await init(page)
      const params = { pg, naverPopupMode: true, naverProducts: [{}] }
      const [popup] = await Promise.all([page.waitForEvent('popup'), request(page, params)])
      await popup.getByRole('button', { name: '승인' }).waitFor()
      const dialog = page.locator('.imp-dialog')
      await dialog.waitFor({ state: 'visible' })
      const closed = popup.waitForEvent('close')
      // In one task, before the SDK notices that the popup is closed and asks the iframe for the result.
      const isShown = await page.evaluate(() => {
        ;(globalThis as ShopWindow).IMP.close()
        return document.querySelector<HTMLElement>('.imp-dialog')?.style.display === 'block'
      })
      expect(isShown).toBe(true)
      await closed
      await page.evaluate(() => (globalThis as ShopWindow).IMP.deinit())
      expect(await dialog.count()).toBe(0)
      await init(page)
      expect(await dialog.isVisible()).toBe(false)
      await request(page, { merchant_uid: 'order-2' })
      await press(page, '승인')
      expect(await resultOf(page)).toMatchObject({ success: true })
    },
  )

  test('does not report a closed popup after deinit, because it notifies the removed dialog', async () => {
    const { page } = await openShopPage(fixture())
    await init(page)
    const [first] = await Promise.all([page.waitForEvent('popup'), request(page, { pg: 'payco' })])
    await page.evaluate(() => (globalThis as ShopWindow).IMP.deinit())
    await first.close()
    await init(page)
    const [second] = await Promise.all([page.waitForEvent('popup'), request(page, { pg: 'payco' })])
    await second.getByRole('button', { name: '승인' }).waitFor()
    await second.close()
    await waitForSdk(page)
    expect(await page.locator('.imp-dialog').isVisible()).toBe(true)
    expect(await page.evaluate(() => (globalThis as ShopWindow).results)).toEqual([])
  })
})

describe('a gateway behind the checkout service', () => {
  test('returns only imp_uid and merchant_uid', async () => {
    const { page, pageErrors } = await openShopPage(fixture())
    await init(page)
    await request(page, { pg: 'tosspayments' })
    await page.frameLocator('#imp-iframe-wrapper > #imp-iframe').getByRole('button', { name: '승인' }).click()
    expect(Object.keys(await resultOf(page))).toEqual(['imp_uid', 'merchant_uid'])
    expect(await page.locator('#imp-iframe-wrapper').count()).toBe(0)
    expect(pageErrors).toEqual([])
  })

  test('reports an error by code and message only', async () => {
    const { page } = await openShopPage(fixture())
    await init(page)
    await request(page, { pg: 'tosspayments', buyer_name: '' })
    expect(Object.keys(await resultOf(page))).toEqual(['merchant_uid', 'error_code', 'error_msg'])
  })

  test.each([
    ['F400', 'F400'],
    ['F500', 'F500'],
    ['F1001', 'F1001'],
    ['no driver', 'F500'],
  ])('that fails to prepare with %s calls back %s before opening a window', async (prepare, error_code) => {
    const { page } = await openShopPage(fixture())
    await control(fixture(), { prepare })
    await init(page)
    await request(page, { pg: 'tosspayments' })
    const refused = { merchant_uid: 'order-1', error_code, error_msg: expect.any(String) }
    expect(await resultOf(page)).toEqual(refused)
    expect(await page.locator('#imp-iframe-wrapper').count()).toBe(0)
  })

  test('stays over the page after close, deinit and init, and prevents scrolling', async () => {
    const { page } = await openShopPage(fixture())
    await init(page)
    await request(page, { pg: 'ksnet' })
    await page.frameLocator('#imp-iframe').getByRole('button', { name: '승인' }).waitFor()
    await page.evaluate(() => {
      const { IMP } = globalThis as ShopWindow
      IMP.close()
      IMP.deinit()
    })
    await init(page)
    expect(await page.locator('#imp-iframe-wrapper').isVisible()).toBe(true)
    expect(await page.locator('body').evaluate(({ style }) => style.overflow)).toBe('hidden')
  })
})
