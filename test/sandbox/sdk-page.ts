import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import { raiseStand, type Stand } from './browser-fixture.ts'

export type Result = Record<string, unknown>
type IMP = Record<'init' | 'agency' | 'request_pay' | 'close' | 'deinit', (...given: unknown[]) => unknown>
/** What the pages of the test keep in their global scope. */
export type Shopping = typeof globalThis & { IMP: IMP; results: Result[]; asked: Result }

/** The SDK makes a frame for each channel, before the first payment and after every one. */
const usual = ['html5_inicis', 'kakaopay', 'naverpay', 'payco', 'danal', 'tosspayments', 'ksnet']

/** One stand for all tests of a file, swept before each. */
export function useStand(channels: readonly string[] = usual): () => Stand {
  let stand: Stand
  vi.setConfig({ testTimeout: 30_000 })
  beforeAll(async () => {
    stand = await raiseStand()
  }, 60_000)
  afterAll(() => stand.close())
  beforeEach(async () => {
    await control(stand, { reset: true, channels })
  })
  afterEach(async () => {
    for (const context of stand.browser.contexts()) await context.close()
  })
  return () => stand
}

export const order = { merchant_uid: 'order-1', amount: 10_000, name: '사과 한 상자', buyer_name: '홍길동' }

export const init = async (page: Page): Promise<void> => {
  await page.evaluate(() => (globalThis as Shopping).IMP.init('imp00000000'))
  await page
    .frameLocator('.imp-dialog iframe:last-child')
    .locator('body[data-user]')
    .waitFor({ state: 'attached' })
}

export async function control(stand: Stand, settings: Result): Promise<void> {
  const answer = await fetch(`${stand.sandbox}/control`, { method: 'POST', body: JSON.stringify(settings) })
  expect(await answer.json()).toMatchObject({ ok: true })
}

/** The SDK begins whatever it is asked for a moment later, and asks for its channels in one go. */
export const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (const _ of Array(3)) await new Promise((resolve) => setTimeout(resolve))
  })

export const request = (page: Page, params: Result) =>
  page.evaluate(
    (given) => {
      const shop = globalThis as Shopping
      shop.results = []
      shop.asked = given
      shop.IMP.request_pay(given, (result: Result) => shop.results.push(result))
    },
    { ...order, ...params },
  )

export async function resultOf(page: Page): Promise<Result> {
  await page.waitForFunction(() => (globalThis as Shopping).results.length > 0)
  const results = await page.evaluate(() => (globalThis as Shopping).results)
  expect(results).toHaveLength(1)
  return results[0] ?? {}
}

export const windowIn = (page: Page, provider = 'html5_inicis') =>
  page.frameLocator(`iframe.imp-frame-${provider}`)
export const press = (page: Page, name: string, provider?: string) =>
  windowIn(page, provider).getByRole('button', { name, exact: true }).click()
