import { expect, phoneOnly, test } from './support/bridge.ts'

test('a customer is declined, then pays by another method', async ({ bridge, merchant, page }) => {
  const link = await merchant.create()
  await bridge.open(link)
  await bridge.payBy('decline')
  await bridge.isAt('declined')
  await expect(bridge.main).toContainText('청구된 금액은 없어요.')
  await page.getByRole('button', { name: '결제수단 다시 고르기' }).click()
  await bridge.isAt('open')
  await bridge.choose('계좌이체')
  await bridge.payBy('approve')
  await bridge.isAt('paid')
  await expect(bridge.main).toContainText('계좌이체')
})

test('a customer closes the window and still has the bill', async ({ bridge, merchant, page }) => {
  const link = await merchant.create()
  await bridge.open(link, '?lang=en')
  await bridge.payBy('cancel')
  await bridge.isAt('cancelled')
  await expect(bridge.main).toContainText('You have not been charged.')
  await page.getByRole('button', { name: 'Pay again' }).click()
  await bridge.isAt('open')
  await bridge.payBy('approve')
  await bridge.isAt('paid')
})

test(
  'goes to the gateway and presses Back',
  phoneOnly('on a desktop the page is never left'),
  async ({ bridge, merchant, page }) => {
    const link = await merchant.create()
    await bridge.open(link)
    await bridge.press()
    await page.goBack()
    await bridge.ready()
    await bridge.isAt('cancelled')
    await page.getByRole('button', { name: '다시 결제하기' }).click()
    await bridge.payBy('approve')
    await bridge.isAt('paid')
  },
)

test('a customer who goes back after paying finds the receipt, not a second bill', async ({
  bridge,
  merchant,
  page,
}) => {
  const link = await merchant.create()
  await bridge.open(link)
  await bridge.payBy('approve')
  await bridge.isAt('paid')
  await page.goto('about:blank')
  await page.goBack()
  await bridge.ready()
  await bridge.isAt('paid')
})

test('a customer who reloads while the result is being confirmed still gets it', async ({
  bridge,
  merchant,
  page,
}) => {
  await merchant.control({ notice: 'never' })
  const link = await merchant.create()
  await bridge.open(link)
  await bridge.press()
  await merchant.control({ rest: 'down' })
  await bridge.inWindow('approve')
  await bridge.isAt('unknown')
  await page.reload()
  await bridge.ready()
  await bridge.isAt('unknown')
  await expect(bridge.pay).toHaveCount(0)
  await merchant.control({ rest: 'up' })
  await bridge.isAt('paid')
})

test(
  'reloads on return and sees the same receipt',
  phoneOnly('only a phone returns by address'),
  async ({ bridge, merchant, page }) => {
    const link = await merchant.create()
    await bridge.open(link)
    await bridge.payBy('approve')
    await bridge.isAt('paid')
    expect(new URL(page.url()).search).toBe('')
    expect(new URL(page.url()).pathname).toBe(`/${link.id}`)
    await page.reload()
    await bridge.isAt('paid')
  },
)

test('a customer who pays a wrong amount reads that it is refunded', async ({ bridge, merchant, page }) => {
  const link = await merchant.create()
  await bridge.open(link)
  await bridge.press()
  await merchant.control({ amount: 9_000, confirm: 'off' })
  await bridge.inWindow('approve')
  await bridge.isAt('rejected')
  await expect(bridge.main).toContainText('9,000원')
  await bridge.speak('en')
  await expect(bridge.main).toContainText('₩9,000 is on its way back.')
  expect(await merchant.read(link.id)).toMatchObject({ status: 'open' })
  await page.getByRole('button', { name: 'Choose a method again' }).click()
  await bridge.isAt('open')
})

test('the confirm process stops a wrong amount before approval', async ({ bridge, merchant }) => {
  const link = await merchant.create()
  await bridge.open(link)
  await bridge.press()
  await merchant.control({ amount: 9_000 })
  await bridge.inWindow('approve')
  await bridge.isAt('declined')
  await expect(bridge.main).toContainText('청구된 금액은 없어요.')
})
