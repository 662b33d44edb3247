// `npm start`: installs what is missing, builds what has changed, serves. Runs on any Node that npm runs on;
// what it starts runs on the project's own.
import { spawn } from 'node:child_process'
import { ensureBuilt, ensureInstalled, ownNode } from './prepare.mjs'

process.chdir(new URL('..', import.meta.url).pathname)
ensureInstalled()
ensureBuilt()

const server = spawn(ownNode, ['--disable-warning=ExperimentalWarning', 'build/server.js'], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal))
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
