import { describe, expect, test } from 'vitest'
import { phone, visit } from './browser-fixture.ts'
import { control, init, press, request, resultOf, settled, useStand } from './sdk-page.ts'

const gateways = ['mobilians', 'kicc', 'uplus', 'smilepay', 'chai', 'payple', 'settle_acc', 'kcp_quick']
const standing = useStand([...gateways, 'naverpay', 'tosspayments'])
const elsewhere = () => new URL(standing().sandbox).origin.replace('127.0.0.1', 'localhost')

describe('a gateway with a script of its own', () => {
  test.each([
    ['mobilians', {}],
    ['kicc', {}],
    ['uplus', {}],
    ['smilepay', {}],
    ['chai', {}],
    ['payple', {}],
    ['naverpay', { naverV2: true, naverProducts: [{}] }],
  ])('%s opens its window by a script of another origin in the page', async (pg, params) => {
    await control(standing(), { script_origin: elsewhere() })
    const { page, faults } = await visit(standing(), {}, `?scripts=${elsewhere()}`)
    await init(page)
    await request(page, { pg, ...params })
    await press(page, '승인', pg)
    expect(await resultOf(page)).toMatchObject({ success: true, pg_provider: pg })
    expect(faults).toEqual([])
  })

  test('settle_acc opens a window of its own, whose end the page hears of', async () => {
    await control(standing(), { script_origin: elsewhere() })
    const { page } = await visit(standing(), {}, `?scripts=${elsewhere()}`)
    await init(page)
    const [popup] = await Promise.all([page.waitForEvent('popup'), request(page, { pg: 'settle_acc' })])
    await popup.getByRole('button', { name: '승인' }).waitFor()
    await popup.close()
    expect(await resultOf(page)).toMatchObject({ success: false, pg_provider: 'settle_acc' })
  })

  test.each(['kcp_quick', 'tosspayments'])('%s leaves the page of a phone by its script', async (pg) => {
    await control(standing(), { script_origin: elsewhere() })
    const { page } = await visit(standing(), phone, `?scripts=${elsewhere()}`)
    await init(page)
    await request(page, { pg, m_redirect_url: `${standing().shop}/return` })
    await page.getByRole('button', { name: '승인' }).click()
    await page.waitForURL(/\/return\?imp_uid=/)
  })

  test('opens nothing where the page lets no script in, and the empty dialog stays', async () => {
    const { page, faults } = await visit(standing())
    await init(page)
    await request(page, { pg: 'mobilians' })
    await expect.poll(() => faults.join()).toContain('TrustedScriptURL')
    await settled(page)
    expect(await page.locator('.imp-dialog').isVisible()).toBe(true)
  })
})
