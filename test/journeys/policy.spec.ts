// What the page's policy allows and stops, in a real browser. That nothing is reported on any screen is
// asked of every other journey too: each fails on a violation in the console.
import { merchantAt } from '../support/merchant.ts'
import { freePort, startServer } from '../support/server.ts'
import { anyDevice, Bridge, desktopOnly, expect, test } from './support/bridge.ts'

test('the gateway’s answer has left the address before the SDK runs', async ({ bridge, merchant, page }) => {
  await page.route('**/iamport.js', async (route) => {
    const answer = await route.fetch()
    const body = `(window.seen ??= []).push(location.href, document.referrer);${await answer.text()}`
    await route.fulfill({ response: answer, body })
  })
  const link = await merchant.create()
  await page.clock.install()
  await page.goto(`${link.url}/return?imp_uid=imp_000000000000&imp_success=true&error_msg=secret`)
  // i'mport does not know the payment, however often it is asked.
  await bridge.isAt('unknown')
  for (let look = 0; look < 4; look++) {
    const answered = page.waitForResponse('**/settle')
    await page.clock.fastForward(15_000)
    await answered
  }
  await bridge.isAt('cancelled')
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { seen?: string[] }).seen))
    .toEqual([link.url, ''])
})

test(
  'text is never run as a script, and a script comes from nowhere else',
  anyDevice,
  async ({ merchant, page, isMobile }) => {
    const bridge = new Bridge(page, isMobile)
    await bridge.open(await merchant.create())
    await expect(bridge.pay).toBeEnabled()
    const outcomes = await page.evaluate(async () => {
      const attempts: Record<string, () => unknown> = {
        async 'text as a function'() {
          // Later, because what a test runs directly is exempt.
          await new Promise((resolve) => setTimeout(resolve))
          new Function('window.ran = true')
        },
        'a script of text': () => {
          document.createElement('script').text = 'window.ran = true'
        },
        'a script from elsewhere': () => load('https://evil.example/x.js'),
        'a script of text that is an address': () => load('data:text/javascript,window.ran = true'),
        'a handler in markup': async () => {
          const box = document.createElement('div')
          box.innerHTML = '<img src="data:," onerror="window.ran = true">'
          document.body.append(box)
          await new Promise((resolve) => setTimeout(resolve, 200))
          if ('ran' in window) return 'ran'
          throw new Error('stopped')
        },
      }
      function load(src: string) {
        const script = document.createElement('script')
        return new Promise((resolve, reject) => {
          script.onload = resolve
          script.onerror = reject
          script.src = src
          document.head.append(script)
        })
      }
      const found: Record<string, string> = {}
      for (const [name, attempt] of Object.entries(attempts)) {
        try {
          await attempt()
          found[name] = 'allowed'
        } catch {
          found[name] = 'stopped'
        }
      }
      return found
    })
    expect(outcomes).toEqual({
      'text as a function': 'stopped',
      'a script of text': 'stopped',
      'a script from elsewhere': 'stopped',
      'a script of text that is an address': 'stopped',
      'a handler in markup': 'stopped',
    })
  },
)

test(
  'what was stopped is told to the edge, without the link',
  desktopOnly('the same on a phone'),
  async ({ isMobile, page }) => {
    const server = await startServer({ METRICS_TOKEN: 'a token of some length' })
    const link = await merchantAt(server.url).create()
    await new Bridge(page, isMobile).open(link)
    await page.evaluate(() => fetch('https://evil.example/').catch(() => {}))
    const metrics = async () =>
      (
        await fetch(`${server.url}/metrics`, { headers: { authorization: 'Bearer a token of some length' } })
      ).text()
    await expect.poll(metrics).toContain('dari_csp_reports_total{directive="connect-src"} 1')
    const line = server
      .output()
      .split('\n')
      .find((line) => line.includes('csp.violation'))
    expect(line).toContain('"blocked":"https://evil.example"')
    expect(line).not.toContain(link.id)
    await server.stop()
  },
)

