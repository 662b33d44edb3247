// A live-mode edge with a mock i'mport, and a host that serves the SDK under test.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type Browser, chromium } from 'playwright'
import { createUpstream, type Upstream } from '../attack/upstream/upstream.ts'
import { findBrowser } from '../browser.mjs'
import { type MerchantClient, merchantAt } from '../support/merchant.ts'
import { startServer } from '../support/server.ts'

export interface Environment {
  browser: Browser
  merchant: MerchantClient
  upstream: Upstream
  /** A page with only the SDK, under the policy of Dari's page. */
  sdkPage: string
  /** The same page without a policy. */
  sdkPageWithoutPolicy: string
  close: () => Promise<void>
}

export const account = { user_code: 'imp00000000', imp_key: 'sandbox', imp_secret: 'sandbox' }
export const tier = '00A'

const listen = (app: { fetch: (request: Request) => Response | Promise<Response> }) =>
  new Promise<{ origin: string; close: () => void }>((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
      resolve({ origin: `http://127.0.0.1:${port}`, close: () => void server.close() }),
    )
  })

const alonePage = (sdk: string) => `<!doctype html><html lang="ko"><title>shop</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<body><h1>shop</h1><p id="loud">note</p><style>#loud { display: block }</style>
<script src="${sdk}"></script>`

/** @param sdk source text */
export async function startEnvironment(sdk: string): Promise<Environment> {
  const upstream = createUpstream({
    accounts: [account],
    now: Date.now,
    skewMs: 0,
    // Drops notices: the page must work without them.
    post: async () => ({ status: 200 }),
  })
  const rest = await listen({ fetch: (request) => upstream.handle(request) })
  const host = new Hono()
  host.get('/sandbox/v1/iamport.js', (c) => c.body(sdk, 200, { 'content-type': 'text/javascript' }))
  const cdn = await listen(host)
  const sdkUrl = `${cdn.origin}/sandbox/v1/iamport.js`

  const folder = mkdtempSync(join(tmpdir(), 'dari-acceptance-'))
  const merchants = join(folder, 'merchants.json')
  writeFileSync(merchants, JSON.stringify([{ ...account, name: 'Acceptance', tiers: [tier] }]))
  const edge = await startServer({
    MERCHANTS_FILE: merchants,
    TOKEN_SECRET: 'a-secret-of-more-than-thirty-two-characters',
    DATABASE_URL: `file:${join(folder, 'dari.db')}`,
    IAMPORT_API_URL: rest.origin,
    IAMPORT_SDK_URL: sdkUrl,
    // All pages of the run share one client address.
    TRUST_PROXY: 'x-forwarded-for:1',
  })
  const merchant = merchantAt(edge.url)
  const document = await fetch((await merchant.create()).url)
  const policy = document.headers.get('content-security-policy') ?? ''

  const shop = new Hono()
  shop.get('/alone', (c) => c.html(alonePage(sdkUrl), 200, { 'content-security-policy': policy }))
  shop.get('/lax', (c) => c.html(alonePage(sdkUrl)))
  shop.get('*', (c) => c.html('<!doctype html><title>returned</title><link rel="icon" href="data:,">'))
  const pages = await listen(shop)

  const executablePath = findBrowser()
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] })
  return {
    browser,
    merchant,
    upstream,
    sdkPage: `${pages.origin}/alone`,
    sdkPageWithoutPolicy: `${pages.origin}/lax`,
    async close() {
      await browser.close()
      await edge.stop('SIGKILL')
      for (const server of [rest, cdn, pages]) server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
