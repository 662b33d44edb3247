import { describe, expect, test } from 'vitest'
import { visit } from './browser-fixture.ts'
import {
  init,
  order,
  press,
  type Result,
  request,
  resultOf,
  type Shopping,
  settled,
  useStand,
  windowIn,
} from './sdk-page.ts'

const standing = useStand()

describe('on a desktop', () => {
  test('init adds a hidden dialog with one frame per channel, the first being the default', async () => {
    const { page, faults } = await visit(standing())
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
    expect(faults).toEqual([])
  })

  test('approving in the frame tells the page everything, under a strict policy', async () => {
    const { page, alerts, faults } = await visit(standing())
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
    expect([alerts, faults]).toEqual([[], []])
  })

  test('declining and cancelling tell why', async () => {
    const { page } = await visit(standing())
    await init(page)
    for (const [button, word] of [
      ['거절', '한도초과'],
      ['취소', '결제포기'],
    ] as const) {
      await request(page, {})
      await press(page, button)
      const said = { success: false, error_code: 'F400', error_msg: expect.stringContaining(word) }
      expect(await resultOf(page)).toMatchObject(said)
      await page.locator('.imp-dialog').waitFor({ state: 'hidden' })
    }
  })

  test('an account is issued instead of approved', async () => {
    const { page } = await visit(standing())
    await init(page)
    await request(page, { pay_method: 'vbank', language: 'en' })
    await press(page, 'Issue account')
    expect(await resultOf(page)).toMatchObject({
      success: true,
      status: 'ready',
      vbank_num: expect.any(String),
    })
  })

  test('a gateway that nobody knows silently becomes the first channel', async () => {
    const { page, alerts } = await visit(standing())
    await init(page)
    await request(page, { pg: 'danal_typo.1234' })
    await press(page, '승인')
    expect(await resultOf(page)).toMatchObject({ success: true, pg_provider: 'html5_inicis' })
    expect(alerts).toEqual([])
  })

  test('a channel is found by its key', async () => {
    const { page } = await visit(standing())
    await init(page)
    await request(page, { channelKey: 'channel-key-kakaopay', pg: 'html5_inicis' })
    await press(page, '승인', 'kakaopay')
    expect(await resultOf(page)).toMatchObject({ pg_provider: 'kakaopay' })
  })

  test('the object that is passed gets written into', async () => {
    const { page } = await visit(standing())
    await init(page)
    await request(page, {})
    const asked = await page.evaluate(() => (globalThis as Shopping).asked)
    expect(asked).toMatchObject({ request_id: expect.stringMatching(/^req_\d+$/), pay_method: 'card' })
  })

  test('a request without init only alerts; the callback never comes', async () => {
    const { page, alerts } = await visit(standing())
    await request(page, {})
    await expect.poll(() => alerts).toHaveLength(1)
    await page.evaluate(() => (globalThis as Shopping).IMP.request_pay())
    expect(alerts).toHaveLength(2)
    expect(await page.evaluate(() => (globalThis as Shopping).results)).toEqual([])
  })

  test('a request made too early waits for its frame, and a later one takes its place', async () => {
    const { page } = await visit(standing())
    await page.evaluate((params) => {
      const shop = globalThis as Shopping
      shop.results = []
      shop.IMP.init('imp00000000')
      for (const merchant_uid of ['early', 'later'])
        shop.IMP.request_pay({ ...params, merchant_uid }, (result: Result) => shop.results.push(result))
    }, order)
    await press(page, '승인')
    expect(await resultOf(page)).toMatchObject({ merchant_uid: 'later' })
  })

  test('an unknown merchant has no channels', async () => {
    const { page } = await visit(standing())
    await page.evaluate(() => (globalThis as Shopping).IMP.init('imp99999999'))
    await request(page, {})
    expect(await resultOf(page)).toMatchObject({ success: false, imp_uid: null, error_code: 'NOT_READY' })
  })

  test('a paid order is refused before any window', async () => {
    const { page } = await visit(standing())
    await init(page)
    await request(page, {})
    await press(page, '승인')
    await resultOf(page)
    await request(page, {})
    expect(await resultOf(page)).toMatchObject({ success: false, imp_uid: null, error_code: 'F1002' })
  })

  test('a message of a frame that is no JSON ends the payment; one of the page itself is not heard', async () => {
    const { page } = await visit(standing())
    await init(page)
    await request(page, { pg: 'kakaopay' })
    await windowIn(page, 'kakaopay').getByRole('button', { name: '승인' }).waitFor()
    const dialog = page.locator('.imp-dialog')
    await page.evaluate(() => globalThis.postMessage('not json', '*'))
    await settled(page)
    expect(await dialog.isVisible()).toBe(true)
    const asked = page.waitForRequest(/service\/users\/pg/)
    await windowIn(page, 'kakaopay')
      .locator('body')
      .evaluate(() => globalThis.parent.postMessage('not json', '*'))
    await asked
    await dialog.waitFor({ state: 'hidden' })
  })
})
