import { describe, expect, test } from 'vitest'
import { openShopPage, phone } from './browser-fixture.ts'
import {
  control,
  init,
  press,
  request,
  resultOf,
  type ShopWindow,
  useBrowserFixture,
  waitForSdk,
  windowIn,
} from './sdk-page.ts'

const fixture = useBrowserFixture()

describe('a channel list that cannot be loaded', () => {
  test.each(['blocked', 'broken', 'html', 'empty'])(
    '(users/pg is %s) leaves a request pending silently until a second init opens it',
    async (users_pg) => {
      const { page, alerts } = await openShopPage(fixture())
      await control(fixture(), { users_pg })
      await page.evaluate(() => (globalThis as ShopWindow).IMP.init('imp00000000'))
      await request(page, {})
      await waitForSdk(page)
      expect(await page.evaluate(() => (globalThis as ShopWindow).results)).toEqual([])
      expect(await page.locator('.imp-dialog iframe').count()).toBe(0)
      expect(await page.locator('.imp-dialog').isVisible()).toBe(false)
      expect(alerts).toEqual([])
      await control(fixture(), { users_pg: 'up' })
      await page.evaluate(() => (globalThis as ShopWindow).IMP.init('imp00000000'))
      await press(page, '승인')
      expect(await resultOf(page)).toMatchObject({ success: true })
    },
  )

  test('causes an unhandled rejection if the request is blocked or returns HTML', async () => {
    for (const users_pg of ['blocked', 'html']) {
      const { page } = await openShopPage(fixture())
      await control(fixture(), { users_pg })
      const failed = page.waitForEvent('pageerror')
      await page.evaluate(() => (globalThis as ShopWindow).IMP.init('imp00000000'))
      await failed
    }
  })

  test('with an error code calls back NOT_READY for pending and new requests', async () => {
    const { page } = await openShopPage(fixture())
    await control(fixture(), { users_pg: 'broken' })
    await page.evaluate(() => (globalThis as ShopWindow).IMP.init('imp00000000'))
    await request(page, {})
    await waitForSdk(page)
    await control(fixture(), { users_pg: 'refused' })
    await page.evaluate(() => (globalThis as ShopWindow).IMP.init('imp00000000'))
    const refused = { success: false, imp_uid: null, merchant_uid: 'order-1', error_code: 'NOT_READY' }
    expect(await resultOf(page)).toEqual({ ...refused, error_msg: expect.any(String) })
    await request(page, {})
    expect(await resultOf(page)).toMatchObject(refused)
  })

  test('blocks the page while the request is pending', async () => {
    const { page } = await openShopPage(fixture())
    await control(fixture(), { users_pg: 'hanging' })
    const requested = page.waitForRequest(/users\/pg/)
    await page.evaluate(() => (globalThis as ShopWindow).IMP.init('imp00000000'))
    await requested
    let isAnswered = false
    const later = page.evaluate(() => undefined).then(() => (isAnswered = true))
    await fetch(`${fixture().sandbox}/control`)
    expect(isAnswered).toBe(false)
    await control(fixture(), { users_pg: 'up' })
    await later
    await windowIn(page).locator('body').waitFor({ state: 'attached' })
  })
})

describe('the SDK dialog', () => {
  const backgroundOf = (pg: string) => async () => {
    const { page } = await openShopPage(fixture())
    await init(page)
    await request(page, { pg })
    await windowIn(page, pg).getByRole('button', { name: '승인' }).waitFor()
    return page.locator('.imp-dialog').evaluate((dialog) => getComputedStyle(dialog).backgroundColor)
  }

  test('is transparent for most gateways and dimmed for some', async () => {
    expect(await backgroundOf('html5_inicis')()).toBe('rgba(0, 0, 0, 0)')
    expect(await backgroundOf('kakaopay')()).toBe('rgba(0, 0, 0, 0.5)')
  })

  test.each(['blank', 'failing'])('opens and stays when the channel’s iframe is %s', async (frames) => {
    const { page, alerts } = await openShopPage(fixture())
    await control(fixture(), { frames, channels: ['html5_inicis'] })
    await page.evaluate(() => (globalThis as ShopWindow).IMP.init('imp00000000'))
    await request(page, {})
    await page.locator('.imp-dialog').waitFor({ state: 'visible' })
    expect(await page.evaluate(() => (globalThis as ShopWindow).results)).toEqual([])
    expect(alerts).toEqual([])
    await page.evaluate(() => (globalThis as ShopWindow).IMP.close())
    await page.locator('.imp-dialog').waitFor({ state: 'hidden' })
  })

  test('stays open when init is called during a payment', async () => {
    const { page } = await openShopPage(fixture())
    await init(page)
    await request(page, {})
    await windowIn(page).getByRole('button', { name: '승인' }).waitFor()
    await init(page)
    expect(await page.locator('.imp-dialog').isVisible()).toBe(true)
  })

  test('hides the page on phones, except for elements with a more specific display rule', async () => {
    const { page } = await openShopPage(fixture(), phone)
    await init(page)
    await request(page, { pg: 'danal', pay_method: 'phone' })
    await windowIn(page, 'danal').getByRole('button', { name: '승인' }).waitFor()
    expect(await page.locator('h1').isVisible()).toBe(false)
    expect(await page.locator('#loud').evaluate((note) => getComputedStyle(note).display)).toBe('block')
    expect(await page.locator('.imp-dialog').evaluate((dialog) => getComputedStyle(dialog).position)).toBe(
      'absolute',
    )
  })

  test('leaves the page hidden on phones after deinit and init', async () => {
    const { page } = await openShopPage(fixture(), phone)
    await init(page)
    await request(page, { pg: 'danal', pay_method: 'phone' })
    await windowIn(page, 'danal').getByRole('button', { name: '승인' }).waitFor()
    await page.evaluate(() => (globalThis as ShopWindow).IMP.deinit())
    await init(page)
    expect(await page.locator('.imp-dialog').isVisible()).toBe(false)
    expect(await page.locator('h1').isVisible()).toBe(false)
    await page.evaluate(() => document.body.classList.remove('imp-payment-progress'))
    expect(await page.locator('h1').isVisible()).toBe(true)
  })
})

test('a hash in the gateway’s message becomes the fragment of the return URL', async () => {
  const { page } = await openShopPage(fixture(), phone)
  await control(fixture(), { fail_reason: '[한도초과] #3 실패' })
  await init(page)
  await request(page, { m_redirect_url: `${fixture().shop}/return` })
  await page.getByRole('button', { name: '거절' }).click()
  await page.waitForURL(/\/return/)
  const { searchParams, hash } = new URL(page.url())
  expect([searchParams.get('error_msg'), decodeURI(hash)]).toEqual(['[한도초과] ', '#3 실패'])
})

test('the tier is sent to users/pg, to the iframes and with the payment', async () => {
  const { page } = await openShopPage(fixture())
  const requested = page.waitForRequest(/users\/pg/)
  const loaded = page.waitForRequest(/window\/ready/)
  await page.evaluate(() => (globalThis as ShopWindow).IMP.agency('imp00000000', '00A'))
  const tiers = [await requested, await loaded].map((one) => new URL(one.url()).searchParams.get('tier'))
  expect(tiers).toEqual(['00A', '00A'])
  await windowIn(page).locator('body[data-user]').waitFor({ state: 'attached' })
  const opened = page.waitForRequest(/window\/open/)
  await request(page, {})
  expect((await opened).postDataJSON().data.tier_code).toBe('00A')
})
