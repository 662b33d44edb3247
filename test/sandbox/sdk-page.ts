import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import { type BrowserFixture, startBrowserFixture } from './browser-fixture.ts'

export type Result = Record<string, unknown>
type IMP = Record<'init' | 'agency' | 'request_pay' | 'close' | 'deinit', (...args: unknown[]) => unknown>
/** Globals of the shop's page. */
export type ShopWindow = typeof globalThis & { IMP: IMP; results: Result[]; params: Result }

/** A subset, because the SDK reloads an iframe for each channel after every payment. */
const defaultChannels = ['html5_inicis', 'kakaopay', 'naverpay', 'payco', 'danal', 'tosspayments', 'ksnet']

/** One fixture per test file, reset before each test. */
export function useBrowserFixture(channels: readonly string[] = defaultChannels): () => BrowserFixture {
  let fixture: BrowserFixture
  vi.setConfig({ testTimeout: 30_000 })
  beforeAll(async () => {
    fixture = await startBrowserFixture()
  }, 60_000)
  afterAll(() => fixture.close())
  beforeEach(async () => {
    await control(fixture, { reset: true, channels })
  })
  afterEach(async () => {
    for (const context of fixture.browser.contexts()) await context.close()
  })
  return () => fixture
}

export const order = { merchant_uid: 'order-1', amount: 10_000, name: '사과 한 상자', buyer_name: '홍길동' }

export const init = async (page: Page): Promise<void> => {
  await page.evaluate(() => (globalThis as ShopWindow).IMP.init('imp00000000'))
  await page
    .frameLocator('.imp-dialog iframe:last-child')
    .locator('body[data-user]')
    .waitFor({ state: 'attached' })
}

export async function control(fixture: BrowserFixture, settings: Result): Promise<void> {
  const response = await fetch(`${fixture.sandbox}/control`, {
    method: 'POST',
    body: JSON.stringify(settings),
  })
  expect(await response.json()).toMatchObject({ ok: true })
}

/** Waits until the SDK has processed a call, which it does in a later task. */
export const waitForSdk = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (const _ of Array(3)) await new Promise((resolve) => setTimeout(resolve))
  })

export const request = (page: Page, params: Result) =>
  page.evaluate(
    (params) => {
      const shop = globalThis as ShopWindow
      shop.results = []
      shop.params = params
      shop.IMP.request_pay(params, (result: Result) => shop.results.push(result))
    },
    { ...order, ...params },
  )

export async function resultOf(page: Page): Promise<Result> {
  await page.waitForFunction(() => (globalThis as ShopWindow).results.length > 0)
  const results = await page.evaluate(() => (globalThis as ShopWindow).results)
  expect(results).toHaveLength(1)
  return results[0] ?? {}
}

export const windowIn = (page: Page, provider = 'html5_inicis') =>
  page.frameLocator(`iframe.imp-frame-${provider}`)
export const press = (page: Page, name: string, provider?: string) =>
  windowIn(page, provider).getByRole('button', { name, exact: true }).click()
