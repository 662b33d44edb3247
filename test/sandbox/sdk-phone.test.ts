import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { phone, visit } from './browser-fixture.ts'
import { init, order, press, request, resultOf, type Shopping, useStand, windowIn } from './sdk-page.ts'

const standing = useStand()

describe('on a phone', () => {
  const returned = (page: Page) => page.waitForURL(/\/return/).then(() => new URL(page.url()))

  test('the page is left and returned to', async () => {
    const { page, faults } = await visit(standing(), phone)
    await init(page)
    await request(page, { m_redirect_url: `${standing().shop}/return?id=1` })
    await page.getByRole('button', { name: '승인' }).click()
    const { searchParams } = await returned(page)
    expect(Object.fromEntries(searchParams)).toEqual({
      id: '1',
      imp_uid: expect.stringMatching(/^imp_\d{12}$/),
      merchant_uid: 'order-1',
      imp_success: 'true',
    })
    expect(faults).toEqual([])
  })

  test('an address with two parameters comes back damaged', async () => {
    const { page } = await visit(standing(), phone)
    await init(page)
    await request(page, { m_redirect_url: `${standing().shop}/return?a=1&b=2` })
    await page.getByRole('button', { name: '취소' }).click()
    expect((await returned(page)).search).toMatch(
      /^\?a=1&b=2imp_uid=imp_\d+&.*imp_success=false&error_code=F400&error_msg=/,
    )
  })

  test('a newer gateway returns without imp_success', async () => {
    const { page } = await visit(standing(), phone)
    await init(page)
    await request(page, { pg: 'ksnet', m_redirect_url: `${standing().shop}/return` })
    await page.getByRole('button', { name: '승인' }).click()
    expect([...(await returned(page)).searchParams.keys()]).toEqual(['imp_uid', 'merchant_uid'])
  })

  test('some gateways stay in a frame, which then hides the rest of the page', async () => {
    const { page } = await visit(standing(), phone)
    await init(page)
    await request(page, { pg: 'danal', pay_method: 'phone' })
    await windowIn(page, 'danal').getByRole('button', { name: '승인' }).waitFor()
    expect(await page.locator('h1').isVisible()).toBe(false)
    expect(await page.locator('body').getAttribute('class')).toBe('imp-payment-progress')
    await press(page, '승인', 'danal')
    expect(await resultOf(page)).toMatchObject({ success: true, pg_provider: 'danal' })
    await page.locator('h1').waitFor({ state: 'visible' })
  })

  test('without a callback, a refusal leaves the page too', async () => {
    const { page } = await visit(standing(), phone)
    await init(page)
    await page.evaluate(
      ({ shop, params }) =>
        (globalThis as Shopping).IMP.request_pay({ ...params, amount: 0, m_redirect_url: `${shop}/return` }),
      { shop: standing().shop, params: order },
    )
    const { searchParams } = await returned(page)
    expect([searchParams.get('imp_success'), searchParams.has('error_code')]).toEqual(['false', false])
  })
})
