// `npm run screenshot`: takes the README's picture of the built page.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, devices } from 'playwright'
import { findBrowser } from './browser.mjs'
import { type Link, merchantAt } from './support/merchant.ts'
import { startServer } from './support/server.ts'

const folder = resolve(import.meta.dirname, '../.github')
const korea: BrowserContextOptions = { locale: 'ko-KR', timezoneId: 'Asia/Seoul' }
const phone: BrowserContextOptions = {
  ...korea,
  userAgent: devices['Galaxy S9+'].userAgent,
  viewport: { width: 390, height: 820 },
  deviceScaleFactor: 2,
}
const desktop: BrowserContextOptions = {
  ...korea,
  colorScheme: 'dark',
  viewport: { width: 1080, height: 820 },
  deviceScaleFactor: 2,
}

async function shoot(
  browser: Browser,
  link: Link,
  query: string,
  options: BrowserContextOptions,
): Promise<string> {
  const page = await (await browser.newContext(options)).newPage()
  await page.goto(link.url + query, { waitUntil: 'networkidle' })
  await page.locator('main[data-ready]').waitFor()
  return (await page.screenshot()).toString('base64')
}

const server = await startServer()
const executablePath = findBrowser()
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] })
const merchant = merchantAt(server.url)
const korean = await merchant.create({ merchant_uid: 'order-20261120-07' })
const english = await merchant.create({
  merchant_uid: 'order-20261120-08',
  title: 'March coffee order',
  name: 'Drip bags, box of 10',
})
const shots = [
  await shoot(browser, korean, '?lang=ko', phone),
  await shoot(browser, english, '?lang=en', desktop),
]

const sheet = await browser.newPage({ viewport: { width: 1560, height: 860 } })
await sheet.setContent(`<style>
  body { margin: 0; display: flex; gap: 40px; padding: 30px; background: #dfe3ea }
  img { height: 800px; border-radius: 16px; box-shadow: 0 2px 16px #0003 }
</style>${shots.map((shot) => `<img src="data:image/png;base64,${shot}">`).join('')}`)
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'bridge-page.png'), await sheet.screenshot())
await browser.close()
await server.stop()
