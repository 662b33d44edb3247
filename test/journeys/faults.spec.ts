// Every call that the edge makes at i'mport, broken in every way, while customers pay in a real browser. Each
// ends on a screen that is true, held against what the sandbox says of the money; and when the fault ends, the
// truth comes by itself. A selection: every call, every fault, and every screen with every kind of fault (no
// answer, half an answer, a no). All pairs without a browser: test/soak/faults.test.ts.
import type { Browser, Page } from '@playwright/test'
import { customerAt } from '../support/customer.ts'
import { type Call, type Fault, type FaultProxy, openFaultProxy } from '../support/fault-proxy.ts'
import { type Gateway, gatewayAt } from '../support/gateway.ts'
import { type Link, type MerchantClient, merchantAt } from '../support/merchant.ts'
import { freePort, type Server, startServer } from '../support/server.ts'
import { Bridge, desktopOnly, expect, test } from './support/bridge.ts'

/** Longer than the edge waits, shorter than the page does. */
const hangMs = 8_000
const atOnce = 5

// A trace of so many journeys at once costs more than the journeys.
test.use({ trace: 'off' })

let server: Server
let proxy: FaultProxy
let merchant: MerchantClient
let gateway: Gateway

test.beforeAll(async () => {
  const port = await freePort()
  proxy = await openFaultProxy(() => `http://127.0.0.1:${port}/sandbox/api`, hangMs)
  server = await startServer({
    PORT: String(port),
    SANDBOX: 'true',
    IAMPORT_API_URL: proxy.url,
    TRUST_PROXY: 'x-forwarded-for:1',
  })
  merchant = merchantAt(server.url)
  gateway = gatewayAt(`${server.url}/sandbox`)
  // No notice helps, and nobody is asked before an approval: the page's own doors have to do.
  await gateway.control({ notice: 'never', confirm: 'off' })
})
test.afterAll(async () => {
  await server.stop()
  await proxy.close()
})

interface Visit {
  page: Page
  bridge: Bridge
}

const moneyOf = async ({ merchant_uid }: Link) =>
  (await gateway.payments(merchant_uid)).map(({ status }) => status).sort()

/** The press fails beside the button, no money moved, and the same press helps once the fault is gone. */
async function atThePress({ bridge, page }: Visit, call: Call, fault: Fault): Promise<void> {
  const merchant_uid = `${call}_${fault}_${process.pid}`
  let link = await merchant.create({ merchant_uid })
  if (call !== 'prepare') await customerAt(server.url).checkout(link.id)
  // A changed order has its amount changed at i'mport too.
  if (call === 'change') link = await merchant.create({ merchant_uid, amount: 12_000 })
  proxy.break(call, fault, merchant_uid)
  await bridge.open(link, '?lang=en')
  await bridge.pay.click()
  await expect(page.locator('#hint.trouble')).toBeVisible()
  await bridge.isAt('open')
  expect(await moneyOf(link)).toEqual([])
  proxy.mend(call, merchant_uid)
  await bridge.payBy('approve')
  await bridge.isAt('paid')
  expect(await moneyOf(link)).toEqual(['paid'])
}

/** Money moved and nobody can tell: the page says so, forbids a second try, and learns the truth by itself. */
async function atTheAnswer({ bridge }: Visit, call: Call, fault: Fault): Promise<void> {
  const link = await merchant.create({ merchant_uid: `${call}_${fault}_${process.pid}` })
  await bridge.open(link, '?lang=en')
  await bridge.press()
  proxy.break(call, fault, link.merchant_uid)
  if (call === 'getToken') proxy.revokeTokens()
  await bridge.inWindow('approve')
  await bridge.isAt('unknown')
  await expect(bridge.main).toContainText('please do not pay again')
  expect(await moneyOf(link)).toEqual(['paid'])
  proxy.mend(call, link.merchant_uid)
  await bridge.isAt('paid')
  expect(await moneyOf(link)).toEqual(['paid'])
}

