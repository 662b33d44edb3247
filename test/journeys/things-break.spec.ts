import { anyDevice, desktopOnly, expect, test } from './support/bridge.ts'

test(
  'the SDK is blocked: the bill stays readable, and a retry helps',
  anyDevice,
  async ({ bridge, merchant, page }) => {
    await merchant.control({ sdk: 'down' })
    await bridge.open(await merchant.create())
    await bridge.isAt('open')
    await expect(page.getByRole('alert')).toContainText('결제창을 불러오지 못했어요')
    await expect(bridge.pay).toBeDisabled()
    await merchant.control({ sdk: 'up' })
    await page.getByRole('button', { name: '다시 시도' }).click()
    await bridge.payBy('approve')
    await bridge.isAt('paid')
  },
)

test(
  'the edge is out of reach at the press: nothing was charged, and a retry helps',
  anyDevice,
  async ({ bridge, merchant, page }) => {
    await page.route('**/links/**', (route) => route.abort())
    await bridge.open(await merchant.create())
    await bridge.pay.click()
    await bridge.isAt('unreachable')
    await expect(bridge.main).toContainText('아직 청구된 금액은 없어요.')
    await page.unroute('**/links/**')
    await page.getByRole('button', { name: '다시 시도' }).click()
    await bridge.isAt('open')
    await bridge.payBy('approve')
    await bridge.isAt('paid')
  },
)

test(
  "i'mport is out of reach at the press: the page says so beside the button",
  anyDevice,
  async ({ bridge, merchant }) => {
    await merchant.control({ rest: 'down' })
    await bridge.open(await merchant.create(), '?lang=en')
    await bridge.pay.click()
    await expect(bridge.main).toContainText('The payment could not be prepared.')
    await merchant.control({ rest: 'up' })
    await bridge.payBy('approve')
    await bridge.isAt('paid')
  },
)

test(
  'the network goes away in the window: unknown, then the truth by itself',
  desktopOnly('a phone without a network shows its own page'),
  async ({ bridge, merchant, page }) => {
    // A network that goes takes the open stream with it, which a blocked route does not.
    await page.route('**/live?*', (route) => route.abort())
    await bridge.open(await merchant.create())
    await bridge.press()
    await page.route('**/links/**', (route) => route.abort())
    await bridge.inWindow('approve')
    await bridge.isAt('unknown')
    await expect(bridge.main).toContainText('다시 결제하지 마세요')
    await page.unroute('**/links/**')
    await bridge.isAt('paid')
  },
)

test('an open tab learns that the link was paid on another device', async ({
  bridge,
  merchant,
  page,
  browser,
  isMobile,
}) => {
  const link = await merchant.create()
  await bridge.open(link)
  await bridge.press()
  const other = await browser.newContext()
  const { Bridge } = await import('./support/bridge.ts')
  const second = new Bridge(await other.newPage(), isMobile)
  await second.open(link)
  await second.payBy('approve')
  await second.isAt('paid')
  await other.close()
  if (isMobile) await page.goBack()
  await bridge.isAt('paid')
})

test('a customer who pays while the seller replaces the link sees the receipt', async ({
  bridge,
  merchant,
}) => {
  const merchant_uid = `order_${Date.now()}`
  const older = await merchant.create({ merchant_uid })
  await bridge.open(older)
  await bridge.press()
  // i'mport asks before approval, so a closed link is not paid at all where the store has that.
  await merchant.control({ confirm: 'off', notice: 'never' })
  const newer = await merchant.create({ merchant_uid, name: '새 이름' })
  await bridge.inWindow('approve')
  await bridge.isAt('paid')
  const statuses = [await merchant.read(older.id), await merchant.read(newer.id)].map(({ status }) => status)
  expect(statuses.toSorted()).toEqual(['disabled', 'paid'])
})

test(
  'the seller closes the link while the window is open: nothing is said before the edge has asked',
  desktopOnly('on a phone the page is left'),
  async ({ bridge, merchant, page }) => {
    await merchant.control({ confirm: 'off', notice: 'never' })
    const link = await merchant.create()
    await bridge.open(link)
    await bridge.press()
    const asked = page.waitForResponse((response) => response.url().endsWith('/settle'))
    await merchant.disable(link.id)
    await asked
    await bridge.isAt('paying')
    await bridge.inWindow('approve')
    await bridge.isAt('paid')
  },
)

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test(
    'the bill is readable without JavaScript, and the page says what is missing',
    anyDevice,
    async ({ merchant, page }) => {
      const link = await merchant.create()
      await page.goto(`${link.url}?lang=en`)
      const main = page.locator('main')
      await expect(main).toContainText('₩10,000')
      await expect(main).toContainText('드립백 커피 10개입')
      // Playwright's text selectors pass over <noscript>.
      await expect(page.locator('.pay noscript')).toBeVisible()
      await expect(page.getByRole('button', { name: /^Pay/ })).toBeHidden()
      await expect(page.locator('time')).toBeVisible()
    },
  )
})
