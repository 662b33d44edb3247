// `npm run attack`: what Dari in live mode does under attack. Runs on any Node that npm runs on; the suite runs on
// the project's own. `--only <area or words>` takes some scenarios, `--quick` those of `npm test`, `--list` names them.
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
