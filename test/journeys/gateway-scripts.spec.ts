// Live, under the default policy: gateways whose window is opened by a script that the SDK adds to the page. The sandbox
// of another server stands for i'mport; its scripts come from the host that each gateway's script is known to come from.
import { test as base } from '@playwright/test'
import { type MerchantClient, merchantAt } from '../support/merchant.ts'
import { freePort, startServer } from '../support/server.ts'
import { Bridge, desktopOnly, expect, phoneOnly } from './support/bridge.ts'

interface Upstream {
  shop: MerchantClient
  /** Every channel's script comes from there. */
  scriptsComeFrom: (origin: string) => Promise<void>
}

const test = base.extend<{ faults: string[] }, { upstream: Upstream; upstreamUrl: string }>({
  upstreamUrl: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from here.
    async ({}, use) => {
      const upstream = await startServer()
      await use(upstream.url)
      await upstream.stop()
    },
    { scope: 'worker' },
  ],
  upstream: [
    async ({ upstreamUrl }, use) => {
      const port = await freePort()
      const server = await startServer({
        PORT: String(port),
        MERCHANTS_FILE: 'test/journeys/support/live-merchant.json',
        TOKEN_SECRET: 'a-secret-of-more-than-thirty-two-characters',
        IAMPORT_API_URL: `${upstreamUrl}/sandbox/api`,
        IAMPORT_SDK_URL: `${upstreamUrl}/sandbox/v1/iamport.js`,
        CSP_CONNECT_HOSTS: upstreamUrl,
        CSP_FRAME_HOSTS: upstreamUrl,
        CSP_FORM_HOSTS: upstreamUrl,
        CSP_EVAL_GATEWAYS: 'mobilians',
      })
      const sandbox = merchantAt(upstreamUrl)
      await use({
        shop: merchantAt(server.url),
        scriptsComeFrom: (origin) => sandbox.control({ script_origin: origin }),
      })
      await server.stop()
    },
    { scope: 'worker' },
  ],
  faults: async ({ page, upstreamUrl }, use) => {
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to|requires 'Trusted/.test(message.text()))
        faults.push(message.text())
    })
    await page.route('**/sandbox/scripts/*', async (route) => {
      const { pathname } = new URL(route.request().url())
      // As those of mobilians call it, which the page forbids unless the operator allows it.
      const evals = route.request().url().includes('mobilians') ? 'eval("1");' : ''
      const body = evals + (await (await fetch(upstreamUrl + pathname)).text())
      await route.fulfill({ contentType: 'text/javascript', body })
    })
    await use(faults)
  },
})

const order = (pg: string) => ({
  buyer_name: '홍길동',
  pay_methods: [{ pg, pay_method: pg === 'mobilians' ? 'phone' : 'card', label: '결제' }],
})

for (const [pg, origin] of [
  ['mobilians', 'https://mup.mobilians.co.kr'],
  ['kicc', 'https://pg.easypay.co.kr'],
  ['uplus', 'https://xpayvvip.tosspayments.com'],
  ['smilepay', 'https://pg.cnspay.co.kr'],
  ['payple.payple_test', 'https://cpay.payple.kr'],
] as const)
  test(
    `${pg} is paid in a window that its own script opens`,
    desktopOnly('the same policy on a phone'),
    async ({ page, isMobile, upstream, faults }) => {
      await upstream.scriptsComeFrom(origin)
      const bridge = new Bridge(page, isMobile)
      await bridge.open(await upstream.shop.create(order(pg)))
      await bridge.pay.click()
      const provider = pg.split('.')[0]
      const window = page.frameLocator(`.imp-dialog iframe.imp-frame-${provider}`)
      await window.getByRole('button', { name: /^(승인|Approve)$/ }).click()
      await bridge.isAt('paid')
      expect(faults).toEqual([])
    },
  )

test(
  'settle_acc is paid in a popup that its own script opens',
  desktopOnly('the same policy on a phone'),
  async ({ page, isMobile, upstream, faults }) => {
    await upstream.scriptsComeFrom('https://ezauth.settlebank.co.kr')
    const bridge = new Bridge(page, isMobile)
    await bridge.open(await upstream.shop.create(order('settle_acc')))
    const [popup] = await Promise.all([page.waitForEvent('popup'), bridge.pay.click()])
    await popup.getByRole('button', { name: /^(승인|Approve)$/ }).click()
    await bridge.isAt('paid')
    expect(faults).toEqual([])
  },
)

test(
  'Toss Payments is paid after its script has left the page of a phone',
  phoneOnly('a desktop has a frame of i’mport’s own'),
  async ({ page, isMobile, upstream, faults }) => {
    await upstream.scriptsComeFrom('https://js.tosspayments.com')
    const bridge = new Bridge(page, isMobile)
    await bridge.open(await upstream.shop.create(order('tosspayments')))
    await bridge.payBy('approve')
    await bridge.isAt('paid')
    expect(faults).toEqual([])
  },
)
