// Above a limit the page says so in words, and asks no sooner than it may.
import { startServer } from '../support/server.ts'
import { Bridge, expect, test } from './support/bridge.ts'

test('after too many payment windows the page says when to try again', async ({ bridge, merchant, page }) => {
  const link = await merchant.create()
  await bridge.open(link, '?lang=en')
  const statuses = await page.evaluate(async (id) => {
    const ask = async () => {
      const body = JSON.stringify({ method: 'm1', language: 'en' })
      const headers = { 'content-type': 'application/json' }
      return (await fetch(`/links/${id}/checkout`, { method: 'POST', headers, body })).status
    }
    const found: number[] = []
    for (let n = 0; n < 31; n++) found.push(await ask())
    return found
  }, link.id)
  expect(statuses.at(-1)).toBe(429)
  await bridge.pay.click()
  await expect(bridge.main).toContainText(/Too many requests\. Try again in \d+ seconds\./)
  await bridge.speak('ko')
  await expect(bridge.main).toContainText(/\d+초/)
})

test('after too many unknown links the server answers with a readable page in both languages', async ({
  page,
  isMobile,
}) => {
  // An address that is not that of the other journeys.
  const server = await startServer({ SANDBOX: 'true', TRUST_PROXY: 'x-real-ip' })
  await page.setExtraHTTPHeaders({ 'x-real-ip': '198.51.100.1' })
  for (let n = 0; n < 30; n++)
    await fetch(`${server.url}/zzzzzzzzzzzzzzzzzz`, { headers: { 'x-real-ip': '198.51.100.1' } })
  for (const [language, words] of [
    ['ko', /\d+초/],
    ['en', /Too many requests\. Try again in \d+ seconds\./],
  ] as const) {
    const answer = await page.goto(`${server.url}/zzzzzzzzzzzzzzzzzz?lang=${language}`)
    expect(answer?.status()).toBe(429)
    expect(Number(answer?.headers()['retry-after'])).toBeGreaterThan(0)
    await expect(page.getByRole('heading')).toContainText(words)
    await expect(page.locator('html')).toHaveAttribute('lang', language)
  }
  await new Bridge(page, isMobile).isAccessible(['en'])
  await server.stop()
})

test('when the database is unavailable the page says so in both languages, reloads itself and claims nothing about money', async ({
  page,
  isMobile,
}) => {
  const server = await startServer({
    IMP_USER_CODE: 'imp12345678',
    IMP_KEY: 'key',
    IMP_SECRET: 'secret',
    TOKEN_SECRET: 'a-secret-of-more-than-thirty-two-characters',
    // Nobody listens there.
    DATABASE_URL: 'postgres://dari@127.0.0.1:1/dari',
  })
  const link = `${server.url}/zzzzzzzzzzzzzzzzzz`
  for (const [address, language, words] of [
    [`${link}?lang=ko`, 'ko', '이미 결제하셨다면 다시 결제하지 마세요.'],
    [`${link}?lang=en`, 'en', 'If you have already paid, please do not pay again.'],
    [`${link}/return?imp_uid=imp_1&lang=ko`, 'ko', '결제가 됐을 수도 있으니 다시 결제하지 마세요.'],
    [`${link}/return?imp_uid=imp_1&lang=en`, 'en', 'You may have been charged, so please do not pay again.'],
  ] as const) {
    const answer = await page.goto(address)
    expect(answer?.status()).toBe(503)
    expect(answer?.headers().refresh).toBe('10')
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    await expect(page.locator('main')).toContainText(words)
    await expect(page.locator('main')).not.toContainText(/청구된 금액은 없|not been charged/)
    await new Bridge(page, isMobile).isAccessibleIn(page, { language })
  }
  // The address stays whole: the gateway's answer is in it.
  await page.getByRole('link').click()
  await expect(page).toHaveURL(/return\?imp_uid=imp_1&lang=en$/)
  await server.stop()
})

test('a rate-limited result shows as unknown, and as the real result once the limit allows it', async ({
  bridge,
  merchant,
  page,
}) => {
  await merchant.control({ notice: 'never' })
  await bridge.open(await merchant.create())
  await bridge.press()
  let refusedAt = 0
  let askedAgainAt = 0
  await page.route('**/settle', (route) => {
    if (refusedAt > 0) {
      askedAgainAt = Date.now()
      return route.continue()
    }
    refusedAt = Date.now()
    const body = JSON.stringify({ reason: 'too_many_requests', retry_after: 4 })
    return route.fulfill({ status: 429, contentType: 'application/json', body })
  })
  await bridge.inWindow('approve')
  await bridge.isAt('unknown')
  await bridge.isAt('paid')
  expect(askedAgainAt - refusedAt).toBeGreaterThanOrEqual(4_000)
})
