// `npm run dev:workers`: the edge in workerd on this computer, with a local D1 and the pretend i'mport beside it.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { watchNpm } from './launcher.mjs'
import { ensureBuilt, ensureInstalled, ownNode, run } from './prepare.mjs'
import { program, quietly, wrangler } from './wrangler.mjs'

process.chdir(new URL('../..', import.meta.url).pathname)
const port = process.env.PORT ?? '3000'
const host = process.env.HOST ?? '127.0.0.1'
const local = `http://127.0.0.1:${port}`
// Whoever has it would answer what is asked of ours below.
if (await isTaken().catch(() => false)) {
  process.stderr.write(`PORT: ${port} is already in use\n`)
  process.exit(1)
}
ensureInstalled()
ensureBuilt()

// It asks nothing, and says no more than is wrong.
const env = { ...quietly, CI: 'true', WRANGLER_LOG: process.env.WRANGLER_LOG ?? 'warn' }

/** The database, the built worker and the pretend i'mport belong together. */
const sandbox = ['--env', 'sandbox']
wrangler(['d1', 'migrations', 'apply', 'DB', '--local', ...sandbox], {
  env,
  stdio: ['ignore', 'ignore', 'inherit'],
})

const settings = Object.entries({ ...fromEnvironment(), PORT: port }).flatMap(([name, value]) => [
  '--var',
  `${name}:${value}`,
])
const place = ['--port', port, '--ip', host, '--show-interactive-dev-session=false']
const worker = spawn(ownNode, [program, 'dev', ...sandbox, ...place, ...settings], {
  env,
  stdio: ['ignore', 'inherit', 'inherit'],
})
const stop = () => worker.kill('SIGTERM')
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
worker.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
watchNpm(stop)

await reach()
// The platform's clock, which is not there on one's own computer.
setInterval(() => void fetch(`${local}/sandbox/cron`, { method: 'POST' }).catch(() => undefined), 60_000)

/** TypeScript that only the project's own Node reads. */
const greet = `
  import { banner, createSample } from './src/edge/hosts/node/server/sample.ts'
  const settings = { publicUrl: process.env.PUBLIC_URL ?? 'http://localhost:${port}', sandbox: true }
  const sample = await createSample('${local}', Date.now())
  process.stdout.write(banner(process.env.VERSION, settings, sample))`
const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
run(ownNode, ['--input-type=module-typescript', '--eval', greet], {
  env: { ...env, VERSION: `${version} on workerd` },
})

/** What the edge reads, of what is set here. */
function fromEnvironment() {
  const names = ['PUBLIC_URL', 'EDGE_URL', 'LINK_AUTH', 'LATE_PAYMENT', 'TRUST_PROXY', 'LOG_LEVEL']
  const events = ['EVENTS_URL', 'EVENTS_SECRET', 'SANDBOX_EVENTS_SECRET', 'EVENTS_ALLOW_PRIVATE']
  const more = [...events, 'RETENTION_DAYS', 'TOKEN_SECRET']
  const set = [...names, ...more].filter((name) => process.env[name])
  const given = Object.fromEntries(set.map((name) => [name, process.env[name]]))
  // The shop that tries it out is a program on the same computer; where others get in, only what is asked for.
  const isAlone = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host)
  const EVENTS_ALLOW_PRIVATE = String(isAlone)
  return { SANDBOX: 'true', TOKEN_SECRET: randomBytes(32).toString('hex'), EVENTS_ALLOW_PRIVATE, ...given }
}

function isTaken() {
  return new Promise((resolve) => {
    const trial = createServer()
    trial.once('error', ({ code }) => resolve(code === 'EADDRINUSE'))
    trial.listen(Number(port), host, () => trial.close(() => resolve(false)))
  })
}

async function reach() {
  for (;;) {
    const answer = await fetch(`${local}/healthz`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
