// A customer registers a card: by typing it, and in the gateway's window.
import type { Page } from '@playwright/test'
import { aCardForm, aRegistration, aTypedCard, cards } from '../support/cards.ts'
import { desktopOnly, expect, phoneOnly, test } from './support/bridge.ts'

const register = /^(카드 등록하기|등록하고 .* 결제하기|Register card|Register and pay .*)$/
const button = (page: Page) => page.getByRole('button', { name: register })

async function typeCard(page: Page, number: string): Promise<void> {
  await page.getByLabel('카드 번호').pressSequentially(number)
  await page.getByLabel('유효기간 (월/년)').pressSequentially('931')
  await page.getByLabel('비밀번호 앞 2자리').pressSequentially('12')
  await page.getByLabel('생년월일 또는 사업자등록번호').pressSequentially('900101')
  await page.getByLabel('이용약관 동의').check()
  await page.getByLabel('개인정보 처리 동의').check()
}

test.describe('on a desktop', desktopOnly('the same on a phone'), () => {
  test('the card form works with a screen reader and the keyboard alone, and loads no third-party script', async ({
    bridge,
    merchant,
    page,
  }) => {
    const scripts: string[] = []
    page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()))
    const link = await merchant.create(aCardForm())
    const answer = await page.goto(link.url)
    await bridge.ready()
    expect(answer?.headers()['content-security-policy']).toContain("frame-src 'self';")
    await expect(bridge.main).toContainText('지금 결제되는 금액은 없어요.')
    await expect(bridge.main).toContainText('다리 상점에서 앞으로 이 카드로 결제를 청구할 수 있어요.')
    await bridge.isAccessible()
    await bridge.speak('ko')

    await expect(page.getByRole('textbox', { name: '카드 번호' })).toBeVisible()
    const number = page.locator('#card-number')
    await expect(number).toHaveAttribute('autocomplete', 'cc-number')
    await expect(number).toHaveAttribute('inputmode', 'numeric')
    await expect(page.getByRole('textbox', { name: '유효기간 (월/년)' })).toHaveAttribute(
      'autocomplete',
      'cc-exp',
    )
    // Nothing of it would be sent by the browser itself.
    expect(await page.locator('form [name]').count()).toBe(0)

    // The whole form with Tab, Space and Enter.
    await number.focus()
    await page.keyboard.type('42424242')
    for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowLeft')
    await page.keyboard.type('9')
    await expect(number).toHaveValue('4242 9424 2')
    expect(await number.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(6)
    await page.keyboard.press('Enter')
    await expect(number).toBeFocused()
    await expect(number).toHaveAccessibleDescription('카드 번호를 다시 확인해 주세요.')
    await expect(page.getByRole('textbox', { name: '비밀번호 앞 2자리' })).toHaveAccessibleDescription(
      '카드 비밀번호 앞 2자리를 입력해 주세요.',
    )
    await expect(page.getByRole('checkbox', { name: '이용약관 동의 (필수)' })).toHaveAccessibleDescription(
      '이용약관에 동의해 주세요.',
    )
    await bridge.isAccessible(['en'])
    await expect(number).toHaveAccessibleDescription('Check your card number.')
    await bridge.speak('ko')

    await number.fill('')
    await number.focus()
    await page.keyboard.type(cards.sound)
    await page.keyboard.press('Tab')
    await page.keyboard.type('931')
    await page.keyboard.press('Tab')
    await page.keyboard.type('12')
    await page.keyboard.press('Tab')
    await page.keyboard.type('2208162517')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: '이용약관 보기' })).toBeFocused()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await bridge.isAt('registered')
    await expect(page.getByRole('heading', { name: '카드가 등록됐어요' })).toBeFocused()
    await expect(bridge.main).toContainText('결제된 금액은 없어요.')
    await bridge.isAccessible(['ko'])
    expect(scripts.every((url) => new URL(url).pathname.startsWith('/assets/cards'))).toBe(true)
    await expect(page.locator('html')).not.toContainText('4242')
  })

  test('a lost answer claims nothing until the result is known', async ({ bridge, merchant, page }) => {
    // The stream would tell the truth at once.
    await page.route('**/live?*', (route) => route.abort())
    await bridge.open(await merchant.create(aCardForm()))
    await page.route('**/card', async (route) => {
      await route.fetch()
      await route.abort()
    })
    // Answered from the press on: what the page asks by itself would take the button away from under it.
    const check = page.getByRole('button', { name: '지금 확인하기' })
    const isPressed = () => page.evaluate(() => document.body.dataset.pressed === 'yes')
    await page.route('**/settle', async (route) => ((await isPressed()) ? route.continue() : route.abort()))
    await typeCard(page, cards.sound)
    await button(page).click()
    await bridge.isAt('unknown')
    await expect(bridge.main).toContainText('카드가 등록됐을 수도 있으니 다시 등록하지 마세요.')
    await bridge.isAccessible(['ko'])
    await check.evaluate((pressed) =>
      pressed.addEventListener('click', () => (document.body.dataset.pressed = 'yes'), { capture: true }),
    )
    await check.click()
    await bridge.isAt('registered')
  })

  test('a card that is already registered is reported in both languages and is not replaced', async ({
    bridge,
    merchant,
    page,
    server,
  }) => {
    const order = aCardForm()
    const first = await merchant.create(order)
    const answer = await fetch(`${server.url}/links/${first.id}/card`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(aTypedCard()),
    })
    expect(((await answer.json()) as { status: string }).status).toBe('registered')
    await bridge.open(await merchant.create(order))
    await typeCard(page, cards.sound)
    await button(page).click()
    await bridge.isAt('card_exists')
    await expect(bridge.main).toContainText('새로 등록된 카드는 없어요.')
    await bridge.isAccessible(['en'])
    await expect(bridge.main).toContainText('No new card was registered.')
  })

  test('an abandoned, a declined and a closed registration each say that no card was registered', async ({
    bridge,
    merchant,
    page,
  }) => {
    const link = await merchant.create(aRegistration())
    await bridge.open(link)
    await button(page).click()
    await bridge.inWindow('cancel')
    await bridge.isAt('cancelled')
    await expect(bridge.main).toContainText('새로 등록된 카드는 없어요. 청구된 금액은 없어요.')
    await bridge.isAccessible(['en'])
    await bridge.speak('ko')
    await page.getByRole('button', { name: '다시 등록하기' }).click()
    await button(page).click()
    await bridge.inWindow('decline')
    await bridge.isAt('declined')
    await bridge.isAccessible(['ko'])
    expect(await merchant.disable(link.id)).toBe(200)
    await page.reload()
    await bridge.isAt('disabled')
    await expect(bridge.main).toContainText('새로 등록된 카드는 없어요.')
    await bridge.isAccessible(['ko'])
  })

  test('without scripts the form cannot be filled in, and the page says why', async ({
    browser,
    merchant,
  }) => {
    const page = await (await browser.newContext({ javaScriptEnabled: false, locale: 'ko-KR' })).newPage()
    await page.goto((await merchant.create(aCardForm())).url)
    // Playwright's text selectors pass over <noscript>.
    await expect(page.locator('.pay noscript')).toBeVisible()
    await expect(page.locator('main')).toContainText('지금 결제되는 금액은 없어요.')
    await expect(page.locator('input')).toHaveCount(6)
    expect(await page.locator('input:visible').count()).toBe(0)
    await page.context().close()
  })
})

