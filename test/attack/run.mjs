// `npm run attack`: Dari in live mode under attack. Starts on any Node version that npm supports; the suite
// runs on the project's own Node. `--only <area or words>` selects scenarios, `--quick` those of `npm test`,
// `--list` lists them.
import { spawnSync } from 'node:child_process'
import { ensureBuilt, ensureInstalled, ownNode } from '../../src/commands/prepare.mjs'

process.chdir(new URL('../..', import.meta.url).pathname)
ensureInstalled()
ensureBuilt()
const flags = [
  '--expose-gc',
  '--disable-warning=ExperimentalWarning',
  '--import',
  './test/attack/sql-as-text.mjs',
]
const { status } = spawnSync(ownNode, [...flags, 'test/attack/main.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exitCode = status ?? 1