/** Approved on another device, and the tab comes back without an id: the order has to be looked up. */
async function withoutAnId({ bridge, page }: Visit, call: Call, fault: Fault): Promise<void> {
  const link = await merchant.create({ merchant_uid: `${call}_${fault}_${process.pid}` })
  await bridge.open(link, '?lang=en')
  await bridge.press()
  const frame = page
    .frames()
    .find((one) => one.url().includes('/sandbox/window/') && !one.url().includes('/ready/'))
  proxy.break(call, fault, link.merchant_uid)
  await gateway.press(frame?.url().split('/').at(-1) ?? '', 'approve')
  await page.goto(`${link.url}/return?lang=en`)
  await bridge.isAt('unknown')
  expect(await moneyOf(link)).toEqual(['paid'])
  proxy.mend(call, link.merchant_uid)
  await bridge.isAt('paid')
}

/** Somebody else paid first: the page says that this money is back only where the sandbox says so too. */
async function whatGoesBack({ bridge }: Visit, call: Call, fault: Fault): Promise<void> {
  const link = await merchant.create({ merchant_uid: `${call}_${fault}_${process.pid}` })
  const other = customerAt(server.url)
  const { body } = await other.checkout(link.id)
  const key = await gateway.open(body.params)
  // Or the page would take its window away.
  await bridge.hearsNothing()
  await bridge.open(link, '?lang=en')
  await bridge.press()
  proxy.break(call, fault, link.merchant_uid)
  const first = await gateway.press(key, 'approve')
  await other.settle(link.id, first.imp_uid)
  await bridge.inWindow('approve')
  await bridge.isAt('rejected')
  const isBack = (await moneyOf(link)).includes('cancelled')
  await expect(bridge.main).toContainText(isBack ? 'We cancelled your later payment' : 'asked')
  proxy.mend(call, link.merchant_uid)
  // The next door of the order, whoever knocks, sends back what is left.
  await other.settle(link.id)
  await expect.poll(() => moneyOf(link)).toEqual(['cancelled', 'paid'])
  expect((await other.view(link.id)).body.status).toBe('paid')
}

type Journey = (visit: Visit, call: Call, fault: Fault) => Promise<void>

const suffering: [Journey, Call, readonly Fault[]][] = [
  [atThePress, 'prepare', ['reset', 'hang', 'error', 'cut', 'unauthorized']],
  [atThePress, 'look', ['reset', 'unauthorized']],
  [atThePress, 'change', ['cut', 'refused']],
  [atTheAnswer, 'payment', ['reset', 'hang', 'error', 'cut', 'refused']],
  [withoutAnId, 'order', ['error', 'cut', 'unauthorized']],
  [whatGoesBack, 'cancel', ['reset', 'hang', 'cut', 'refused', 'unauthorized']],
]

async function suffer(browser: Browser, journey: Journey, call: Call, fault: Fault): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const about = `${call}_${fault}_${process.pid}`
  try {
    const page = await context.newPage()
    await test.step(`${call}: ${fault}`, () =>
      journey({ page, bridge: new Bridge(page, false) }, call, fault))
    expect(proxy.met(call, about), `${call}: ${fault} was never met`).toBeGreaterThan(0)
  } finally {
    proxy.mend(call, about)
    await context.close()
  }
}

test(
  "i'mport fails in the middle of a payment: the screen is true, and the truth comes by itself",
  desktopOnly('what differs on a phone is the way back, not the edge'),
  async ({ browser }) => {
    test.setTimeout(240_000)
    const waiting = suffering.flatMap(([journey, call, met]) =>
      met.map((fault) => ({ journey, call, fault })),
    )
    const failed: string[] = []
    const bear = async ({ journey, call, fault }: (typeof waiting)[number]) => {
      await suffer(browser, journey, call, fault).catch((error: Error) => {
        failed.push(`${call}: ${fault}: ${error.message}`)
      })
    }
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) await bear(next)
      }),
    )
    // A token is everybody's: one after the other.
    for (const fault of ['reset', 'error', 'unauthorized'] as const)
      await bear({ journey: atTheAnswer, call: 'getToken', fault })
    expect(failed).toEqual([])
  },
)
