// A tab that is left open is told what becomes of its link. An open bill is asked about every thirty
// seconds at most, so whatever comes within five came by the stream.
import { merchantAt } from '../support/merchant.ts'
import { freePort, startServer } from '../support/server.ts'
import { Bridge, desktopOnly, expect, test } from './support/bridge.ts'

const soon = { timeout: 8_000 }

test('an open tab shows within seconds that the seller closed the link', async ({
  bridge,
  merchant,
  page,
}) => {
  const link = await merchant.create()
  const stream = page.waitForResponse('**/live?*')
  await bridge.open(link)
  expect((await stream).headers()['content-encoding']).toBeUndefined()
  await merchant.disable(link.id)
  await expect(bridge.main).toHaveAttribute('data-screen', 'disabled', soon)
})

test('an open tab shows within seconds that the link was paid on another device', async ({
  bridge,
  merchant,
  browser,
  isMobile,
}) => {
  const link = await merchant.create()
  await bridge.open(link)
  const context = await browser.newContext()
  const other = new Bridge(await context.newPage(), isMobile)
  await other.open(link)
  await other.payBy('approve')
  await other.isAt('paid')
  await expect(bridge.main).toHaveAttribute('data-screen', 'paid', soon)
  await context.close()
})

test('an open tab shows that the link has expired', async ({ bridge, merchant }) => {
  await bridge.open(await merchant.create({ expired_at: new Date(Date.now() + 6_000).toISOString() }))
  await bridge.isAt('open')
  await expect(bridge.main).toHaveAttribute('data-screen', 'expired', soon)
})

test('a hidden tab closes its event stream and catches up when it becomes visible', async ({
  bridge,
  merchant,
  page,
}) => {
  await page.addInitScript(() => {
    const open: EventSource[] = []
    const Native = window.EventSource
    window.EventSource = class extends Native {
      constructor(url: string | URL) {
        super(url)
        open.push(this)
      }
    }
    Object.assign(window, { streams: () => open.map(({ readyState }) => readyState) })
  })
  const states = () => page.evaluate(() => (window as unknown as { streams(): number[] }).streams())
  const hide = (hidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, value: hidden })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden)
  const link = await merchant.create()
  await bridge.open(link)
  await expect.poll(states).toEqual([1])
  await hide(true)
  expect(await states()).toEqual([2])
  await merchant.disable(link.id)
  await hide(false)
  await bridge.isAt('disabled')
})

test(
  'the server goes away and comes back: the open tab finds it by itself',
  desktopOnly('the same on a phone'),
  async ({ page, isMobile }) => {
    const port = await freePort()
    const first = await startServer({ PORT: String(port) })
    const merchant = merchantAt(first.url)
    const link = await merchant.create()
    const bridge = new Bridge(page, isMobile)
    await bridge.open(link)
    await first.stop('SIGKILL')
    const again = await startServer({ PORT: String(port), DATABASE_URL: first.database })
    await page.waitForResponse('**/live?*')
    await merchantAt(again.url).disable(link.id)
    await expect(bridge.main).toHaveAttribute('data-screen', 'disabled', soon)
    await again.stop()
  },
)

test('a tab without event streams still shows a deposit', async ({ bridge, merchant, page }) => {
  await page.route('**/live?*', (route) => route.fulfill({ status: 503, body: '{}' }))
  const link = await merchant.create()
  await bridge.open(link)
  await bridge.choose('가상계좌')
  await bridge.payBy('issue')
  await bridge.isAt('awaiting_deposit')
  const { imp_uid } = await merchant.read(link.id)
  await merchant.control({ deposit: imp_uid })
  await bridge.isAt('paid')
})
