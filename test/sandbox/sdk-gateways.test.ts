import { describe, expect, test } from 'vitest'
import { visit } from './browser-fixture.ts'
import { control, init, press, request, resultOf, type Shopping, settled, useStand } from './sdk-page.ts'

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

  test('alerts when the popup is blocked, opens its empty dialog all the same and never calls back', async () => {
    const { page, alerts } = await visit(standing(), { locale: 'en-US' })
    await init(page)
    await page.evaluate(() => {
      globalThis.open = () => null
    })
    await request(page, { pg: 'payco' })
    await expect.poll(() => alerts).toEqual([expect.stringContaining('popups')])
    await page.locator('.imp-dialog').waitFor({ state: 'visible' })
    expect(await page.evaluate(() => (globalThis as Shopping).results)).toEqual([])
  })

  test.each(['payco', 'naverpay'])(
    '%s keeps its dialog when the page closes it, until deinit',
    async (pg) => {
      const { page } = await visit(standing())
      await init(page)
      const params = { pg, naverPopupMode: true, naverProducts: [{}] }
      const [popup] = await Promise.all([page.waitForEvent('popup'), request(page, params)])
      await popup.getByRole('button', { name: '승인' }).waitFor()
      const dialog = page.locator('.imp-dialog')
      await dialog.waitFor({ state: 'visible' })
      const closed = popup.waitForEvent('close')
      // In one turn: the SDK soon sees that the popup is gone, and asks the frame what became of it.
      const isShown = await page.evaluate(() => {
        ;(globalThis as Shopping).IMP.close()
        return document.querySelector<HTMLElement>('.imp-dialog')?.style.display === 'block'
      })
      expect(isShown).toBe(true)
      await closed
      await page.evaluate(() => (globalThis as Shopping).IMP.deinit())
      expect(await dialog.count()).toBe(0)
      await init(page)
      expect(await dialog.isVisible()).toBe(false)
      await request(page, { merchant_uid: 'order-2' })
      await press(page, '승인')
      expect(await resultOf(page)).toMatchObject({ success: true })
    },
  )

  test('says nothing of a closed popup after deinit, for it still tells the dialog that is gone', async () => {
    const { page } = await visit(standing())
    await init(page)
    const [first] = await Promise.all([page.waitForEvent('popup'), request(page, { pg: 'payco' })])
    await page.evaluate(() => (globalThis as Shopping).IMP.deinit())
    await first.close()
    await init(page)
    const [second] = await Promise.all([page.waitForEvent('popup'), request(page, { pg: 'payco' })])
    await second.getByRole('button', { name: '승인' }).waitFor()
    await second.close()
    await settled(page)
    expect(await page.locator('.imp-dialog').isVisible()).toBe(true)
    expect(await page.evaluate(() => (globalThis as Shopping).results)).toEqual([])
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

  test.each([
    ['F400', 'F400'],
    ['F500', 'F500'],
    ['F1001', 'F1001'],
    ['no driver', 'F500'],
  ])('refused by %s calls back with %s before any window', async (prepare, error_code) => {
    const { page } = await visit(standing())
    await control(standing(), { prepare })
    await init(page)
    await request(page, { pg: 'tosspayments' })
    const refused = { merchant_uid: 'order-1', error_code, error_msg: expect.any(String) }
    expect(await resultOf(page)).toEqual(refused)
    expect(await page.locator('#imp-iframe-wrapper').count()).toBe(0)
  })

  test('stays over the page whatever the page does, and stops it from scrolling', async () => {
    const { page } = await visit(standing())
    await init(page)
    await request(page, { pg: 'ksnet' })
    await page.frameLocator('#imp-iframe').getByRole('button', { name: '승인' }).waitFor()
    await page.evaluate(() => {
      const { IMP } = globalThis as Shopping
      IMP.close()
      IMP.deinit()
    })
    await init(page)
    expect(await page.locator('#imp-iframe-wrapper').isVisible()).toBe(true)
    expect(await page.locator('body').evaluate(({ style }) => style.overflow)).toBe('hidden')
  })
})
