import { sixMethods } from '../support/merchant.ts'
import { desktopOnly, expect, phoneOnly, test } from './support/bridge.ts'

// Each method on one device, each language on both: to the page a method is a word that it hands on.
for (const [index, method] of sixMethods.entries()) {
  const language = index === 2 || index === 3 || index === 5 ? 'en' : 'ko'
  const only = index % 2 === 1 ? phoneOnly : desktopOnly
  test(
    `a customer pays by ${method.pay_method} in ${language}`,
    only('by turns'),
    async ({ bridge, merchant }) => {
      const link = await merchant.create()
      await bridge.open(link, `?lang=${language}`)
      await bridge.choose(method.label[language])
      if (method.pay_method === 'vbank') {
        await bridge.payBy('issue')
        await bridge.isAt('awaiting_deposit')
        const { imp_uid } = await merchant.read(link.id)
        await merchant.control({ deposit: imp_uid })
      } else {
        await bridge.payBy('approve')
      }
      await bridge.isAt('paid')
      await expect(bridge.main).toContainText(language === 'ko' ? '10,000원' : '₩10,000')
      await expect(bridge.main).toContainText(method.label[language])
      await expect(bridge.main).toContainText(link.merchant_uid)
      expect(await merchant.read(link.id)).toMatchObject({ status: 'paid', amount: 10_000 })
    },
  )
}

for (const notice of ['before', 'after', 'never', 'twice']) {
  test(`a payment is kept once when the webhook comes ${notice}`, async ({ bridge, merchant }) => {
    await merchant.control({ notice })
    const link = await merchant.create()
    await bridge.open(link)
    await bridge.payBy('approve')
    await bridge.isAt('paid')
    const { history } = await merchant.read(link.id)
    expect((history as { to: string }[]).filter(({ to }) => to === 'paid')).toHaveLength(1)
  })
}

test(
  'pays with the keyboard alone',
  desktopOnly('a phone has no keyboard'),
  async ({ bridge, merchant, page }) => {
    await bridge.open(await merchant.create())
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'English' })).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('radio', { name: '신용·체크카드' })).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('radio', { name: '네이버페이' })).toBeChecked()
    await page.keyboard.press('Tab')
    await expect(bridge.pay).toBeFocused()
    await page.keyboard.press('Enter')
    const approve = bridge.window.getByRole('button', { name: '승인' })
    await approve.focus()
    await page.keyboard.press('Enter')
    await bridge.isAt('paid')
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  },
)

test('a direct link opens its only method by itself, once', async ({ bridge, merchant, page }) => {
  const link = await merchant.create({
    pay_methods: undefined,
    direct: { pg: 'html5_inicis.INIpayTest', pay_method: 'card' },
  })
  await page.goto(link.url)
  await bridge.inWindow('cancel')
  await bridge.isAt('cancelled')
  await page.reload()
  await bridge.ready()
  await bridge.isAt('open')
  await expect(page.getByRole('radio')).toHaveCount(0)
  await bridge.payBy('approve')
  await bridge.isAt('paid')
})

test(
  'a gateway in a popup waits for the press',
  desktopOnly('on a phone the gateway takes the whole tab'),
  async ({ bridge, merchant, page }) => {
    const link = await merchant.create({
      pay_methods: [{ pg: 'payco', pay_method: 'payco', label: { ko: '페이코', en: 'Payco' } }],
    })
    await bridge.open(link)
    const popup = page.waitForEvent('popup')
    await bridge.pay.click()
    await (await popup).getByRole('button', { name: '승인' }).click()
    await bridge.isAt('paid')
  },
)

test(
  'a newer gateway that says nothing of success is verified all the same',
  desktopOnly('on a phone the address carries the answer'),
  async ({ bridge, merchant, page }) => {
    const link = await merchant.create({
      buyer_name: '홍길동',
      pay_methods: [{ pg: 'tosspayments', pay_method: 'card', label: '카드' }],
    })
    await bridge.open(link)
    await bridge.pay.click()
    const frames = page.frameLocator('.imp-dialog iframe:visible, #imp-iframe')
    await frames.getByRole('button', { name: '승인' }).click()
    await bridge.isAt('paid')
  },
)
