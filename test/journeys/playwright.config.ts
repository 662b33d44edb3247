import { defineConfig, devices } from '@playwright/test'
import { findBrowser } from '../browser.mjs'

const executablePath = findBrowser()
const results = '../../node_modules/.cache/test-results'

// The customer's two worlds: a callback on a desktop, a trip to the gateway and back on a phone.
export default defineConfig({
  testDir: '.',
  globalSetup: '../support/run-folder.ts',
  outputDir: `${results}/journeys`,
  reporter: [['line'], ['json', { outputFile: `${results}/journeys.json` }]],
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // Mostly they wait: for a gateway, a notice, a clock.
  workers: 3,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: {
    timezoneId: 'Asia/Seoul',
    // A trace of every step costs a tenth of the time: `TRACE=1` for whoever looks into a failure.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  // What is of one device says so and why (`desktopOnly`, `phoneOnly`).
  projects: [
    {
      name: 'desktop',
      use: { viewport: { width: 1280, height: 800 }, locale: 'ko-KR' },
      grepInvert: /@phone/,
    },
    {
      name: 'phone',
      use: { ...devices['Galaxy S9+'], locale: 'ko-KR' },
      // What counts and what streams is the same on any device, and so is a link that nobody can pay: how its
      // screens look on a phone is in accessible.spec.ts.
      testIgnore: ['limits.spec.ts', 'live.spec.ts', 'dead-links.spec.ts'],
      grepInvert: /@desktop/,
    },
    {
      // A handful in workerd: the page is the same, and what differs is beneath it.
      name: 'workers',
      use: { ...devices['Galaxy S9+'], locale: 'ko-KR' },
      grep: /pays by card in ko|reloads on return|an expired link says|the paid elsewhere screen|learns that the link was paid|an English page|a direct link/,
    },
    {
      // The same journeys, a handful of them, at an edge on PostgreSQL.
      name: 'postgres',
      use: { viewport: { width: 1280, height: 800 }, locale: 'ko-KR' },
      testMatch: ['pays.spec.ts', 'elsewhere.spec.ts', 'does-not-pay.spec.ts', 'live.spec.ts'],
      grep: /pays by (card|vbank)|webhook comes twice|two customers approve|is declined|seller closed the link/,
      workers: 1,
    },
  ],
})