test.describe('on a phone', phoneOnly('the same on a desktop'), () => {
  test('a declined card is reported beside the button, can be typed again and is charged once', async ({
    bridge,
    merchant,
    page,
  }) => {
    const link = await merchant.create(aCardForm({ amount: 9_900 }))
    await bridge.open(link)
    await expect(bridge.main).toContainText('카드를 등록하면서 9,900원 결제도 함께 진행돼요.')
    await typeCard(page, cards.refused)
    await button(page).click()
    await expect(page.getByRole('alert')).toContainText('카드가 등록되지 않았어요. 청구된 금액은 없어요.')
    await expect(page.getByRole('alert')).toBeFocused()
    await expect(page.getByLabel('비밀번호 앞 2자리')).toHaveValue('')
    await bridge.isAccessible(['ko'])
    await page.getByLabel('카드 번호').fill(cards.sound)
    await page.getByLabel('비밀번호 앞 2자리').fill('12')
    await button(page).dblclick()
    await bridge.isAt('registered')
    await expect(bridge.main).toContainText('9,900원 결제도 완료됐어요.')
    expect((await merchant.payments(link.merchant_uid)).map(({ status }) => status).sort()).toEqual([
      'failed',
      'paid',
    ])
  })
})

test('a card is registered through the payment window on a phone and on a desktop', async ({
  bridge,
  merchant,
  page,
}) => {
  const link = await merchant.create(aRegistration())
  await bridge.open(link, '?lang=en')
  await expect(bridge.main).toContainText('You are not charged anything now.')
  await bridge.isAccessible(['en'])
  await button(page).click()
  // KG Inicis stays over the page for a card, on a phone too.
  const sheet = page.frameLocator('.imp-dialog iframe.imp-frame-html5_inicis')
  await expect(sheet.getByText(/^customer-/)).toBeVisible()
  await sheet.getByRole('button', { name: 'Approve' }).click()
  await bridge.isAt('registered')
  await expect(bridge.main).toContainText('You were not charged.')
  expect((await merchant.read(link.id)).status).toBe('registered')
  await page.reload()
  await bridge.isAt('registered')
})
