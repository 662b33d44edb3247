// Every screen, in both languages and both themes: no violation.
import { desktopOnly, expect, test } from './support/bridge.ts'
import { flagAsPaid, saySoFar } from './support/settle.ts'

test('the open bill has no accessibility violations', async ({ bridge, merchant }) => {
  await bridge.open(await merchant.create({ tax_free: 1_000 }))
  await bridge.isAccessibleByTurns()
})

test('the bill with a blocked SDK has no accessibility violations', async ({ bridge, merchant, page }) => {
  await merchant.control({ sdk: 'down' })
  await bridge.open(await merchant.create())
  await expect(page.getByRole('alert')).toBeVisible()
  await bridge.isAccessibleByTurns()
})

test('the receipt has no accessibility violations', async ({ bridge, merchant }) => {
  await bridge.open(await merchant.create())
  await bridge.payBy('approve')
  await bridge.isAt('paid')
  await bridge.isAccessibleByTurns()
})

test('the virtual account screen has no accessibility violations', async ({
  bridge,
  merchant,
  page,
  context,
  isMobile,
}) => {
  if (!isMobile) await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await bridge.open(await merchant.create())
  await bridge.choose('가상계좌')
  await bridge.payBy('issue')
  await bridge.isAt('awaiting_deposit')
  await bridge.isAccessibleByTurns()
  await bridge.speak('ko')
  await page.getByRole('button', { name: '계좌번호 복사' }).click()
  await expect(page.getByRole('button', { name: '복사했어요' })).toBeVisible()
})

test('the declined screen has no accessibility violations', async ({ bridge, merchant }) => {
  await bridge.open(await merchant.create())
  await bridge.payBy('decline')
  await bridge.isAt('declined')
  await bridge.isAccessibleByTurns()
})

test('the cancelled screen has no accessibility violations', async ({ bridge, merchant }) => {
  await bridge.open(await merchant.create())
  await bridge.payBy('cancel')
  await bridge.isAt('cancelled')
  await bridge.isAccessibleByTurns()
})

for (const [act, screen, outcome] of [
  ['decline', 'declined', 'declined'],
  ['cancel', 'cancelled', 'cancelled'],
] as const)
  test(`the ${screen} screen that says "nothing charged so far" has no accessibility violations`, async ({
    bridge,
    merchant,
    page,
  }) => {
    await saySoFar(page, [outcome])
    await bridge.open(await merchant.create())
    await bridge.payBy(act)
    await bridge.isAt(screen)
    await expect(bridge.main).toContainText('지금까지 청구된 금액은 없어요.')
    await bridge.isAccessibleByTurns()
  })

test('the disabled screen that says "nothing charged so far" has no accessibility violations', async ({
  bridge,
  merchant,
  page,
}) => {
  const link = await merchant.create()
  await merchant.holdWindow(link.id)
  await merchant.disable(link.id)
  await saySoFar(page)
  await bridge.open(link)
  await bridge.isAt('disabled')
  await expect(bridge.main).toContainText('지금까지 청구된 금액은 없어요.')
  await bridge.isAccessibleByTurns()
})

test('the rejected payment screen has no accessibility violations', async ({ bridge, merchant }) => {
  await bridge.open(await merchant.create())
  await bridge.press()
  await merchant.control({ amount: 9_000, confirm: 'off' })
  await bridge.inWindow('approve')
  await bridge.isAt('rejected')
  await bridge.isAccessibleByTurns()
})

test('the screen of an unknown result has no accessibility violations', async ({ bridge, merchant }) => {
  await merchant.control({ notice: 'never' })
  await bridge.open(await merchant.create())
  await bridge.press()
  await merchant.control({ rest: 'down' })
  await bridge.inWindow('approve')
  await bridge.isAt('unknown')
  await bridge.isAccessibleByTurns()
})

test('the confirming screen has no accessibility violations', async ({ bridge, merchant, page }) => {
  const link = await merchant.create()
  await page.route('**/settle', () => {})
  await page.goto(`${link.url}/return?imp_uid=imp_000000000000`)
  await bridge.ready()
  await bridge.isAt('confirming')
  await bridge.isAccessibleByTurns()
})

test(
  'the screen beside an open payment window has no accessibility violations',
  desktopOnly('on a phone the page is left'),
  async ({ bridge, merchant, page }) => {
    await bridge.open(await merchant.create())
    await bridge.press()
    await bridge.isAt('paying')
    // Looked at as somebody would whose window never came up.
    await page.addStyleTag({ content: '.imp-dialog { display: none !important }' })
    await bridge.isAccessible()
  },
)

test('the disabled screen has no accessibility violations', async ({ bridge, merchant }) => {
  const link = await merchant.create()
  await merchant.disable(link.id)
  await bridge.open(link)
  await bridge.isAt('disabled')
  await bridge.isAccessibleByTurns()
})

test('the expired screen has no accessibility violations', async ({ bridge, merchant }) => {
  await bridge.open(await merchant.create({ expired_at: new Date(Date.now() + 2_000).toISOString() }))
  await bridge.isAt('expired')
  await bridge.isAccessibleByTurns()
})

for (const busy of [false, true])
  test(`the paid elsewhere screen${busy ? ' that says "nothing charged so far"' : ''} has no accessibility violations`, async ({
    bridge,
    merchant,
    page,
  }) => {
    const link = await merchant.create()
    await flagAsPaid(page, link, { busy })
    await bridge.open(link)
    await bridge.pay.press('Enter')
    await bridge.isAt('paid_elsewhere')
    await bridge.isAccessibleByTurns()
  })

test('the not found screen has no accessibility violations', async ({ bridge, server, page }) => {
  await page.goto(`${server.url}/zzzzzzzzzzzzzzzzzz`)
  await bridge.ready()
  await bridge.isAt('not_found')
  await bridge.isAccessibleByTurns()
})

test('the unreachable screen has no accessibility violations', async ({ bridge, merchant, page }) => {
  // From the beginning: a stream that is open already would bring the page back.
  await page.route('**/links/**', (route) => route.abort())
  await bridge.open(await merchant.create())
  await bridge.pay.click()
  await bridge.isAt('unreachable')
  await bridge.isAccessibleByTurns()
})

test('the bill inside KakaoTalk has no accessibility violations', async ({ merchant, browser }) => {
  const context = await browser.newContext({
    userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 KAKAOTALK 10.0',
    viewport: { width: 390, height: 844 },
    locale: 'ko-KR',
  })
  const { Bridge } = await import('./support/bridge.ts')
  const bridge = new Bridge(await context.newPage(), true)
  await bridge.open(await merchant.create())
  await expect(bridge.page.getByRole('link', { name: '브라우저로 열기' })).toHaveAttribute(
    'href',
    /^kakaotalk:/,
  )
  await bridge.isAccessibleByTurns()
  await context.close()
})

test(
  'a page at 400 % zoom loses nothing and scrolls one way only',
  desktopOnly('zoom is a desktop’s way to a narrow page'),
  async ({ bridge, merchant, page }) => {
    await page.setViewportSize({ width: 320, height: 256 })
    await bridge.open(await merchant.create())
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return { scrollWidth, clientWidth }
    })
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth)
    await bridge.pay.scrollIntoViewIfNeeded()
    await expect(bridge.pay).toBeInViewport({ ratio: 1 })
  },
)