test('on a live server the SDK and the screens load from the hosts in the policy', async ({
  page,
  isMobile,
}) => {
  // The sandbox of another server stands for i'mport, on an origin of its own.
  const upstream = await startServer()
  const port = await freePort()
  const server = await startServer({
    PORT: String(port),
    MERCHANTS_FILE: 'test/journeys/support/live-merchant.json',
    TOKEN_SECRET: 'a-secret-of-more-than-thirty-two-characters',
    IAMPORT_API_URL: `${upstream.url}/sandbox/api`,
    IAMPORT_SDK_URL: `${upstream.url}/sandbox/v1/iamport.js`,
    CSP_CONNECT_HOSTS: upstream.url,
    CSP_FRAME_HOSTS: upstream.url,
    CSP_FORM_HOSTS: upstream.url,
  })
  const faults: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to|requires 'Trusted/.test(message.text()))
      faults.push(message.text())
  })
  const bridge = new Bridge(page, isMobile)
  const screens = page.waitForResponse(/\/assets\/screens-/)
  await bridge.open(await merchantAt(server.url).create())
  await bridge.speak('en')
  expect((await screens).status()).toBe(200)
  await bridge.payBy('approve')
  await bridge.isAt('paid')
  expect(faults).toEqual([])
  await server.stop()
  await upstream.stop()
})

test(
  'a gateway’s own script runs on its own links, and of any other one the log names host and setting',
  desktopOnly('the same policy on a phone'),
  async ({ page, isMobile }) => {
    const upstream = await startServer()
    const port = await freePort()
    const server = await startServer({
      PORT: String(port),
      MERCHANTS_FILE: 'test/journeys/support/live-merchant.json',
      TOKEN_SECRET: 'a-secret-of-more-than-thirty-two-characters',
      IAMPORT_API_URL: `${upstream.url}/sandbox/api`,
      IAMPORT_SDK_URL: `${upstream.url}/sandbox/v1/iamport.js`,
      CSP_CONNECT_HOSTS: upstream.url,
      CSP_EVAL_GATEWAYS: 'mobilians',
    })
    const script = { contentType: 'text/javascript', body: 'window.opened = (window.opened ?? 0) + 1' }
    await page.route(/easypay|mobilians|settlebank/, (route) => route.fulfill(script))
    const load = (src: string) =>
      page.evaluate((src) => {
        const script = document.createElement('script')
        return new Promise<string>((resolve) => {
          script.onload = () => resolve('ran')
          script.onerror = () => resolve('stopped')
          script.src = src
          // As i'mport's SDK does it.
          document.getElementsByTagName('script')[0]?.before(script)
        })
      }, src)
    const evaluates = () =>
      page.evaluate(async () => {
        // Later, because what a test runs directly is exempt.
        await new Promise((resolve) => setTimeout(resolve))
        // biome-ignore lint/security/noGlobalEval: as the gateway's script does it
        return eval('1 + 1')
      })
    const merchant = merchantAt(server.url)
    const bridge = new Bridge(page, isMobile)
    const offering = (pg: string) => ({ pay_methods: [{ pg, pay_method: 'card', label: '카드' }] })

    await bridge.open(await merchant.create(offering('kicc')))
    expect(await load('https://pg.easypay.co.kr/webpay/EasypayCard_Web.js')).toBe('ran')
    expect(await load('https://ezauth.settlebank.co.kr/js/SettlePay.js')).toBe('stopped')
    await expect
      .poll(() => server.output())
      .toMatch(
        /csp\.violation.*"blocked":"https:\/\/ezauth\.settlebank\.co\.kr".*"setting":"CSP_SCRIPT_HOSTS"/,
      )
    await expect(evaluates()).rejects.toThrow()

    await bridge.open(await merchant.create(offering('mobilians')))
    expect(await load('https://mup.mobilians.co.kr/js/ext/ext_inc_comm.js')).toBe('ran')
    expect(await evaluates()).toBe(2)
    await server.stop()
    await upstream.stop()
  },
)

test('/docs works under its content security policy', anyDevice, async ({ server, page }) => {
  const faults: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text())
  })
  await page.goto(`${server.url}/docs`)
  await expect(page.getByText('/links/{id}/live')).toBeVisible()
  expect(faults).toEqual([])
})
