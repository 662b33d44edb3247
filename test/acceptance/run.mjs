// `npm run acceptance -- --sdk <file or URL>`: compares upstream's SDK with the behaviour that the sandbox's
// SDK imitates. Starts on any Node version that npm supports; the cases run on the project's own Node.
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
