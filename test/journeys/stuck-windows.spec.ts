// Payment windows that do not come, stay blank or cannot be left: the customer always gets on.
import { devices, type Page } from '@playwright/test'
import { aRegistration } from '../support/cards.ts'
import { customerAt } from '../support/customer.ts'
import { gatewayAt } from '../support/gateway.ts'
import { anyDevice, Bridge, desktopOnly, expect, phoneOnly, test } from './support/bridge.ts'

const back = /^(결제수단 다시 고르기|Choose a method again)$/
const barOf = (page: Page) => page.locator('#window-bar')

const byPopup = { pg: 'payco', pay_method: 'payco', label: { ko: '페이코', en: 'Payco' } }
const inFrame = { pg: 'danal_tpay', pay_method: 'card', label: { ko: '다날', en: 'Danal' } }
const byCard = { pg: 'html5_inicis', pay_method: 'card', label: { ko: '카드', en: 'Card' } }
const byToss = { pg: 'tosspayments', pay_method: 'card', label: { ko: '토스', en: 'Toss' } }

const popups = desktopOnly('on a phone this gateway shows a frame')
/** The SDK throws where nobody hears it, and browsers report frames that do not load. */
const amongErrors = (page: Page, isPhone = false) => new Bridge(page, isPhone)

/** Whatever was shown is gone, and the next window pays. */
async function paysByCard(bridge: Bridge, page: Page): Promise<void> {
  await expect(page.locator('.imp-dialog')).toBeHidden()
  await page
    .getByRole('button', { name: /^(다시 결제하기|결제수단 다시 고르기|Pay again|Choose a method again)$/ })
    .click()
  await bridge.isAt('open')
  await bridge.payBy('approve')
  await bridge.isAt('paid')
}

for (const frames of ['blank', 'failing'] as const) {
  for (const by of ['mouse', 'keyboard'] as const) {
    test(
      `a window that stays ${frames} is left by ${by}, and the next one pays`,
      desktopOnly('a phone leaves the page for its window'),
      async ({ merchant, page }) => {
        await merchant.control({ frames })
        const bridge = amongErrors(page)
        const link = await merchant.create()
        await bridge.open(link)
        await bridge.pay.click()
        await bridge.isAt('paying')
        await expect(page.locator('.imp-dialog')).toBeVisible()
        await merchant.control({ frames: 'up' })
        const way = barOf(page).getByRole('button', { name: back })
        if (by === 'mouse') await way.click()
        else {
          while (!(await way.evaluate((button) => button === document.activeElement)))
            await page.keyboard.press('Tab')
          await page.keyboard.press('Enter')
        }
        await bridge.isAt('cancelled')
        await expect(bridge.main).toContainText('지금까지 청구된 금액은 없어요.')
        await paysByCard(bridge, page)
      },
    )
  }
}

test(
  'a customer can leave a blank payment frame on a phone',
  phoneOnly('how a phone hides the page under a window'),
  async ({ merchant, page }) => {
    const bridge = amongErrors(page, true)
    await merchant.control({ frames: 'blank', channels: ['html5_inicis', 'danal_tpay'] })
    await bridge.open(await merchant.create({ pay_methods: [inFrame, byCard] }))
    await bridge.pay.tap()
    await expect(page.locator('.imp-dialog')).toBeVisible()
    await expect(bridge.main).toBeHidden()
    await merchant.control({ frames: 'up' })
    await barOf(page).getByRole('button', { name: back }).tap()
    await bridge.isAt('cancelled')
    await page.getByRole('button', { name: '다시 결제하기' }).tap()
    await bridge.choose('카드')
    await bridge.payBy('approve')
    await bridge.isAt('paid')
  },
)

test.describe('on an iPhone', phoneOnly('an iPhone is one'), () => {
  test.use({ userAgent: devices['iPhone 14'].userAgent })
  test('a payment window opens in the visible part of a scrolled page', async ({
    bridge,
    merchant,
    page,
  }) => {
    await merchant.control({ channels: ['html5_inicis', 'danal_tpay'] })
    await bridge.open(await merchant.create({ pay_methods: [inFrame, ...Array(5).fill(byCard)] }))
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await bridge.pay.tap()
    const dialog = page.locator('.imp-dialog.mobile.ios')
    await expect(dialog).toBeVisible()
    await expect(bridge.main).toBeHidden()
    const bar = await barOf(page).boundingBox()
    expect((await dialog.boundingBox())?.y).toBe(bar?.height)
  })
})

