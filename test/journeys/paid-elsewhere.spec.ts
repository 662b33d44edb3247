// The order of a link is paid in the shop itself: the customer is kept from paying twice, and sent to the seller.
import { anyDevice, expect, test } from './support/bridge.ts'
import { flagAsPaid, settleAsPaid } from './support/settle.ts'

test('a press on an order paid elsewhere opens no window and says to ask the seller', async ({
  bridge,
  merchant,
  page,
}) => {
  const link = await merchant.create()
  await flagAsPaid(page, link)
  await bridge.open(link)
  await bridge.pay.press('Enter')
  await bridge.isAt('paid_elsewhere')
  await expect(bridge.main).toContainText('이미 결제된 주문 같아요')
  await expect(bridge.main).toContainText('이 링크로 청구된 금액은 없어요.')
  await expect(bridge.main).toContainText('다리 상점')
  await expect(page.getByRole('heading')).toBeFocused()
  await expect(page.getByRole('radio')).toHaveCount(0)
  await expect(bridge.pay).toHaveCount(0)
  await bridge.speak('en')
  await expect(bridge.main).toContainText('Please do not pay again, and ask the seller.')
})

test(
  'a window is left, and the edge finds the payment: nothing is said for good of the window',
  anyDevice,
  async ({ bridge, merchant, page }) => {
    const link = await merchant.create()
    await settleAsPaid(page)
    await bridge.open(link)
    await bridge.payBy('cancel')
    await bridge.isAt('paid_elsewhere')
    await expect(bridge.main).toContainText('지금까지 이 링크로 청구된 금액은 없지만')
  },
)

test(
  'the customer asks again: the screen stays while it is so, and the bill comes back when it is not',
  anyDevice,
  async ({ bridge, merchant, page }) => {
    const link = await merchant.create()
    await flagAsPaid(page, link)
    let answer = () => {}
    const asked = new Promise<void>((resolve) => {
      answer = resolve
    })
    await settleAsPaid(page, asked)
    await bridge.open(link, '?lang=en')
    await bridge.pay.press('Enter')
    await bridge.isAt('paid_elsewhere')
    const check = page.getByRole('button', { name: /^Check/ })
    await check.click()
    await expect(check).toHaveText('Checking')
    answer()
    await expect(check).toHaveText('Check again')
    await bridge.isAt('paid_elsewhere')
    await page.unrouteAll()
    await check.click()
    await bridge.isAt('open')
    await bridge.payBy('approve')
    await bridge.isAt('paid')
  },
)
