// Links of the global API: what they show beyond the bill, where they lead on to, and in a shop's own page.
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Frame, Page } from '@playwright/test'
import { globalMerchantAt } from '../support/global-merchant.ts'
import type { Link } from '../support/merchant.ts'
import { aPng } from '../support/pictures.ts'
import { type Server, startServer } from '../support/server.ts'
import { desktopOnly, expect, test as journey, phoneOnly } from './support/bridge.ts'

interface Shop {
  /** On an origin of its own, which the edge lists: `http://localhost:…`. */
  origin: string
  /** Another origin of the same computer, which it does not. */
  other: string
}

type Order = (differences?: Record<string, unknown>) => Promise<Link>

const test = journey.extend<{ order: Order }, { server: Server; shop: Shop }>({
  shop: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from here.
    async ({}, use) => {
      const site = createServer(({ url = '/' }, response) => {
        const { pathname, searchParams } = new URL(url, 'http://shop')
        if (pathname === '/logo.png') return void response.end(aPng(120, 40))
        response.setHeader('content-type', 'text/html; charset=utf-8')
        response.end(pathname === '/cart' ? cart(searchParams) : `<h1>The shop: ${pathname}</h1>`)
      }).listen(0)
      await once(site, 'listening')
      const { port } = site.address() as AddressInfo
      await use({ origin: `http://localhost:${port}`, other: `http://127.0.0.1:${port}` })
      site.closeAllConnections()
      site.close()
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ shop }, use) => {
      // The sandbox of another server stands for i'mport, and this one has a merchant with a shop.
      const upstream = await startServer()
      const merchants = join(mkdtempSync(join(tmpdir(), 'dari-')), 'merchants.json')
      writeFileSync(merchants, JSON.stringify([merchantOf(shop)]))
      const server = await startServer({
        MERCHANTS_FILE: merchants,
        TOKEN_SECRET: 'a-secret-of-more-than-thirty-two-characters',
        IAMPORT_API_URL: `${upstream.url}/sandbox/api`,
        IAMPORT_SDK_URL: `${upstream.url}/sandbox/v1/iamport.js`,
        CSP_CONNECT_HOSTS: upstream.url,
        CSP_FRAME_HOSTS: upstream.url,
        CSP_FORM_HOSTS: upstream.url,
        EVENTS_ALLOW_PRIVATE: 'true',
      })
      await use(server)
      await server.stop()
      await upstream.stop()
    },
    { scope: 'worker' },
  ],
  order: async ({ server, shop }, use) => {
    const merchant = globalMerchantAt(server.url)
    await use((differences) => merchant.create({ ...orderAt(shop), ...differences }))
  },
})

// One shop for all of them, and two servers.
test.describe.configure({ mode: 'default' })

const methods = [
  { payment_channel: 'STRIPE', payment_method: 'STRIPE_CARD', pay_method: 'card' },
  { payment_channel: 'SANDBOX', payment_method: 'SANDBOX_VIRTUAL_ACCOUNT', pay_method: 'vbank' },
]

const merchantOf = (shop: Shop) => ({
  user_code: 'imp00000000',
  imp_key: 'sandbox',
  imp_secret: 'sandbox',
  sandbox: true,
  portone_key: 'sandbox',
  portone_secret: 'sandbox',
  payment_methods: methods.map((method) => ({ ...method, pg: 'html5_inicis.INIpayTest' })),
  embed_origins: ['https://elsewhere.example', shop.origin],
})

const orderAt = ({ origin }: Shop) => ({
  merchant_details: {
    name: '커피 로스터스',
    logo: `${origin}/logo.png`,
    back_url: `${origin}/basket`,
    promo_code: 'MARCH',
    promo_discount: 2_000,
    shipping_charges: 3_000,
  },
  description: '3월 정기구독 첫 상자예요.',
  amount: 10_000,
  currency: 'KRW',
  country_code: 'KR',
  show_shipping_details: true,
  notes: [{ key: '메모', value: '경비실에 맡겨 주세요' }],
  chosen_payment_methods: methods.map(({ pay_method: _, ...chosen }) => chosen),
  success_url: `${origin}/done`,
  failure_url: `${origin}/failed`,
  pending_url: `${origin}/waiting`,
  notify_by_email: false,
  notify_by_phone: false,
})

