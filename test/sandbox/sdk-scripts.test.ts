import { describe, expect, test } from 'vitest'
import { openShopPage, phone } from './browser-fixture.ts'
import { control, init, press, request, resultOf, useBrowserFixture, waitForSdk } from './sdk-page.ts'

const gateways = ['mobilians', 'kicc', 'uplus', 'smilepay', 'chai', 'payple', 'settle_acc', 'kcp_quick']
const fixture = useBrowserFixture([...gateways, 'naverpay', 'tosspayments'])
const scriptOrigin = () => new URL(fixture().sandbox).origin.replace('127.0.0.1', 'localhost')

describe('a gateway with its own script', () => {
  test.each([
    ['mobilians', {}],
    ['kicc', {}],
    ['uplus', {}],
    ['smilepay', {}],
    ['chai', {}],
    ['payple', {}],
    ['naverpay', { naverV2: true, naverProducts: [{}] }],
  ])('(%s) opens its window by a script of another origin', async (pg, params) => {
    await control(fixture(), { script_origin: scriptOrigin() })
    const { page, pageErrors } = await openShopPage(fixture(), {}, `?scripts=${scriptOrigin()}`)
    await init(page)
    await request(page, { pg, ...params })
    await press(page, '승인', pg)
    expect(await resultOf(page)).toMatchObject({ success: true, pg_provider: pg })
    expect(pageErrors).toEqual([])
  })

  test('(settle_acc) opens a popup and reports when it is closed', async () => {
    await control(fixture(), { script_origin: scriptOrigin() })
    const { page } = await openShopPage(fixture(), {}, `?scripts=${scriptOrigin()}`)
    await init(page)
    const [popup] = await Promise.all([page.waitForEvent('popup'), request(page, { pg: 'settle_acc' })])
    await popup.getByRole('button', { name: '승인' }).waitFor()
    await popup.close()
    expect(await resultOf(page)).toMatchObject({ success: false, pg_provider: 'settle_acc' })
  })

  test.each(['kcp_quick', 'tosspayments'])('(%s) redirects a phone by its script', async (pg) => {
    await control(fixture(), { script_origin: scriptOrigin() })
    const { page } = await openShopPage(fixture(), phone, `?scripts=${scriptOrigin()}`)
    await init(page)
    await request(page, { pg, m_redirect_url: `${fixture().shop}/return` })
    await page.getByRole('button', { name: '승인' }).click()
    await page.waitForURL(/\/return\?imp_uid=/)
  })

  test('leaves an empty dialog when the page’s policy blocks the script', async () => {
    const { page, pageErrors } = await openShopPage(fixture())
    await init(page)
    await request(page, { pg: 'mobilians' })
    await expect.poll(() => pageErrors.join()).toContain('TrustedScriptURL')
    await waitForSdk(page)
    expect(await page.locator('.imp-dialog').isVisible()).toBe(true)
  })
})
