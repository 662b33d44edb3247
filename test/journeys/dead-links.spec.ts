import { expect, test } from './support/bridge.ts'

test('an expired link says when it ended and that nothing was charged', async ({
  bridge,
  merchant,
  page,
}) => {
  const link = await merchant.create({ expired_at: new Date(Date.now() + 3_000).toISOString() })
  await bridge.open(link)
  // The open tab finds out by itself.
  await bridge.isAt('expired')
  await expect(bridge.main).toContainText('청구된 금액은 없어요.')
  await page.reload()
  await bridge.isAt('expired')
  await expect(bridge.pay).toHaveCount(0)
})

test('a disabled link says that the seller closed it', async ({ bridge, merchant }) => {
  const link = await merchant.create()
  expect(await merchant.disable(link.id)).toBe(200)
  await bridge.open(link, '?lang=en')
  await bridge.isAt('disabled')
  await expect(bridge.main).toContainText('You have not been charged.')
})

test('a link that is disabled while it is on screen opens no payment window', async ({
  bridge,
  merchant,
  page,
}) => {
  // Pressed before the stream could tell.
  await page.route('**/live?*', (route) => route.abort())
  const link = await merchant.create()
  await bridge.open(link)
  await merchant.disable(link.id)
  await bridge.pay.click()
  await bridge.isAt('disabled')
})

test('a link that was closed during a payment claims nothing about money before the result is known', async ({
  bridge,
  merchant,
  page,
  browser,
}) => {
  const link = await merchant.create()
  await bridge.open(link)
  await bridge.press()
  await page.goto('about:blank')
  await merchant.disable(link.id)
  await merchant.control({ rest: 'down' })
  const elsewhere = await browser.newContext({ locale: 'en' })
  const other = await elsewhere.newPage()
  await other.clock.install()
  await other.goto(link.url)
  const main = other.locator('main')
  await expect(main).toHaveAttribute('data-screen', 'unknown')
  await expect(main).toContainText('You may have been charged')
  await merchant.control({ rest: 'up' })
  await other.clock.fastForward(15_000)
  await expect(main).toHaveAttribute('data-screen', 'disabled')
  await expect(main).toContainText('You have not been charged so far.')
  await elsewhere.close()
})

test('an unknown link asks whether the address is complete', async ({ bridge, server, page }) => {
  const response = await page.goto(`${server.url}/zzzzzzzzzzzzzzzzzz`)
  expect(response?.status()).toBe(404)
  await bridge.ready()
  await bridge.isAt('not_found')
})

test('a refunded payment says that the money goes back', async ({ bridge, merchant, server }) => {
  const link = await merchant.create()
  await bridge.open(link)
  await bridge.payBy('approve')
  await bridge.isAt('paid')
  const { imp_uid } = await merchant.read(link.id)
  const api = `${server.url}/sandbox/api`
  const keys = new URLSearchParams({ imp_key: 'sandbox', imp_secret: 'sandbox' })
  const token = await fetch(`${api}/users/getToken`, { method: 'POST', body: keys })
  const { response } = (await token.json()) as { response: { access_token: string } }
  await fetch(`${api}/payments/cancel`, {
    method: 'POST',
    headers: { authorization: response.access_token, 'content-type': 'application/json' },
    body: JSON.stringify({ imp_uid, enable_webhook: true }),
  })
  await expect.poll(async () => (await merchant.read(link.id)).status).toBe('refunded')
  await bridge.open(link)
  await bridge.isAt('refunded')
  await expect(bridge.main).toContainText('결제하신 금액(10,000원)을 돌려드려요.')
})

test('GET and HEAD of a page never change the database', async ({ merchant, server, request }) => {
  const link = await merchant.create()
  const before = await merchant.read(link.id)
  for (let visit = 0; visit < 20; visit += 1) {
    await request.get(link.url, { headers: { 'user-agent': 'facebookexternalhit/1.1' } })
    await request.head(`${link.url}/return?imp_uid=imp_1`)
    await request.get(`${server.url}/links/${link.id}`)
  }
  expect(await merchant.read(link.id)).toEqual(before)
})