/** A shop's page that holds a link, and keeps whatever is said to it. */
function cart(query: URLSearchParams): string {
  const link = query.get('link') ?? ''
  return `<!doctype html>
<html lang="ko"><title>Cart</title><main aria-label="Cart"><h1>Cart</h1>
<div style="width:420px; overflow:hidden; transform:translate(0)"><div id="payment"></div></div></main>
<script>heard = []; addEventListener('message', ({ data, origin }) => heard.push([origin, data]))</script>
<script src="${new URL('/embed.js', link)}"></script>
<script>results = []
Dari.open({ link: ${JSON.stringify(link)}, into: '#payment', onward: ${query.has('onward')},
  onResult: (result) => results.push(result) })</script>`
}

/** The page in the shop's frame, once it works. */
async function framed(page: Page): Promise<Frame> {
  const handle = await page.locator('iframe[title="결제"]').elementHandle()
  const frame = await handle?.contentFrame()
  if (!frame) throw new Error('there is no frame')
  await expect(frame.locator('main[data-ready]')).toBeAttached()
  return frame
}

/** The way on after a payment, as the edge signed it. */
const signedAt = ({ origin }: Shop) =>
  new RegExp(`^${origin}/done\\?(?=.*signature_hash=)(?=.*status=Success)`)

/** Nobody looks at the tab until `lookAgain`: no countdown runs out while a loaded machine takes its time. */
const lookAway = (page: Page) =>
  page.addInitScript(() => Object.defineProperty(document, 'hidden', { get: () => !('seen' in window) }))

const lookAgain = (page: Page) => page.evaluate('seen = true')

const cartOf = (origin: string, link: Link, more = '') =>
  `${origin}/cart?link=${encodeURIComponent(link.url)}${more}`

test.describe('on a phone', phoneOnly('a desktop has its own'), () => {
  test('a phone shows the whole order before and after paying, and does not redirect a customer who is reading', async ({
    bridge,
    order,
    page,
    shop,
  }) => {
    await page.clock.install()
    await lookAway(page)
    await bridge.open(await order())
    await expect(page.locator('header img')).toHaveJSProperty('naturalWidth', 120)
    await expect(page.getByRole('link', { name: /localhost:\d+ 사이트로 돌아가기/ })).toHaveAttribute(
      'href',
      `${shop.origin}/basket`,
    )
    await expect(page.getByRole('region', { name: '금액 내역' })).toContainText('할인 (MARCH)−2,000원')
    await expect(page.getByText('경비실에 맡겨 주세요')).toBeHidden()
    await expect(bridge.pay).toBeInViewport({ ratio: 1 })
    await page.getByText('주문 정보 자세히 보기').click()
    await expect(page.getByText('경비실에 맡겨 주세요')).toBeVisible()
    await bridge.isAccessible()
    await bridge.speak('ko')
    await bridge.payBy('approve')
    await bridge.isAt('paid')
    await expect(page.getByText(/초 뒤에 localhost:\d+ 사이트로 이동해요/).last()).toBeVisible()
    await page.getByRole('button', { name: '여기에 머물기' }).focus()
    // Whoever does anything here is not taken away.
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: '여기에 머물기' })).toHaveCount(0)
    await lookAgain(page)
    await page.clock.runFor(12_000)
    await bridge.isAt('paid')
    await bridge.isAccessible(['en'])
    await page.getByRole('link', { name: /^Continue to localhost/ }).click()
    await page.waitForURL(signedAt(shop))
  })

  test('a framed link leaves the frame for the payment and returns to the shop', async ({
    bridge,
    order,
    page,
    shop,
  }) => {
    const link = await order({ is_checkout_embed: true })
    await page.goto(cartOf(shop.origin, link))
    const frame = await framed(page)
    await expect(frame.getByRole('radio')).toHaveCount(0)
    await expect(frame.getByRole('button', { name: /결제하기/ })).toBeHidden()
    await bridge.isAccessibleIn(page)
    await frame.getByRole('link', { name: '결제 페이지로 이동하기' }).click()
    await page.waitForURL(link.url)
    await bridge.ready()
    await bridge.payBy('approve')
    await bridge.isAt('paid')
    await page.getByRole('link', { name: /사이트로 이동하기/ }).click()
    await page.waitForURL(signedAt(shop))
  })
})

