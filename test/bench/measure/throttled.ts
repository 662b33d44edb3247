// A cheap phone on a slow network, emulated by a real browser.
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright'
import { findBrowser } from '../../browser.mjs'

export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
  })
}

const viewport = { width: 390, height: 844 }
const network = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
}

export interface Visit {
  page: Page
  context: BrowserContext
  devtools: CDPSession
}

/** A first visit with empty caches. */
export async function visitor(browser: Browser): Promise<Visit> {
  const context = await browser.newContext({ viewport, locale: 'ko-KR', timezoneId: 'Asia/Seoul' })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', network)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.addInitScript(watch)
  return { page, context, devtools }
}

export interface Measurements {
  ready: number
  firstPaint: number
  shift: number
  /** Tasks over 50 ms. */
  longTasks: { at: number; ms: number }[]
  /** Frames that ran the payment SDK: their long tasks are not the page's. */
  sdkFrames: { at: number; ms: number }[]
  /** Milliseconds from each press to the changed screen, by pressed element. */
  presses: { target: string; ms: number }[]
}

/** Runs in the page before its scripts. */
function watch(): void {
  const measurements: Measurements = {
    ready: 0,
    firstPaint: 0,
    shift: 0,
    longTasks: [],
    sdkFrames: [],
    presses: [],
  }
  Object.assign(window, { seen: measurements })
  const checkReady = () => {
    if (measurements.ready || !document.querySelector('main[data-ready]')) return
    measurements.ready = performance.now()
    ready.disconnect()
  }
  const ready = new MutationObserver(checkReady)
  ready.observe(document, { subtree: true, childList: true, attributeFilter: ['data-ready'] })
  const observe = (type: string, take: (entry: PerformanceEntry) => void, more: object = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      ...more,
    })
  observe('paint', (entry) => {
    if (entry.name === 'first-contentful-paint') measurements.firstPaint = entry.startTime
  })
  observe('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
    if (!hadRecentInput) measurements.shift += value
  })
  observe('longtask', ({ startTime, duration }) =>
    measurements.longTasks.push({ at: startTime, ms: duration }),
  )
  observe('long-animation-frame', (entry) => {
    const { startTime, duration, scripts } = entry as PerformanceEntry & { scripts: { sourceURL: string }[] }
    if (scripts.some(({ sourceURL }) => sourceURL.endsWith('/iamport.js')))
      measurements.sdkFrames.push({ at: startTime, ms: duration })
  })
  // The SDK requests its channels synchronously, which blocks the page.
  observe('resource', (entry) => {
    const { name, startTime, duration, initiatorType } = entry as PerformanceResourceTiming
    if (initiatorType === 'xmlhttprequest' && name.includes('/users/pg/'))
      measurements.sdkFrames.push({ at: startTime, ms: duration })
  })
  observe(
    'event',
    (entry) => {
      const { interactionId, target, duration } = entry as PerformanceEventTiming & { interactionId: number }
      if (interactionId)
        measurements.presses.push({ target: (target as Element)?.tagName ?? '', ms: duration })
    },
    { durationThreshold: 16 },
  )
}
