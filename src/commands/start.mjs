// `npm start`: installs what is missing, builds what has changed, serves. Runs on any Node that npm runs on;
// what it starts runs on the project's own.
import { spawn } from 'node:child_process'
import { watchNpm } from './launcher.mjs'
import { ensureBuilt, ensureInstalled, ownNode } from './prepare.mjs'

process.chdir(new URL('../..', import.meta.url).pathname)
ensureInstalled()
ensureBuilt()

// The channel carries nothing: the server ends when it closes, however we ended.
const server = spawn(ownNode, ['--disable-warning=ExperimentalWarning', 'build/server.js'], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal))
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
watchNpm(() => server.kill('SIGTERM'))
