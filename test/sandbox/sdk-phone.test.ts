import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { openShopPage, phone } from './browser-fixture.ts'
import {
  init,
  order,
  press,
  request,
  resultOf,
  type ShopWindow,
  useBrowserFixture,
  windowIn,
} from './sdk-page.ts'

const fixture = useBrowserFixture()

describe('the SDK on a phone', () => {
  const returned = (page: Page) => page.waitForURL(/\/return/).then(() => new URL(page.url()))

  test('redirects to the window and back to the return URL', async () => {
    const { page, pageErrors } = await openShopPage(fixture(), phone)
    await init(page)
    await request(page, { m_redirect_url: `${fixture().shop}/return?id=1` })
    await page.getByRole('button', { name: '승인' }).click()
    const { searchParams } = await returned(page)
    expect(Object.fromEntries(searchParams)).toEqual({
      id: '1',
      imp_uid: expect.stringMatching(/^imp_\d{12}$/),
      merchant_uid: 'order-1',
      imp_success: 'true',
    })
    expect(pageErrors).toEqual([])
  })

  test('corrupts a return URL with two parameters as upstream does', async () => {
    const { page } = await openShopPage(fixture(), phone)
    await init(page)
    await request(page, { m_redirect_url: `${fixture().shop}/return?a=1&b=2` })
    await page.getByRole('button', { name: '취소' }).click()
    expect((await returned(page)).search).toMatch(
      /^\?a=1&b=2imp_uid=imp_\d+&.*imp_success=false&error_code=F400&error_msg=/,
    )
  })

  test('returns without imp_success from a checkout-service gateway', async () => {
    const { page } = await openShopPage(fixture(), phone)
    await init(page)
    await request(page, { pg: 'ksnet', m_redirect_url: `${fixture().shop}/return` })
    await page.getByRole('button', { name: '승인' }).click()
    expect([...(await returned(page)).searchParams.keys()]).toEqual(['imp_uid', 'merchant_uid'])
  })

  test('opens some gateways in an iframe and hides the rest of the page', async () => {
    const { page } = await openShopPage(fixture(), phone)
    await init(page)
    await request(page, { pg: 'danal', pay_method: 'phone' })
    await windowIn(page, 'danal').getByRole('button', { name: '승인' }).waitFor()
    expect(await page.locator('h1').isVisible()).toBe(false)
    expect(await page.locator('body').getAttribute('class')).toBe('imp-payment-progress')
    await press(page, '승인', 'danal')
    expect(await resultOf(page)).toMatchObject({ success: true, pg_provider: 'danal' })
    await page.locator('h1').waitFor({ state: 'visible' })
  })

  test('redirects on an error when there is no callback', async () => {
    const { page } = await openShopPage(fixture(), phone)
    await init(page)
    await page.evaluate(
      ({ shop, params }) =>
        (globalThis as ShopWindow).IMP.request_pay({
          ...params,
          amount: 0,
          m_redirect_url: `${shop}/return`,
        }),
      { shop: fixture().shop, params: order },
    )
    const { searchParams } = await returned(page)
    expect([searchParams.get('imp_success'), searchParams.has('error_code')]).toEqual(['false', false])
  })
})
