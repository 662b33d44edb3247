import { desktopOnly, expect, test } from './support/bridge.ts'

test(
  'a customer who presses Tab and Enter under an open payment window can still pay',
  desktopOnly('on a phone the gateway has the whole tab'),
  async ({ bridge, merchant, page }) => {
    const link = await merchant.create()
    await bridge.open(link)
    await bridge.press()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    // The keys may have approved already: they belong to the gateway's window. If nothing has happened, it still can.
    const approveWhilePaying = () => {
      const { screen } = document.querySelector('main')?.dataset ?? {}
      const frame = document.querySelector<HTMLIFrameElement>('.imp-frame-html5_inicis')
      if (screen === 'paying') frame?.contentDocument?.querySelector<HTMLElement>('[value=approve]')?.click()
      return screen
    }
    let end: string | undefined
    await expect
      .poll(async () => {
        end = await page.evaluate(approveWhilePaying)
        return end
      })
      .not.toMatch(/^(paying|confirming)$/)
    expect(end).toBe('paid')
  },
)
