import { sixMethods } from '../support/merchant.ts'
import { anyDevice, expect, test } from './support/bridge.ts'

const english = {
  title: 'March coffee order',
  name: 'Drip bags',
  pay_methods: sixMethods.map((method) => ({ ...method, label: method.label })),
}

test('an English page has no Hangul except the switch to Korean, and the choice is remembered', async ({
  bridge,
  merchant,
  page,
}) => {
  const link = await merchant.create(english)
  await bridge.open(link)
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko')
  await bridge.speak('en')
  const main = await bridge.main.innerText()
  expect(main).not.toMatch(/\p{Script=Hangul}/u)
  expect(main).toContain('Pay ₩10,000')
  await page.reload()
  await bridge.ready()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await bridge.payBy('approve')
  await bridge.isAt('paid')
  expect(await bridge.main.innerText()).not.toMatch(/\p{Script=Hangul}/u)
})

test(
  'the merchant’s wish decides where the customer has not',
  anyDevice,
  async ({ bridge, merchant, page }) => {
    const link = await merchant.create({ display_language: 'en' })
    await bridge.open(link)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await bridge.open(link, '?lang=ko')
    await expect(page.locator('html')).toHaveAttribute('lang', 'ko')
    await bridge.open(link)
    await expect(page.locator('html')).toHaveAttribute('lang', 'ko')
  },
)

test.describe('a reader in New York', () => {
  test.use({ timezoneId: 'America/New_York', locale: 'en-US' })

  test('sees times in their own time zone, with its name', anyDevice, async ({ bridge, merchant, page }) => {
    const now = new Date()
    const january = (year: number) => new Date(Date.UTC(year, 0, 15, 12))
    const end =
      january(now.getUTCFullYear()) > now ? january(now.getUTCFullYear()) : january(now.getUTCFullYear() + 1)
    await bridge.open(await merchant.create({ expired_at: end.toISOString() }))
    const day = end.toLocaleDateString('en-US', { weekday: 'short', timeZone: 'UTC' })
    await expect(page.locator('time')).toHaveText(
      `Pay by ${day}, 15 Jan ${end.getUTCFullYear()}, 7:00 am EST`,
    )
  })
})

test('dollars are written as dollars in both languages', anyDevice, async ({ bridge, merchant }) => {
  const link = await merchant.create({
    amount: 12.5,
    currency: 'USD',
    pay_methods: [{ pg: 'eximbay', pay_method: 'card', label: 'Card' }],
  })
  await bridge.open(link)
  await expect(bridge.pay).toHaveText('US$12.50 결제하기')
  await bridge.speak('en')
  await expect(bridge.pay).toHaveText('Pay US$12.50')
})

test('a window asked for before the language was switched opens in the new one', async ({
  bridge,
  merchant,
  page,
}) => {
  await bridge.open(await merchant.create())
  const granted = page.waitForResponse('**/checkout')
  await page.mouse.move(10, 10)
  await page.touchscreen.tap(10, 10).catch(() => {})
  await granted
  await bridge.speak('en')
  await bridge.press()
  await expect(bridge.window.getByRole('button', { name: 'Approve' })).toBeVisible()
})
