// A Chromium for the tests: Debian's package where we may install it, else one that is there, else Playwright's own.
// Its headless shell first, as Playwright does: without a window around each page it takes half the time.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

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

/** Path of a browser that is there; undefined where Playwright must bring its own. */
export function findBrowser() {
  return process.env.CHROMIUM || places.find((place) => existsSync(place))
}

/** The same, after seeing to it that there is one. Empty where it is Playwright's. */
export function ensureBrowser() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  if (!existsSync(shell) && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stdout.write('Installing a headless Chromium with apt.\n')
    const apt = (args, timeout) =>
      spawnSync('apt-get', args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        timeout,
      }).status === 0
    // Where another browser would do, a network that is away is not waited for.
    const other = findBrowser()
    const isReached = apt(['update', '-qq'], other ? 30_000 : undefined)
    // With a font for Hangul, or every Korean screen would be boxes.
    const packages = ['chromium-headless-shell', 'fonts-noto-cjk']
    if (isReached || !other) apt(['install', '-y', '-qq', '--no-install-recommends', ...packages])
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
