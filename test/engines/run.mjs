// `npm run engines [-- webkit]`: pays on the built page in engines other than Chromium (default: all).
import { spawnSync } from 'node:child_process'
import { ensureBuilt, ensureInstalled, ownNode } from '../../src/commands/prepare.mjs'
import { engines, ensureEngine } from './engines.mjs'

const known = Object.keys(engines)
const named = process.argv.slice(2)
const wrong = named.filter((name) => !known.includes(name))
if (wrong.length > 0) {
  process.stderr.write(`no such engine: ${wrong.join(', ')}; there is ${known.join(', ')}\n`)
  process.exit(1)
}

process.chdir(new URL('../..', import.meta.url).pathname)
ensureInstalled()
ensureBuilt()
const wanted = named.length > 0 ? named : known
for (const name of wanted) ensureEngine(name)
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '-c', 'test/engines/vitest.config.ts']
const { status } = spawnSync(ownNode, vitest, {
  stdio: 'inherit',
  env: { ...process.env, ENGINES: wanted.join() },
})
process.exitCode = status ?? 1
