import { describe, expect, test } from 'vitest'
import { phone, visit } from './browser-fixture.ts'
import {
  control,
  init,
  press,
  request,
  resultOf,
  type Shopping,
  settled,
  useStand,
  windowIn,
} from './sdk-page.ts'

const standing = useStand()

describe('channels that cannot be loaded', () => {
  test.each(['blocked', 'broken', 'html', 'empty'])(
    'users/pg %s: a request is parked without a word, and a second init opens it',
    async (users_pg) => {
      const { page, alerts } = await visit(standing())
      await control(standing(), { users_pg })
      await page.evaluate(() => (globalThis as Shopping).IMP.init('imp00000000'))
      await request(page, {})
      await settled(page)
      expect(await page.evaluate(() => (globalThis as Shopping).results)).toEqual([])
      expect(await page.locator('.imp-dialog iframe').count()).toBe(0)
      expect(await page.locator('.imp-dialog').isVisible()).toBe(false)
      expect(alerts).toEqual([])
      await control(standing(), { users_pg: 'up' })
      await page.evaluate(() => (globalThis as Shopping).IMP.init('imp00000000'))
      await press(page, '승인')
      expect(await resultOf(page)).toMatchObject({ success: true })
    },
  )

  test('a blocked users/pg and one that is HTML are unhandled rejections', async () => {
    for (const users_pg of ['blocked', 'html']) {
      const { page } = await visit(standing())
      await control(standing(), { users_pg })
      const failed = page.waitForEvent('pageerror')
      await page.evaluate(() => (globalThis as Shopping).IMP.init('imp00000000'))
      await failed
    }
  })

  test('a users/pg that says no is told to whoever asks to pay, and to whoever asked before', async () => {
    const { page } = await visit(standing())
    await control(standing(), { users_pg: 'broken' })
    await page.evaluate(() => (globalThis as Shopping).IMP.init('imp00000000'))
    await request(page, {})
    await settled(page)
    await control(standing(), { users_pg: 'refused' })
    await page.evaluate(() => (globalThis as Shopping).IMP.init('imp00000000'))
    const refused = { success: false, imp_uid: null, merchant_uid: 'order-1', error_code: 'NOT_READY' }
    expect(await resultOf(page)).toEqual({ ...refused, error_msg: expect.any(String) })
    await request(page, {})
    expect(await resultOf(page)).toMatchObject(refused)
  })

  test('a users/pg that hangs makes the page stand still', async () => {
    const { page } = await visit(standing())
    await control(standing(), { users_pg: 'hanging' })
    const asked = page.waitForRequest(/users\/pg/)
    await page.evaluate(() => (globalThis as Shopping).IMP.init('imp00000000'))
    await asked
    let isAnswered = false
    const later = page.evaluate(() => undefined).then(() => (isAnswered = true))
    await fetch(`${standing().sandbox}/control`)
    expect(isAnswered).toBe(false)
    await control(standing(), { users_pg: 'up' })
    await later
    await windowIn(page).locator('body').waitFor({ state: 'attached' })
  })
})

describe('the dialog', () => {
  const groundOf = (pg: string) => async () => {
    const { page } = await visit(standing())
    await init(page)
    await request(page, { pg })
    await windowIn(page, pg).getByRole('button', { name: '승인' }).waitFor()
    return page.locator('.imp-dialog').evaluate((dialog) => getComputedStyle(dialog).backgroundColor)
  }

  test('is transparent, but for a few gateways', async () => {
    expect(await groundOf('html5_inicis')()).toBe('rgba(0, 0, 0, 0)')
    expect(await groundOf('kakaopay')()).toBe('rgba(0, 0, 0, 0.5)')
  })

  test.each(['blank', 'failing'])('opens over a channel whose frame is %s, and stays', async (frames) => {
    const { page, alerts } = await visit(standing())
    await control(standing(), { frames, channels: ['html5_inicis'] })
    await page.evaluate(() => (globalThis as Shopping).IMP.init('imp00000000'))
    await request(page, {})
    await page.locator('.imp-dialog').waitFor({ state: 'visible' })
    expect(await page.evaluate(() => (globalThis as Shopping).results)).toEqual([])
    expect(alerts).toEqual([])
    await page.evaluate(() => (globalThis as Shopping).IMP.close())
    await page.locator('.imp-dialog').waitFor({ state: 'hidden' })
  })

  test('stays over the page when init is called under an open window', async () => {
    const { page } = await visit(standing())
    await init(page)
    await request(page, {})
    await windowIn(page).getByRole('button', { name: '승인' }).waitFor()
    await init(page)
    expect(await page.locator('.imp-dialog').isVisible()).toBe(true)
  })

  test('on phones hides the page by a rule that an id with a display of its own wins over', async () => {
    const { page } = await visit(standing(), phone)
    await init(page)
    await request(page, { pg: 'danal', pay_method: 'phone' })
    await windowIn(page, 'danal').getByRole('button', { name: '승인' }).waitFor()
    expect(await page.locator('h1').isVisible()).toBe(false)
    expect(await page.locator('#loud').evaluate((note) => getComputedStyle(note).display)).toBe('block')
    expect(await page.locator('.imp-dialog').evaluate((dialog) => getComputedStyle(dialog).position)).toBe(
      'absolute',
    )
  })

  test('on phones leaves the page hidden when deinit and init take it away', async () => {
    const { page } = await visit(standing(), phone)
    await init(page)
    await request(page, { pg: 'danal', pay_method: 'phone' })
    await windowIn(page, 'danal').getByRole('button', { name: '승인' }).waitFor()
    await page.evaluate(() => (globalThis as Shopping).IMP.deinit())
    await init(page)
    expect(await page.locator('.imp-dialog').isVisible()).toBe(false)
    expect(await page.locator('h1').isVisible()).toBe(false)
    await page.evaluate(() => document.body.classList.remove('imp-payment-progress'))
    expect(await page.locator('h1').isVisible()).toBe(true)
  })
})

test('a hash in what the gateway says becomes the fragment of the return address', async () => {
  const { page } = await visit(standing(), phone)
  await control(standing(), { fail_reason: '[한도초과] #3 실패' })
  await init(page)
  await request(page, { m_redirect_url: `${standing().shop}/return` })
  await page.getByRole('button', { name: '거절' }).click()
  await page.waitForURL(/\/return/)
  const { searchParams, hash } = new URL(page.url())
  expect([searchParams.get('error_msg'), decodeURI(hash)]).toEqual(['[한도초과] ', '#3 실패'])
})

test('a tier is named to users/pg, to the frames and with the payment', async () => {
  const { page } = await visit(standing())
  const asked = page.waitForRequest(/users\/pg/)
  const loaded = page.waitForRequest(/window\/ready/)
  await page.evaluate(() => (globalThis as Shopping).IMP.agency('imp00000000', '00A'))
  const tiers = [await asked, await loaded].map((one) => new URL(one.url()).searchParams.get('tier'))
  expect(tiers).toEqual(['00A', '00A'])
  await windowIn(page).locator('body[data-user]').waitFor({ state: 'attached' })
  const opened = page.waitForRequest(/window\/open/)
  await request(page, {})
  expect((await opened).postDataJSON().data.tier_code).toBe('00A')
})
