import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type ServerType, serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type Browser, type BrowserContextOptions, chromium, devices, type Page } from 'playwright'
import { build, type Rolldown } from 'vite'
import { createSandbox } from '../../src/sandbox/sandbox.ts'
import { findBrowser } from '../browser.mjs'

export async function buildSdk(): Promise<string> {
  const input = fileURLToPath(new URL('../../src/sandbox/sdk/main.ts', import.meta.url))
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, rolldownOptions: { input, output: { format: 'iife' } } },
  })
  const [bundle] = [built].flat() as Rolldown.RolldownOutput[]
  const [chunk] = bundle?.output ?? []
  if (!chunk) throw new Error('the SDK did not build')
  return chunk.code
}

const listen = (app: Hono): Promise<{ server: ServerType; origin: string }> =>
  new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
      resolve({ server, origin: `http://127.0.0.1:${port}` }),
    )
  })

/**
 * The strictest policy under which upstream's SDK works.
 * @param scripts origin that the page's default Trusted Types policy allows scripts from
 */
const policyOf = (sandbox: string, scripts: string | undefined): string =>
  [
    "default-src 'none'",
    `script-src ${sandbox}/sandbox/v1/iamport.js ${scripts ? `${scripts} 'nonce-shop'` : ''}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    `connect-src ${sandbox}`,
    `frame-src ${sandbox}`,
    `form-action ${sandbox}`,
    "require-trusted-types-for 'script'",
    `trusted-types ${scripts ? 'default' : "'none'"}`,
  ].join('; ')

function createShopPages(sandbox: () => string): Hono {
  const app = new Hono()
  app.get('/', (c) => {
    const scripts = c.req.query('scripts')
    c.header('Content-Security-Policy', policyOf(sandbox(), scripts))
    const policy = `trustedTypes.createPolicy('default', {
  createScriptURL: (url) => new URL(url).origin === '${scripts}' ? url : null,
})`
    return c.html(`<!doctype html><html lang="ko"><title>shop</title><link rel="icon" href="data:,">
<body><h1>shop</h1><p id="loud">note</p><style>#loud { display: block }</style>
${scripts ? `<script nonce="shop">${policy}</script>` : ''}<script src="${sandbox()}/sandbox/v1/iamport.js"></script></body></html>`)
  })
  app.get('/return', (c) => c.html('<!doctype html><title>returned</title><link rel="icon" href="data:,">'))
  return app
}

export interface BrowserFixture {
  browser: Browser
  /** origin of the merchant's pages */
  shop: string
  /** base URL of the sandbox, on another origin */
  sandbox: string
  close: () => Promise<void>
}

/** Starts a shop and a sandbox on two origins, and Chromium. */
export async function startBrowserFixture(): Promise<BrowserFixture> {
  const host = new Hono()
  host.route('/sandbox', createSandbox({ sdk: await buildSdk(), now: Date.now, fetch }))
  const upstream = await listen(host)
  const shop = await listen(createShopPages(() => upstream.origin))
  const executablePath = findBrowser()
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] })
  const close = async () => {
    await browser.close()
    upstream.server.close()
    shop.server.close()
  }
  return { browser, shop: shop.origin, sandbox: `${upstream.origin}/sandbox`, close }
}

export interface OpenedPage {
  page: Page
  alerts: string[]
  /** uncaught errors and policy violations */
  pageErrors: string[]
}

export const phone: BrowserContextOptions = devices['iPhone 13']

export async function openShopPage(
  { browser, shop }: BrowserFixture,
  options: BrowserContextOptions = {},
  query = '',
): Promise<OpenedPage> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const alerts: string[] = []
  const pageErrors: string[] = []
  page.on('dialog', (dialog) => {
    alerts.push(dialog.message())
    void dialog.accept()
  })
  page.on('pageerror', (error) => pageErrors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && pageErrors.push(message.text()))
  await page.goto(`${shop}/${query}`)
  return { page, alerts, pageErrors }
}