test(
  'a customer can leave a blank registration window, and the next one registers the card',
  desktopOnly('a phone leaves the page for its window'),
  async ({ merchant, page }) => {
    const bridge = amongErrors(page)
    await merchant.control({ frames: 'blank' })
    await bridge.open(await merchant.create(aRegistration()))
    const register = page.getByRole('button', { name: /등록/ })
    await register.click()
    await expect(page.locator('.imp-dialog')).toBeVisible()
    await merchant.control({ frames: 'up' })
    await barOf(page).getByRole('button', { name: '처음으로 돌아가기' }).click()
    await bridge.isAt('cancelled')
    await page.getByRole('button', { name: '다시 등록하기' }).click()
    await register.click()
    await bridge.inWindow('approve')
    await bridge.isAt('registered')
  },
)

test(
  'the bar covers no part of the payment window, and the page under the window takes no keys',
  desktopOnly('a phone leaves the page for its window'),
  async ({ bridge, merchant, page }) => {
    await bridge.open(await merchant.create())
    await bridge.press()
    const bar = await barOf(page).boundingBox()
    const dialog = await page.locator('.imp-dialog').boundingBox()
    expect(dialog?.y).toBe((bar?.y ?? 0) + (bar?.height ?? 0))
    for (let presses = 0; presses < 12; presses++) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.closest('#app') ?? null)).toBeNull()
    }
    await bridge.inWindow('approve')
    await bridge.isAt('paid')
    await expect(barOf(page)).toBeHidden()
  },
)

test(
  'the way back closes an open popup, and the next window pays',
  popups,
  async ({ bridge, merchant, page }) => {
    await bridge.open(await merchant.create({ pay_methods: [byCard, byPopup] }))
    await bridge.choose('페이코')
    const opening = page.waitForEvent('popup')
    await bridge.pay.click()
    const popup = await opening
    await expect(popup.getByRole('button', { name: '승인' })).toBeVisible()
    await barOf(page).getByRole('button', { name: back }).click()
    await expect.poll(() => popup.isClosed()).toBe(true)
    await bridge.isAt('cancelled')
    await expect(page.locator('.imp-dialog')).toBeHidden()
    await page.getByRole('button', { name: '다시 결제하기' }).click()
    await bridge.choose('카드')
    await bridge.payBy('approve')
    await bridge.isAt('paid')
  },
)

test('closing a second popup is noticed as well', popups, async ({ bridge, merchant, page }) => {
  await bridge.open(await merchant.create({ pay_methods: [byPopup] }))
  for (const close of ['by the bar', 'by hand'] as const) {
    const opening = page.waitForEvent('popup')
    await bridge.pay.click()
    const popup = await opening
    await expect(popup.getByRole('button', { name: '승인' })).toBeVisible()
    if (close === 'by hand') await popup.close()
    else await barOf(page).getByRole('button', { name: back }).click()
    await bridge.isAt('cancelled')
    await expect(page.locator('.imp-dialog')).toBeHidden()
    await page.getByRole('button', { name: '다시 결제하기' }).click()
  }
})

test(
  'the way back removes a newer gateway’s window completely',
  desktopOnly('a phone leaves the page for its window'),
  async ({ bridge, merchant, page }) => {
    await bridge.open(await merchant.create({ pay_methods: [byToss, byCard] }))
    await bridge.pay.click()
    await expect(page.locator('#imp-iframe-wrapper')).toBeVisible()
    await barOf(page).getByRole('button', { name: back }).click()
    await bridge.isAt('cancelled')
    await expect(page.locator('#imp-iframe-wrapper')).toHaveCount(0)
    await page.getByRole('button', { name: '다시 결제하기' }).click()
    await bridge.choose('카드')
    await bridge.payBy('approve')
    await bridge.isAt('paid')
  },
)

test(
  'the page explains how to allow a blocked popup, and then the customer pays',
  popups,
  async ({ bridge, merchant, page }) => {
    await page.addInitScript(() => {
      const open = window.open
      const blocker = { isOn: true }
      Object.assign(window, { blocker })
      window.open = (...where) => (blocker.isOn ? null : open.apply(window, where))
    })
    const alerts: string[] = []
    page.on('dialog', (dialog) => {
      alerts.push(dialog.message())
      void dialog.accept()
    })
    await bridge.open(await merchant.create({ pay_methods: [byPopup] }))
    await bridge.pay.click()
    await expect(page.locator('#hint')).toContainText(
      '팝업을 허용한 뒤 다시 눌러 주세요. 청구된 금액은 없어요.',
    )
    await bridge.isAt('open')
    expect(alerts).toHaveLength(1)
    await expect(page.locator('.imp-dialog')).toBeHidden()
    await page.evaluate(() => {
      Reflect.get(window, 'blocker').isOn = false
    })
    const popup = page.waitForEvent('popup')
    await bridge.pay.click()
    await (await popup).getByRole('button', { name: '승인' }).click()
    await bridge.isAt('paid')
  },
)

