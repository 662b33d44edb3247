// The built server as a real process, on its own port and database.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

export interface Server {
  url: string
  port: number
  pid: number
  database: string
  /** The output so far. */
  output: () => string
  /** Stops it gracefully, or like a power failure. */
  stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Resolves when the server is ready. */
export async function startServer(env: Record<string, string> = {}): Promise<Server> {
  const port = Number(env.PORT ?? (await freePort()))
  const database = env.DATABASE_URL ?? `file:${join(mkdtempSync(join(tmpdir(), 'dari-')), 'dari.db')}`
  const child = spawn(
    join(root, 'node_modules/node/bin/node'),
    ['--disable-warning=ExperimentalWarning', 'build/server.js'],
    {
      cwd: root,
      env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', ...env, PORT: String(port), DATABASE_URL: database },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (data: Buffer) => {
      output += data
    })
    child.stdout.on('data', (data: Buffer) => {
      output += data
      if (output.includes('/docs')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${output}`)))
  })
  return {
    url: `http://localhost:${port}`,
    port,
    pid: child.pid ?? 0,
    database,
    output: () => output,
    stop: (signal = 'SIGTERM') => stop(child, signal),
  }
}

async function stop(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
