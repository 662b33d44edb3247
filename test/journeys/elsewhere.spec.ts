// One link, two customers.
import type { Browser } from '@playwright/test'
import { Bridge, expect, test } from './support/bridge.ts'

async function anotherCustomer(browser: Browser, isPhone: boolean): Promise<Bridge> {
  const context = await browser.newContext()
  return new Bridge(await context.newPage(), isPhone)
}

const inProgress = {
  ko: '다른 화면에서 결제가 진행되고 있어요.',
  en: 'A payment is in progress on another screen.',
}

test('a second customer sees that a payment is in progress, and no longer after the first one has left', async ({
  bridge,
  merchant,
  browser,
  isMobile,
}) => {
  const link = await merchant.create()
  const second = await anotherCustomer(browser, isMobile)
  await bridge.open(link)
  await second.open(link)
  await expect(second.main).not.toContainText(inProgress.ko)

  await bridge.press()
  await expect(async () => {
    await second.open(link)
    await expect(second.main).toContainText(inProgress.ko, { timeout: 1_000 })
  }).toPass()
  await second.speak('en')
  await expect(second.main).toContainText(inProgress.en)
  await expect(second.pay).toBeEnabled()

  await bridge.inWindow('cancel')
  await bridge.isAt('cancelled')
  await second.open(link)
  await expect(second.main).not.toContainText(inProgress.en)
  await second.page.context().close()
})

test('the "payment in progress" notice is accessible in both languages and both themes', async ({
  bridge,
  merchant,
}) => {
  const link = await merchant.create()
  await merchant.holdWindow(link.id)
  await bridge.open(link)
  await expect(bridge.main).toContainText(inProgress.ko)
  await bridge.isAccessibleByTurns()
})

test('a customer who reloads does not see a notice about their own window', async ({
  bridge,
  merchant,
  page,
}) => {
  const link = await merchant.create()
  await bridge.open(link)
  await bridge.press()
  await bridge.inWindow('decline')
  await bridge.isAt('declined')
  await page.reload()
  await bridge.ready()
  await bridge.isAt('open')
  await expect(bridge.main).not.toContainText(inProgress.ko)
})

test('when two customers approve, one payment is kept, the other is refunded, and both screens say so', async ({
  bridge,
  merchant,
  browser,
  isMobile,
}) => {
  // Without the question before each approval nothing but the settling keeps the second from being charged.
  await merchant.control({ confirm: 'off', notice: 'never' })
  const link = await merchant.create()
  const second = await anotherCustomer(browser, isMobile)
  // Or the page would take its window away.
  await bridge.hearsNothing()
  await bridge.open(link)
  await second.open(link)
  await bridge.press()
  await second.press()

  await second.inWindow('approve')
  await second.isAt('paid')
  await bridge.inWindow('approve')
  await bridge.isAt('rejected')
  await expect(bridge.main).toContainText('이미 결제된 주문이에요')
  await expect(bridge.main).toContainText('나중에 결제한 금액(10,000원)은 취소했어요.')

  const { status, imp_uid, history } = await merchant.read(link.id)
  expect(status).toBe('paid')
  const steps = (history as { to: string; why: string }[]).map(({ why }) => why)
  expect(steps).toEqual(['created', 'paid', 'payment_rejected_second_payment', 'payment_returned'])
  const payments = (await merchant.payments(link.merchant_uid)).map((payment) => ({
    kept: payment.imp_uid === imp_uid,
    status: payment.status,
  }))
  expect(payments).toHaveLength(2)
  expect(payments).toContainEqual({ kept: true, status: 'paid' })
  expect(payments).toContainEqual({ kept: false, status: 'cancelled' })
  await second.page.context().close()
})