test(
  'an order that is paid elsewhere closes its open window and shows the receipt',
  desktopOnly('a phone leaves the page for its window'),
  async ({ bridge, merchant, page, server }) => {
    const link = await merchant.create()
    await bridge.open(link)
    await bridge.press()
    const gateway = gatewayAt(`${server.url}/sandbox`)
    const customer = customerAt(server.url)
    const { body } = await customer.checkout(link.id)
    const { imp_uid } = await gateway.press(await gateway.open(body.params), 'approve')
    await customer.settle(link.id, imp_uid)
    await bridge.isAt('paid')
    await expect(page.locator('.imp-dialog')).toBeHidden()
    await expect(barOf(page)).toBeHidden()
  },
)

for (const users_pg of ['blocked', 'broken', 'html', 'empty'] as const) {
  test(
    `channels that do not load (${users_pg}) are told, and asked for again`,
    anyDevice,
    async ({ merchant, page }) => {
      await merchant.control({ users_pg })
      const bridge = amongErrors(page)
      await bridge.open(await merchant.create())
      await expect(page.getByRole('alert')).toContainText('결제창을 불러오지 못했어요.')
      await expect(bridge.pay).toBeDisabled()
      await merchant.control({ users_pg: 'up' })
      await page.getByRole('button', { name: '다시 시도' }).click()
      await bridge.payBy('approve')
      await bridge.isAt('paid')
    },
  )
}

test(
  'a hanging channel service does not freeze the page and is reported',
  anyDevice,
  async ({ merchant, page }) => {
    await merchant.control({ users_pg: 'hanging' })
    const bridge = amongErrors(page)
    await bridge.open(await merchant.create())
    await page.getByRole('link', { name: 'English' }).click()
    await expect(page.getByRole('alert')).toContainText('The payment window could not load.')
    await merchant.control({ users_pg: 'up' })
    await page.getByRole('button', { name: 'Try again' }).click()
    await bridge.payBy('approve')
    await bridge.isAt('paid')
  },
)

test(
  'channels that failed to load are loaded again when the network is back',
  anyDevice,
  async ({ merchant, page }) => {
    await merchant.control({ users_pg: 'blocked' })
    const bridge = amongErrors(page)
    await bridge.open(await merchant.create())
    await expect(bridge.pay).toBeDisabled()
    await merchant.control({ users_pg: 'up' })
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await bridge.payBy('approve')
    await bridge.isAt('paid')
  },
)

test('an unknown merchant code is reported as the shop’s problem, with i’mport’s message', async ({
  merchant,
  page,
}) => {
  await merchant.control({ users_pg: 'refused' })
  const bridge = amongErrors(page)
  await bridge.open(await merchant.create())
  const told = page.waitForResponse(/window-failed$/)
  await bridge.pay.click()
  await bridge.isAt('failed')
  expect((await told).status()).toBe(204)
  await expect(bridge.main).toContainText('결제창을 열지 못했어요')
  await expect(bridge.main).toContainText('청구된 금액은 없어요.')
  await expect(bridge.main).toContainText('판매자의 결제 설정이나 결제사에 문제가 있어요.')
  await expect(bridge.main).toContainText(/결제사 안내: .+/)
  await bridge.isAccessibleByTurns()
})

for (const prepare of ['F400', 'F500', 'F1001'] as const) {
  test(`a window that is refused before it opens (${prepare}) is reported, and another method pays`, async ({
    bridge,
    merchant,
    page,
  }) => {
    await merchant.control({ prepare })
    await bridge.open(await merchant.create({ pay_methods: [byToss, byCard] }))
    const told = page.waitForResponse(/window-failed$/)
    await bridge.pay.click()
    await bridge.isAt('failed')
    expect((await told).status()).toBe(204)
    await expect(bridge.main).toContainText('청구된 금액은 없어요.')
    await page.getByRole('button', { name: back }).click()
    await bridge.choose('카드')
    await bridge.payBy('approve')
    await bridge.isAt('paid')
  })
}

test(
  'if the late script loads after the window has ended, the bill says what is going on meanwhile',
  desktopOnly('a phone leaves the page for its window'),
  async ({ bridge, merchant, page }) => {
    const files = /\/screens-[\w-]+\.js/
    await page.route(files, (route) => route.abort())
    const link = await merchant.create()
    await page.goto(link.url)
    await bridge.payBy('approve')
    await expect(page.locator('#hint')).toHaveText('결제 결과를 확인하고 있어요. 잠시만 기다려 주세요.')
    await page.unroute(files)
    await bridge.isAt('paid')
  },
)

test(
  'a # in the gateway’s message survives the return to the page',
  phoneOnly('only a phone returns by address'),
  async ({ bridge, merchant, page }) => {
    await merchant.control({ fail_reason: '[1] limit #2' })
    const link = await merchant.create()
    await bridge.open(link)
    await bridge.payBy('decline')
    await bridge.isAt('declined')
    expect(page.url()).toBe(link.url)
  },
)
