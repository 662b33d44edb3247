// Calls of the SDK in a merchant's page, and the visible result.
import type { Page } from 'playwright'
import { account } from './environment.ts'
import type { Shop, Visit } from './visit.ts'

/** The SDK works asynchronously; three timers cover its request for channels. */
export const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (const _ of Array(3)) await new Promise((resolve) => setTimeout(resolve))
  })

export async function init({ page }: Visit): Promise<void> {
  await page.evaluate((code) => (globalThis as Shop).IMP.init(code), account.user_code)
  await settled(page)
}

/** Opens the page that contains only the SDK. */
export async function openSdkPage(
  visit: Visit,
  where: 'sdkPage' | 'sdkPageWithoutPolicy' = 'sdkPage',
): Promise<void> {
  await visit.page.goto(visit.environment[where])
  await init(visit)
}

export async function pay({ page }: Visit, params: object): Promise<void> {
  await page.evaluate(
    (given) => {
      const shop = globalThis as Shop
      shop.results ??= []
      shop.IMP.request_pay(given, (result: object) => shop.results.push(result))
    },
    { merchant_uid: 'order-1', amount: 1_000, name: 'apples', ...params },
  )
  await settled(page)
}

export async function call({ page }: Visit, method: 'close' | 'deinit'): Promise<void> {
  await page.evaluate((name) => (globalThis as Shop).IMP[name](), method)
  await settled(page)
}

/** Fields sorted by name; messages reduced to their type, because both may change. */
export const results = ({ page }: Visit): Promise<object[]> =>
  page.evaluate(() => {
    const plain = ([name, value]: [string, unknown]) => [name, name === 'error_msg' ? typeof value : value]
    return ((globalThis as Shop).results ?? []).map((result) =>
      Object.fromEntries(Object.entries(result).map(plain).sort()),
    )
  })

export async function calledBack(visit: Visit): Promise<object | undefined> {
  await visit.page.waitForFunction(() => (globalThis as Shop).results.length > 0)
  return (await results(visit))[0]
}

export const frames = ({ page }: Visit): Promise<number> => page.locator('.imp-dialog iframe').count()

/** @returns the layout of the dialog, once it is visible */
export async function openDialogLayout(visit: Visit): Promise<string> {
  await visit.page.locator('.imp-dialog').waitFor({ state: 'visible' })
  return layoutOf(visit)
}

export const layoutOf = ({ page }: Visit): Promise<string> =>
  page.evaluate(() => {
    const isVisible = (element: Element | null) =>
      element !== null && getComputedStyle(element).display !== 'none'
    const place = isVisible(document.querySelector('h1')) ? 'page seen' : 'page hidden'
    const dialog = document.querySelector('.imp-dialog')
    if (!dialog || !isVisible(dialog)) return `${dialog ? 'dialog hidden' : 'no dialog'}, ${place}`
    const { position, zIndex, backgroundColor } = getComputedStyle(dialog)
    const ground = backgroundColor === 'rgba(0, 0, 0, 0)' ? 'transparent' : backgroundColor
    const { width, height } = dialog.getBoundingClientRect()
    const { clientWidth, clientHeight } = document.documentElement
    const isWhole = width >= clientWidth && height >= clientHeight
    const shown = [...dialog.querySelectorAll('iframe')].filter((frame) => isVisible(frame)).length
    return `${isWhole ? 'whole' : 'part'}, ${position}, z ${zIndex}, ${ground}, frames shown ${shown}, ${place}`
  })
