// A window is left without an answer: what is said of money is true while an approval may still follow, and after.
import type { Page } from '@playwright/test'
import { gatewayAt } from '../support/gateway.ts'
import type { Link } from '../support/merchant.ts'
import { type Bridge, desktopOnly, expect, phoneOnly, test } from './support/bridge.ts'
import { saySoFar } from './support/settle.ts'

const desktop = desktopOnly('on a phone the page is left: its way back is a journey of its own')

const forGood = /(?<!지금까지 )청구된 금액은 없어요|You have not been charged\./

/** Opens a window and comes back without its answer. @returns the window's key at the gateway */
async function leaveWindow(bridge: Bridge, page: Page, link: Link, query = ''): Promise<string> {
  await bridge.open(link, query)
  await bridge.press()
  const frame = page
    .frames()
    .find((one) => one.url().includes('/sandbox/window/') && !one.url().includes('/ready/'))
  await page.goto(`${link.url}/return${query}`)
  await bridge.isAt('cancelled')
  return frame?.url().split('/').at(-1) ?? ''
}

test(
  'the page says that nothing is charged so far, and shows a later approval by itself',
  desktop,
  async ({ bridge, merchant, server, page }) => {
    await merchant.control({ notice: 'never' })
    await saySoFar(page)
    const key = await leaveWindow(bridge, page, await merchant.create())
    await expect(bridge.main).toContainText('결제가 아직 완료되지 않았어요')
    await expect(bridge.main).toContainText('지금까지 청구된 금액은 없어요.')
    await expect(bridge.main).toContainText('뒤늦게 완료될 수도 있어요.')
    await expect(bridge.main).not.toContainText(forGood)
    await gatewayAt(`${server.url}/sandbox`).press(key, 'approve')
    await bridge.isAt('paid')
  },
)

test(
  'a reload still says "so far" and does not claim that nothing was charged',
  desktop,
  async ({ bridge, merchant, page }) => {
    await saySoFar(page)
    await leaveWindow(bridge, page, await merchant.create(), '?lang=en')
    await page.reload()
    await bridge.isAt('cancelled')
    await expect(bridge.main).toContainText('You have not been charged so far.')
    await expect(bridge.main).not.toContainText(forGood)
  },
)

test(
  'the text becomes definite once the window is decided, and polling stops',
  desktop,
  async ({ bridge, merchant, server, page }) => {
    await page.clock.install()
    await saySoFar(page)
    const key = await leaveWindow(bridge, page, await merchant.create(), '?lang=en')
    await expect(bridge.main).toContainText('You have not been charged so far.')
    await gatewayAt(`${server.url}/sandbox`).press(key, 'cancel')
    await page.clock.fastForward(15_000)
    await expect(bridge.main).toContainText(forGood)
    await bridge.isAt('cancelled')
    let asked = 0
    await page.route('**/settle', (route) => {
      asked += 1
      return route.continue()
    })
    const looked = page.waitForResponse(/\/links\/[^/]+\?visitor/)
    await page.clock.fastForward(600_000)
    await looked
    expect(asked).toBe(0)
  },
)

test(
  'a customer who pays again after Back sees the first window’s receipt before a second window opens',
  phoneOnly('on a desktop the page is never left'),
  async ({ bridge, merchant, server, page }) => {
    await merchant.control({ notice: 'never' })
    await saySoFar(page)
    await bridge.open(await merchant.create())
    await bridge.press()
    const key = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await page.goBack()
    await bridge.isAt('cancelled')
    await expect(bridge.main).toContainText('지금까지 청구된 금액은 없어요.')
    await page.getByRole('button', { name: '다시 결제하기' }).click()
    await bridge.isAt('open')
    await gatewayAt(`${server.url}/sandbox`).press(key, 'approve')
    await bridge.isAt('paid')
  },
)

test(
  'a failed second checkout after an abandoned window claims only what is known',
  desktop,
  async ({ bridge, merchant, page }) => {
    await saySoFar(page)
    await leaveWindow(bridge, page, await merchant.create(), '?lang=en')
    await page.getByRole('button', { name: 'Pay again' }).click()
    await bridge.isAt('open')
    await page.route('**/checkout', (route) =>
      route.fulfill({ status: 503, json: { reason: 'upstream_unavailable' } }),
    )
    await bridge.pay.click()
    await expect(page.locator('#hint.trouble')).toContainText('You have not been charged so far.')
    await page.route('**/links/**', (route) => route.abort())
    await bridge.pay.click()
    await bridge.isAt('unreachable')
    await expect(bridge.main).toContainText('You have not been charged so far.')
    await expect(bridge.main).not.toContainText(forGood)
  },
)

test(
  'a link that the seller closes meanwhile says that nothing is charged so far, and shows a later approval by itself',
  desktop,
  async ({ bridge, merchant, server, page }) => {
    await merchant.control({ notice: 'never', confirm: 'off' })
    await saySoFar(page)
    const link = await merchant.create()
    const key = await leaveWindow(bridge, page, link)
    await merchant.disable(link.id)
    await bridge.isAt('disabled')
    await expect(bridge.main).toContainText('지금까지 청구된 금액은 없어요.')
    await expect(bridge.main).not.toContainText(forGood)
    await gatewayAt(`${server.url}/sandbox`).press(key, 'approve')
    await bridge.isAt('paid')
  },
)
