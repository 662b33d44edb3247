import { sixMethods } from '../support/merchant.ts'
import { expect, test } from './support/bridge.ts'

const english = {
  title: 'March coffee order',
  name: 'Drip bags',
  pay_methods: sixMethods.map((method) => ({ ...method, label: method.label })),
}

test('an English page has no Hangul but the way to Korean, and the choice is remembered', async ({
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

test('the merchant’s wish decides where the customer has not', async ({ bridge, merchant, page }) => {
  const link = await merchant.create({ display_language: 'en' })
  await bridge.open(link)
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await bridge.open(link, '?lang=ko')
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko')
  await bridge.open(link)
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko')
})

test.describe('a reader in New York', () => {
  test.use({ timezoneId: 'America/New_York', locale: 'en-US' })

  test('sees their own time, with its name', async ({ bridge, merchant, page }) => {
    await bridge.open(await merchant.create({ expired_at: '2027-01-15T12:00:00Z' }))
    await expect(page.locator('time')).toHaveText('Pay by Fri, 15 Jan 2027, 7:00 am EST')
  })
})

test('dollars are written as dollars in both languages', async ({ bridge, merchant }) => {
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
