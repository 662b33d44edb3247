// Browser engines besides Chromium, each driven by its own WebDriver. To add an engine, add an entry.
import { existsSync } from 'node:fs'
import { installPackages, mayInstall } from '../apt.mjs'

/**
 * @typedef {object} Engine
 * @property {string} title
 * @property {string} driver program that speaks W3C WebDriver
 * @property {string[]} programs required programs
 * @property {string[]} packages Debian packages that contain them
 * @property {boolean} needsDisplay it cannot run headless and needs an X server
 * @property {(port: number) => string[]} driverArguments
 * @property {Record<string, unknown>} capabilities
 */

/** @type {Record<string, Engine>} */
export const engines = {
  webkit: {
    title: 'WebKit',
    driver: '/usr/bin/WebKitWebDriver',
    programs: ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'],
    packages: ['webkit2gtk-driver', 'xvfb', 'fonts-noto-cjk'],
    needsDisplay: true,
    driverArguments: (port) => [`--port=${port}`],
    capabilities: {},
  },
}

const missing = ({ programs }) => programs.filter((program) => !existsSync(program))

/** @returns whether the engine's programs are installed */
export const isThere = (name) => missing(engines[name]).length === 0

/** Installs the Debian packages where possible. Reports missing programs. */
export function ensureEngine(name) {
  const engine = engines[name]
  if (!isThere(name) && mayInstall()) {
    process.stdout.write(`Installing ${engine.title} with apt.\n`)
    installPackages(engine.packages, { timeoutMs: 30_000 })
  }
  if (!isThere(name))
    process.stdout.write(
      `${engine.title} is skipped: no ${missing(engine).join(', no ')} (Debian: apt-get install ${engine.packages.join(' ')})\n`,
    )
  return isThere(name)
}