test.describe('on a desktop', desktopOnly('a phone has its own'), () => {
  test('redirects by itself after a payment, but not from a receipt that is opened again', async ({
    bridge,
    order,
    page,
    shop,
  }) => {
    await page.clock.install()
    await lookAway(page)
    const link = await order()
    await bridge.open(link, '?onward_url=https://evil.example&success_url=https://evil.example')
    await bridge.payBy('approve')
    await bridge.isAt('paid')
    await expect(page.getByRole('button', { name: '여기에 머물기' })).toBeVisible()
    await page.clock.runFor(12_000)
    await bridge.isAccessible(['ko'])
    await lookAgain(page)
    await page.clock.runFor(10_000)
    await page.waitForURL(signedAt(shop))
    await bridge.open(link)
    await bridge.isAt('paid')
    await lookAgain(page)
    await page.clock.runFor(12_000)
    await expect(page.getByRole('button', { name: '여기에 머물기' })).toHaveCount(0)
    await bridge.isAt('paid')
  })

  test('redirects only on a press while a deposit is awaited and after a decline', async ({
    bridge,
    order,
    page,
    shop,
  }) => {
    await page.clock.install()
    await bridge.open(await order())
    await bridge.payBy('decline')
    await bridge.isAt('declined')
    await page.clock.runFor(12_000)
    await expect(page.getByRole('link', { name: /사이트로 돌아가기/ })).toHaveAttribute(
      'href',
      new RegExp(`^${shop.origin}/failed\\?.*status=Failed`),
    )
    await bridge.isAccessible(['ko'])
    await page.getByRole('button', { name: '결제수단 다시 고르기' }).click()
    await bridge.choose('가상계좌')
    await bridge.payBy('issue')
    await bridge.isAt('awaiting_deposit')
    await page.clock.runFor(12_000)
    await expect(page.getByRole('link', { name: /사이트로 이동하기/ })).toHaveAttribute(
      'href',
      new RegExp(`^${shop.origin}/waiting\\?.*status=Pending`),
    )
    await bridge.isAt('awaiting_deposit')
  })

  test('is paid inside a listed shop’s page, and sends messages to that shop only', async ({
    bridge,
    order,
    page,
    server,
    shop,
  }) => {
    const link = await order({ is_checkout_embed: true })
    await page.goto(cartOf(shop.origin, link))
    const frame = await framed(page)
    const iframe = page.locator('iframe[title="결제"]')
    // As high as its content: nothing in it scrolls.
    await expect
      .poll(() =>
        frame.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight),
      )
      .toBe(0)
    const inline = await iframe.boundingBox()
    expect(inline?.width).toBe(420)
    await bridge.isAccessibleIn(page)
    await frame.getByRole('button', { name: '10,000원 결제하기' }).click()
    const gateway = frame.frameLocator('.imp-dialog iframe.imp-frame-html5_inicis')
    await expect(gateway.getByRole('button', { name: '승인' })).toBeVisible()
    // The gateway's window has all of the shop's window, whatever the frame stands in.
    expect(await iframe.boundingBox()).toEqual({ x: 0, y: 0, ...page.viewportSize() })
    await gateway.getByRole('button', { name: '승인' }).click()
    await expect(frame.locator('main')).toHaveAttribute('data-screen', 'paid')
    await expect.poll(() => page.evaluate('results')).toEqual([{ link: link.id, status: 'paid' }])
    await expect.poll(async () => (await iframe.boundingBox())?.width).toBe(420)
    // The shop's page moves on itself: nothing in the frame does.
    await expect(frame.getByRole('link', { name: /이동하기/ })).toHaveCount(0)
    const heard = (await page.evaluate('heard')) as [string, Record<string, unknown>][]
    expect([...new Set(heard.map(([origin]) => origin))]).toEqual([server.url])
    const said = new Set(heard.flatMap(([, message]) => Object.keys(message)))
    expect([...said].sort()).toEqual(['dari', 'height', 'link', 'open', 'status'])

    // With the shop's leave the way on is shown, and takes the whole tab.
    await page.goto(cartOf(shop.origin, link, '&onward'))
    await (await framed(page)).getByRole('link', { name: /이동하기/ }).click()
    await page.waitForURL(signedAt(shop))
  })

  test('is blocked by the browser in any other page, and sends no message there', async ({
    order,
    page,
    shop,
  }) => {
    const link = await order({ is_checkout_embed: true })
    const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'))
    await page.goto(cartOf(shop.other, link))
    await refused
    expect(page.frames().map((frame) => frame.url())).not.toContain(link.url)
    // Even where a browser showed it, the page speaks to the listed origin and to nobody else.
    await page.route(link.url, async (route) => {
      const response = await route.fetch()
      const { 'content-security-policy': _, ...headers } = response.headers()
      await route.fulfill({ response, headers })
    })
    await page.goto(cartOf(shop.other, link))
    await framed(page)
    expect(await page.evaluate('heard')).toEqual([])
  })
})
