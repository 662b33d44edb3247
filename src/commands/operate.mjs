// Operator commands (`npm run backup`, `db:transfer`, `reconcile`), run on the project's own Node.
import { ensureBuilt, ensureInstalled, ownNode, run } from './prepare.mjs'

const [command, ...args] = process.argv.slice(2)
process.chdir(new URL('../..', import.meta.url).pathname)
ensureInstalled()
ensureBuilt()
run(ownNode, ['--disable-warning=ExperimentalWarning', 'build/operate.js', command, ...args])
