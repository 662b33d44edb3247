import { desktopOnly, expect, test } from './support/bridge.ts'

test(
  'a press before the checkout is granted still opens the popup without a second press',
  desktopOnly('on a phone this gateway has the whole tab'),
  async ({ bridge, merchant, page }) => {
    const link = await merchant.create({
      pay_methods: [{ pg: 'payco', pay_method: 'card', label: '페이코' }],
    })
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route('**/checkout', async (route) => {
      await released
      await route.continue()
    })
    await bridge.open(link)
    await expect(page.locator('.imp-dialog iframe.imp-frame-payco')).toBeAttached()
    await bridge.pay.click()
    await expect(bridge.pay).toHaveAttribute('aria-busy', 'true')
    const opened = page.waitForEvent('popup')
    release()
    const popup = await opened
    await popup.getByRole('button', { name: '승인' }).click()
    await bridge.isAt('paid')
  },
)
