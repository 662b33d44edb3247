// The payment page in the customer's browser, and the gateway's window above it.
import { test as base, expect, type FrameLocator, type Locator, type Page } from '@playwright/test'
import { type Link, type MerchantClient, merchantAt } from '../../support/merchant.ts'
import { startPostgresServer } from '../../support/postgres-server.ts'
import { type Server, startServer } from '../../support/server.ts'
import { startWorker } from '../../support/worker.ts'
import { findIn, findInAll } from './axe.ts'

type Theme = 'light' | 'dark'

const buttons = {
  approve: /^(승인|Approve)$/,
  decline: /^(거절|Decline)$/,
  cancel: /^(취소|Cancel)$/,
  issue: /^(계좌 발급|Issue account)$/,
}

export class Bridge {
  readonly main: Locator
  readonly pay: Locator

  constructor(
    readonly page: Page,
    readonly isPhone: boolean,
  ) {
    this.main = page.locator('main')
    this.pay = page.getByRole('button', { name: /결제하기|^Pay / })
  }

  async open({ url }: Pick<Link, 'url'>, query = ''): Promise<void> {
    await this.page.goto(url + query)
    await this.ready()
  }

  /** Before opening the page: blocks its live stream of link updates. */
  async hearsNothing(): Promise<void> {
    await this.page.route(/\/links\/\w+(\/live|\?)/, (route) => route.abort())
  }

  async ready(): Promise<void> {
    await expect(this.page.locator('main[data-ready]')).toBeAttached()
  }

  async isAt(screen: string): Promise<void> {
    await expect(this.main).toHaveAttribute('data-screen', screen)
  }

  async choose(label: string): Promise<void> {
    await this.page.getByRole('radio', { name: label }).check()
  }

  /** Presses the pay button and waits for the gateway's window. */
  async press(): Promise<void> {
    await this.pay.click()
    await expect(this.window.getByRole('button', { name: buttons.cancel })).toBeVisible()
  }

  async inWindow(act: keyof typeof buttons): Promise<void> {
    await this.window.getByRole('button', { name: buttons[act] }).click()
  }

  async payBy(act: keyof typeof buttons): Promise<void> {
    await this.press()
    await this.inWindow(act)
  }

  /** On desktop a frame above the page; on a phone the page itself navigates there. */
  get window(): FrameLocator | Page {
    return this.isPhone ? this.page : this.page.frameLocator('.imp-dialog iframe.imp-frame-html5_inicis')
  }

  /** No violations in both languages and themes. Skips the SDK's hidden frames. */
  async isAccessible(
    languages: readonly ('ko' | 'en')[] = ['ko', 'en'],
    { frames = false } = {},
  ): Promise<void> {
    for (const language of languages) {
      await this.speak(language)
      for (const colorScheme of ['light', 'dark'] as const) {
        await this.isAccessibleIn(this.page, { frames, colorScheme, language })
      }
    }
  }

  /** No violations; for journeys on both devices, which divide the combinations of language and theme. */
  async isAccessibleByTurns(): Promise<void> {
    for (const language of ['ko', 'en'] as const) {
      await this.speak(language)
      const colorScheme = (language === 'ko') === this.isPhone ? 'light' : 'dark'
      await this.isAccessibleIn(this.page, { frames: false, colorScheme, language })
    }
  }

  /** The same for any tab; `frames` includes visible frames. */
  async isAccessibleIn(page: Page, { frames = true, colorScheme = 'light' as Theme, language = '' } = {}) {
    // Colours are measured after transitions have ended.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const found = frames ? await findInAll(page) : await findIn(page)
    expect(found, `${language} ${colorScheme}`).toEqual([])
  }

  async speak(language: 'ko' | 'en'): Promise<void> {
    if ((await this.page.locator('html').getAttribute('lang')) === language) return
    await this.page.locator('header a[hreflang]').click()
    await expect(this.page.locator('html')).toHaveAttribute('lang', language)
  }
}

/** Only three gateways: the SDK makes a hidden frame for each, and the sandbox has two dozen. */
const gateways = ['html5_inicis', 'payco', 'tosspayments']

interface Fixtures {
  bridge: Bridge
  merchant: MerchantClient
}

/**
 * The headless shell moves an idle pointer to the corner of every new page. The page takes that for input, so
 * journeys suppress it: without input the page requests nothing.
 */
function leaveCorner(): void {
  const swallow = (event: PointerEvent) => {
    if (event.clientX === 0 && event.clientY === 0) event.stopImmediatePropagation()
  }
  addEventListener('pointermove', swallow, true)
}

export const test = base.extend<Fixtures, { server: Server }>({
  browser: [
    async ({ browser }, use) => {
      const open = browser.newContext.bind(browser)
      browser.newContext = async (options) => {
        const context = await open(options)
        await context.addInitScript(leaveCorner)
        return context
      }
      await use(browser)
    },
    { scope: 'worker' },
  ],
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from here.
    async ({}, use, { project }) => {
      const postgres = project.name === 'postgres' ? await startPostgresServer({ durable: false }) : undefined
      const server = await (project.name === 'workers'
        ? startWorker()
        : startServer(postgres && { DATABASE_URL: postgres.url('postgres') }))
      await use(server)
      await server.stop()
      await postgres?.close()
    },
    { scope: 'worker' },
  ],
  merchant: async ({ server }, use) => {
    const merchant = merchantAt(server.url)
    await merchant.control({
      reset: true,
      notice: 'before',
      rest: 'up',
      sdk: 'up',
      confirm: 'on',
      amount: null,
      channels: gateways,
    })
    await use(merchant)
    await merchant.control({ rest: 'up', sdk: 'up' })
  },
  bridge: async ({ page, isMobile }, use) => {
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to|requires 'Trusted/.test(message.text()))
        faults.push(message.text())
    })
    await use(new Bridge(page, isMobile))
    expect(faults).toEqual([])
  },
})

/** Skips the journey on phones. @param why the reason */
export const desktopOnly = (why: string) => ({
  tag: '@desktop',
  annotation: { type: 'desktop only', description: why },
})
export const phoneOnly = (why: string) => ({
  tag: '@phone',
  annotation: { type: 'phone only', description: why },
})
/** Skips the journey on phones: screens without a window are covered by accessible.spec.ts. */
export const anyDevice = desktopOnly('the same on any device')

export { expect }
