// A receipt that is opened again: what became of the money since is asked once, and seen.
import { anyDevice, expect, test } from './support/bridge.ts'

test('a refund made elsewhere replaces the receipt', anyDevice, async ({ bridge, merchant, context }) => {
  const link = await merchant.create()
  await bridge.open(link)
  await bridge.payBy('approve')
  await bridge.isAt('paid')

  const again = await context.newPage()
  await again.addInitScript(() => {
    const seen: (string | undefined)[] = []
    Object.assign(window, { seen })
    new MutationObserver(() => {
      const screen = document.querySelector('main')?.dataset.screen
      if (screen && screen !== seen.at(-1)) seen.push(screen)
    }).observe(document, { subtree: true, childList: true, attributeFilter: ['data-screen'] })
  })
  const asked: unknown[] = []
  let answer = () => {}
  const gate = new Promise<void>((resolve) => {
    answer = resolve
  })
  await again.route('**/settle', async (route) => {
    asked.push(route.request().postDataJSON().imp_uid)
    await gate
    const { receipt: _, ...bill } = await (await route.fetch()).json()
    const json = {
      ...bill,
      status: 'refunded',
      refunded_at: bill.now,
      attempt: { outcome: 'refunded' },
    }
    await route.fulfill({ json })
  })
  await again.goto(link.url)
  const main = again.locator('main')
  await expect(main).toContainText('결제가 완료됐어요')
  await expect.poll(() => asked).toEqual([undefined])
  await expect(main).toHaveAttribute('data-screen', 'paid')
  answer()
  await expect(main).toHaveAttribute('data-screen', 'refunded')
  await expect(main).toContainText('결제하신 금액(10,000원)을 돌려드려요.')
  expect(await again.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([
    'paid',
    'refunded',
  ])
  expect(asked).toHaveLength(1)
})

test(
  'the receipt stays on screen when the edge cannot be reached',
  anyDevice,
  async ({ bridge, merchant, page }) => {
    const link = await merchant.create()
    await bridge.open(link)
    await bridge.payBy('approve')
    await bridge.isAt('paid')
    await page.route('**/settle', (route) =>
      route.fulfill({ status: 503, json: { reason: 'upstream_unavailable' } }),
    )
    const answered = page.waitForResponse('**/settle')
    await bridge.open(link)
    await answered
    await bridge.isAt('paid')
    await expect(bridge.main).toContainText('신용·체크카드')
  },
)
