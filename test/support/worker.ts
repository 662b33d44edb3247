// The edge on Cloudflare's runtime, as a real process: workerd with the configuration of `wrangler.jsonc`.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort, type Server } from './server.ts'

const root = resolve(import.meta.dirname, '../..')

export interface Worker extends Server {
  /** Runs the scheduled event. @returns its outcome: `ok` or `exception` */
  tick: () => Promise<string>
  /** Writes to the database from outside. @returns the number of rows */
  write: (sql: string) => Promise<number>
}

interface WorkerOptions {
  /** `sandbox` of `wrangler.jsonc`, or the deployed worker. */
  name?: 'sandbox' | ''
  /** Additional settings, as bindings. */
  env?: Record<string, string>
  /** A previous worker, whose port and database are reused. */
  after?: Worker
  without?: 'DB'
}

export async function startWorker({
  name = 'sandbox',
  env = {},
  after,
  without,
}: WorkerOptions = {}): Promise<Worker> {
  const port = after?.port ?? (await freePort())
  const folder = after?.database ?? mkdtempSync(join(tmpdir(), 'dari-worker-'))
  const sandbox = {
    SANDBOX: 'true',
    TOKEN_SECRET: 'a-secret-of-more-than-thirty-two-characters',
    // Merchants' servers run on this machine.
    EVENTS_ALLOW_PRIVATE: 'true',
  }
  const texts = { PORT: String(port), LOG_LEVEL: 'warn', ...(name === 'sandbox' && sandbox), ...env }
  const child = fork(join(root, 'test/support/run-worker.mjs'), {
    cwd: root,
    execPath: join(root, 'node_modules/node/bin/node'),
    execArgv: [],
    env: {
      PATH: process.env.PATH,
      TMPDIR: process.env.TMPDIR,
      WRANGLER_SEND_METRICS: 'false',
      RUN: JSON.stringify({ name, port, texts, folder, without, migrations: migrations() }),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Its own process group: its child workerd ends with it.
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => {
      output += data
    })
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`the worker ended with ${code}:\n${output}`)
  })
  await Promise.race([once(child, 'message'), failed])
  failed.catch(() => undefined)
  const call = async (message: object) => {
    child.send(message)
    const [answer] = await once(child, 'message')
    return answer as unknown
  }
  return {
    url: `http://localhost:${port}`,
    port,
    pid: child.pid ?? 0,
    database: folder,
    output: () => output,
    tick: () => call({ call: 'tick' }).then(String),
    write: (sql) => call({ call: 'write', sql }).then(Number),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      process.kill(signal === 'SIGKILL' ? -(child.pid ?? 0) : (child.pid ?? 0), signal)
      await ended
    },
  }
}

const folderOfMigrations = join(root, 'src/edge/store/migrations')

function migrations(): string[] {
  const names = readdirSync(folderOfMigrations).filter((name) => name.endsWith('.sql'))
  return names.sort().map((name) => readFileSync(join(folderOfMigrations, name), 'utf8'))
}
