// Above a limit the page says so in words, and asks no sooner than it may.
import { startServer } from '../support/server.ts'
import { Bridge, expect, test } from './support/bridge.ts'

test('too many payment windows: the page says when to try again', async ({ bridge, merchant, page }) => {
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

test('too many unknown links: the answer is a page in words, in both languages', async ({
  page,
  isMobile,
}) => {
  // An address that is not that of the other journeys.
  const server = await startServer({ TRUST_PROXY: 'x-real-ip' })
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

test('asked too often what became of a payment: unknown, then the truth when it may be asked', async ({
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
