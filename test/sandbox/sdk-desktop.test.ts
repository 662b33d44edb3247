import { describe, expect, test } from 'vitest'
import { openShopPage } from './browser-fixture.ts'
import {
  init,
  order,
  press,
  type Result,
  request,
  resultOf,
  type ShopWindow,
  useBrowserFixture,
  waitForSdk,
  windowIn,
} from './sdk-page.ts'

const fixture = useBrowserFixture()

describe('the SDK on a desktop', () => {
  test('adds a hidden dialog with one iframe per channel in init, the first being the default', async () => {
    const { page, pageErrors } = await openShopPage(fixture())
    await init(page)
    const dialog = page.locator('body > div.imp-dialog.customizable')
    expect(await dialog.count()).toBe(1)
    expect(await dialog.isVisible()).toBe(false)
    const placed = await dialog.evaluate((element) => {
      const { position, zIndex } = getComputedStyle(element)
      return [position, zIndex]
    })
    expect(placed).toEqual(['fixed', '99999'])
    const frames = page.locator('iframe.imp-frame.imp-frame-pc')
    expect(await frames.first().getAttribute('class')).toContain('imp-frame-default imp-frame-html5_inicis')
    const channels = await frames.count()
    await init(page)
    expect([await dialog.count(), await frames.count()]).toEqual([1, channels])
    expect(pageErrors).toEqual([])
  })

  test('returns the full result of an approved payment under a strict security policy', async () => {
    const { page, alerts, pageErrors } = await openShopPage(fixture())
    await init(page)
    await request(page, { pg: 'html5_inicis.INIpayTest', pay_method: 'card' })
    const dialog = page.locator('.imp-dialog')
    await dialog.waitFor({ state: 'visible' })
    expect(await dialog.getAttribute('class')).toBe('imp-dialog customizable payment-html5_inicis pc')
    await press(page, '승인')
    expect(await resultOf(page)).toMatchObject({
      success: true,
      merchant_uid: 'order-1',
      imp_uid: expect.stringMatching(/^imp_\d{12}$/),
      paid_amount: 10_000,
      status: 'paid',
      pg_provider: 'html5_inicis',
    })
    await dialog.waitFor({ state: 'hidden' })
    expect([alerts, pageErrors]).toEqual([[], []])
  })

  test('returns the reason when a payment is declined or cancelled', async () => {
    const { page } = await openShopPage(fixture())
    await init(page)
    for (const [button, word] of [
      ['거절', '한도초과'],
      ['취소', '결제포기'],
    ] as const) {
      await request(page, {})
      await press(page, button)
      const expected = { success: false, error_code: 'F400', error_msg: expect.stringContaining(word) }
      expect(await resultOf(page)).toMatchObject(expected)
      await page.locator('.imp-dialog').waitFor({ state: 'hidden' })
    }
  })

  test('returns the issued virtual account', async () => {
    const { page } = await openShopPage(fixture())
    await init(page)
    await request(page, { pay_method: 'vbank', language: 'en' })
    await press(page, 'Issue account')
    expect(await resultOf(page)).toMatchObject({
      success: true,
      status: 'ready',
      vbank_num: expect.any(String),
    })
  })

  test('silently uses the first channel for an unknown gateway', async () => {
    const { page, alerts } = await openShopPage(fixture())
    await init(page)
    await request(page, { pg: 'danal_typo.1234' })
    await press(page, '승인')
    expect(await resultOf(page)).toMatchObject({ success: true, pg_provider: 'html5_inicis' })
    expect(alerts).toEqual([])
  })

  test('finds a channel by its key', async () => {
    const { page } = await openShopPage(fixture())
    await init(page)
    await request(page, { channelKey: 'channel-key-kakaopay', pg: 'html5_inicis' })
    await press(page, '승인', 'kakaopay')
    expect(await resultOf(page)).toMatchObject({ pg_provider: 'kakaopay' })
  })

  test('mutates the params that are passed', async () => {
    const { page } = await openShopPage(fixture())
    await init(page)
    await request(page, {})
    const params = await page.evaluate(() => (globalThis as ShopWindow).params)
    expect(params).toMatchObject({ request_id: expect.stringMatching(/^req_\d+$/), pay_method: 'card' })
  })

  test('alerts and never calls back without init', async () => {
    const { page, alerts } = await openShopPage(fixture())
    await request(page, {})
    await expect.poll(() => alerts).toHaveLength(1)
    await page.evaluate(() => (globalThis as ShopWindow).IMP.request_pay())
    expect(alerts).toHaveLength(2)
    expect(await page.evaluate(() => (globalThis as ShopWindow).results)).toEqual([])
  })

  test('queues a request until its iframe has loaded and replaces it by a later one', async () => {
    const { page } = await openShopPage(fixture())
    await page.evaluate((params) => {
      const shop = globalThis as ShopWindow
      shop.results = []
      shop.IMP.init('imp00000000')
      for (const merchant_uid of ['early', 'later'])
        shop.IMP.request_pay({ ...params, merchant_uid }, (result: Result) => shop.results.push(result))
    }, order)
    await press(page, '승인')
    expect(await resultOf(page)).toMatchObject({ merchant_uid: 'later' })
  })

  test('returns NOT_READY for an unknown merchant', async () => {
    const { page } = await openShopPage(fixture())
    await page.evaluate(() => (globalThis as ShopWindow).IMP.init('imp99999999'))
    await request(page, {})
    expect(await resultOf(page)).toMatchObject({ success: false, imp_uid: null, error_code: 'NOT_READY' })
  })

  test('returns F1002 for a paid order before opening a window', async () => {
    const { page } = await openShopPage(fixture())
    await init(page)
    await request(page, {})
    await press(page, '승인')
    await resultOf(page)
    await request(page, {})
    expect(await resultOf(page)).toMatchObject({ success: false, imp_uid: null, error_code: 'F1002' })
  })

  test('ends the payment on an invalid message from an iframe, and ignores messages of the page', async () => {
    const { page } = await openShopPage(fixture())
    await init(page)
    await request(page, { pg: 'kakaopay' })
    await windowIn(page, 'kakaopay').getByRole('button', { name: '승인' }).waitFor()
    const dialog = page.locator('.imp-dialog')
    await page.evaluate(() => globalThis.postMessage('not json', '*'))
    await waitForSdk(page)
    expect(await dialog.isVisible()).toBe(true)
    const requested = page.waitForRequest(/service\/users\/pg/)
    await windowIn(page, 'kakaopay')
      .locator('body')
      .evaluate(() => globalThis.parent.postMessage('not json', '*'))
    await requested
    await dialog.waitFor({ state: 'hidden' })
  })
})
