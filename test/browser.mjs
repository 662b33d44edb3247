// Finds a Chromium for the tests: Debian's package where apt may be used, else an installed one, else
// Playwright's. Prefers the headless shell, which takes half the time.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { installPackages, mayInstall } from './apt.mjs'

const shell = '/usr/bin/chromium-headless-shell'
const places = [
  shell,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** @returns the path of an installed browser; undefined where Playwright must bring its own */
export function findBrowser() {
  return process.env.CHROMIUM || places.find((place) => existsSync(place))
}

/** Installs a browser if there is none. @returns its path, or '' for Playwright's own */
export function ensureBrowser() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  if (!existsSync(shell) && mayInstall()) {
    process.stdout.write('Installing a headless Chromium with apt.\n')
    // With a Hangul font: without one Korean text renders as boxes.
    installPackages(['chromium-headless-shell', 'fonts-noto-cjk'], findBrowser() ? { timeoutMs: 30_000 } : {})
  }
  const found = findBrowser()
  if (found) return found
  const { status } = spawnSync('npx', ['playwright', 'install', 'chromium'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
  return ''
}
