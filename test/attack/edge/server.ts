// The built server as a real process; i'mport and the merchant's receiver listen on real sockets.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { freePort } from '../../support/server.ts'
import { type Edge, initOf, readAnswer } from './edge.ts'

const root = resolve(import.meta.dirname, '../../..')

export interface ServerEdge extends Edge {
  url: string
  /** Offset to the real time from now on, in ms. */
  moveClock(ahead: number): Promise<void>
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** On the loopback only. */
export async function listen(
  handle: (request: Request) => Promise<Response>,
): Promise<{ url: string; close(): void }> {
  const server = createAdaptorServer({ fetch: handle })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      if ('closeAllConnections' in server) server.closeAllConnections()
      server.close()
    },
  }
}

function spawnServer(env: Record<string, string>): { child: ChildProcess; output: () => string } {
  const flags = ['--disable-warning=ExperimentalWarning', '--import', './test/attack/edge/moved-clock.mjs']
  const child = spawn(join(root, 'node_modules/node/bin/node'), [...flags, 'build/server.js'], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const end of [child.stdout, child.stderr])
    end?.on('data', (data: Buffer) => {
      output += data
    })
  return { child, output: () => output }
}

/** @returns whether it serves, or its output if it ended */
async function waitForAnswer(child: ChildProcess, url: string): Promise<boolean> {
  const deadline = performance.now() + 20_000
  while (child.exitCode === null && child.signalCode === null && performance.now() < deadline) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined)
    if (answer?.ok) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

/** @returns whether a server starts with these settings, and its output */
export async function tryToStart(env: Record<string, string>): Promise<{ started: boolean; output: string }> {
  const port = await freePort()
  const { child, output } = spawnServer({ ...env, PORT: String(port) })
  const started = await waitForAnswer(child, `http://127.0.0.1:${port}`)
  await end(child, 'SIGKILL')
  return { started, output: output().trim() }
}

export async function startServer(env: Record<string, string>, port: number): Promise<ServerEdge> {
  const { child, output } = spawnServer({ LOG_LEVEL: 'info', ...env, PORT: String(port) })
  const url = `http://127.0.0.1:${port}`
  if (!(await waitForAnswer(child, url))) {
    await end(child, 'SIGKILL')
    throw new Error(`the server did not start: ${output()}`)
  }
  return {
    url,
    request: async (method, path, body, headers = {}) =>
      readAnswer(await fetch(`${url}${path}`, { ...initOf(method, body, headers), redirect: 'manual' })),
    idle: async () => {},
    work: async () => {},
    reconcile: async () => false,
    deliver: async () => {},
    log: output,
    async moveClock(ahead) {
      const moved = once(child, 'message')
      child.send({ ahead })
      await moved
    },
    end: (signal) => end(child, signal),
    close: () => end(child, 'SIGTERM'),
  }
}
