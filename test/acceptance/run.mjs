// `npm run acceptance -- --sdk <file or URL>`: whether an SDK of upstream's does what the sandbox's is built after.
// Runs on any Node that npm runs on; the cases run on the project's own.
import { spawnSync } from 'node:child_process'
import { ensureBuilt, ensureInstalled, ownNode } from '../../src/commands/prepare.mjs'
import { ensureBrowser } from '../browser.mjs'

process.chdir(new URL('../..', import.meta.url).pathname)
ensureInstalled()
ensureBuilt()
const flags = ['--disable-warning=ExperimentalWarning', 'test/acceptance/main.ts']
const { status } = spawnSync(ownNode, [...flags, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: ensureBrowser() },
})
process.exitCode = status ?? 1
