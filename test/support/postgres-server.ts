// A real PostgreSQL server in a temporary folder, on its own port and socket.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { ensurePostgres } from './postgres-binaries.mjs'
import { freePort } from './server.ts'

export const password = 'a-password-of-the-tests'

export interface PostgresServer {
  port: number
  /** PID of the main process. */
  pid: () => number
  /** Data, certificates and socket. */
  folder: string
  /** Over TCP, with the password. */
  url: (database: string) => string
  /** Over the socket, without a password. */
  socketUrl: (database: string) => string
  /** @param more settings for this start */
  start: (more?: Record<string, string>) => Promise<void>
  /** `immediate`: like a power failure. */
  stop: (how?: 'fast' | 'immediate') => Promise<void>
  /** Stops it and removes everything. */
  close: () => Promise<void>
}

interface ServerOptions {
  /** False: data need not survive, which is faster. */
  durable: boolean
  settings?: Record<string, string>
  port?: number
}

const quick = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }

export async function startPostgresServer({
  durable,
  settings = {},
  ...options
}: ServerOptions): Promise<PostgresServer> {
  const bin = ensurePostgres()
  const who = unprivileged()
  if (who.uid !== undefined) letThrough(tmpdir())
  const folder = mkdtempSync(join(tmpdir(), 'dari-postgres-'))
  const data = join(folder, 'data')
  const secret = join(folder, 'password')
  writeFileSync(secret, password)
  if (who.uid !== undefined) for (const path of [folder, secret]) chownSync(path, who.uid, who.gid ?? 0)
  const rules = ['--auth-local=trust', '--auth-host=scram-sha-256', `--pwfile=${secret}`]
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'dari', '-E', 'UTF8', '--locale=C', '-N', ...rules], {
    ...who,
    cwd: folder,
    stdio: 'pipe',
  })
  const port = options.port ?? (await freePort())
  const all: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    shared_buffers: '64MB',
    max_connections: '300',
    wal_level: 'minimal',
    max_wal_senders: '0',
    ...(durable ? {} : quick),
    ...settings,
  }
  const optionsOf = (given: Record<string, string>) =>
    Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])

  let server: ChildProcess | undefined
  const start = async (more: Record<string, string> = {}) => {
    const child = spawn(join(bin, 'postgres'), ['-D', data, ...optionsOf({ ...all, ...more })], {
      ...who,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    server = child
    let output = ''
    await new Promise<void>((resolve, reject) => {
      child.stderr?.on('data', (text: Buffer) => {
        output = (output + text).slice(-10_000)
        if (/ready to accept (read-only )?connections/.test(output)) resolve()
      })
      child.once('error', reject)
      child.once('exit', (code) => reject(new Error(`postgres ended with ${code}:\n${output}`)))
    })
  }
  const stop = async (how: 'fast' | 'immediate' = 'fast') => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT')
    await ended
  }
  const remove = () => {
    server?.kill('SIGQUIT')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', remove)
  await start()
  return {
    port,
    pid: () => server?.pid ?? 0,
    folder,
    url: (database) => `postgres://dari:${password}@127.0.0.1:${port}/${database}`,
    socketUrl: (database) =>
      `postgres://dari@localhost/${database}?host=${encodeURIComponent(folder)}&port=${port}`,
    start,
    stop,
    async close() {
      await stop('immediate')
      process.off('exit', remove)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function createDatabase({ socketUrl }: PostgresServer, name: string): Promise<void> {
  const admin = new Client({ connectionString: socketUrl('postgres') })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  await admin.end()
}

/** The run's folder belongs to root alone; the server only needs to pass through it. */
function letThrough(path: string): void {
  chmodSync(path, statSync(path).mode | 0o011)
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const idOf = (what: '-u' | '-g', name: string) => Number(execFileSync('id', [what, name]))
  const name = ['postgres', 'nobody'].find((user) => {
    try {
      return idOf('-u', user) > 0
    } catch {
      return false
    }
  })
  return name ? { uid: idOf('-u', name), gid: idOf('-g', name) } : {}
}
