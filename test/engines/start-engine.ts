// Starts an engine's WebDriver, on its own X server if the engine cannot run headless.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { freePort } from '../support/server.ts'
import type { engines } from './engines.mjs'
import { openSession, type Session, until } from './webdriver.ts'

type Engine = (typeof engines)[string]

export interface RunningEngine {
  /** Opens a browser with a fresh profile and its own driver. */
  openBrowser: () => Promise<Session>
  close: () => Promise<void>
}

/** On a busy machine a driver sometimes fails to open its browser. */
const starts = 3

export async function startEngine(engine: Engine): Promise<RunningEngine> {
  const display = engine.needsDisplay ? await startDisplay() : undefined

  async function openBrowser(left = starts): Promise<Session> {
    const driver = await startDriver(engine, display?.name)
    try {
      const session = await openSession(driver.url, engine.capabilities)
      return { ...session, close: driver.close }
    } catch (error) {
      await driver.close()
      if (left <= 1) throw error
      return openBrowser(left - 1)
    }
  }

  return { openBrowser, close: async () => display?.close() }
}

async function startDriver(engine: Engine, display: string | undefined) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const driver = spawn(engine.driver, engine.driverArguments(port), {
    env: {
      PATH: process.env.PATH,
      // Isolated from the user's settings, cookies and caches.
      HOME: mkdtempSync(join(tmpdir(), 'dari-engine-')),
      TMPDIR: tmpdir(),
      LANG: 'C.UTF-8',
      TZ: 'Asia/Seoul',
      // Without it GTK starts an unused accessibility bus.
      NO_AT_BRIDGE: '1',
      ...(display && { DISPLAY: display, GDK_BACKEND: 'x11' }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its own process group, so that its browser ends with it.
    detached: true,
  })
  let output = ''
  driver.stderr.on('data', (data: Buffer) => {
    output = (output + data).slice(-10_000)
  })
  const endAtExit = () => endGroup(driver)
  process.once('exit', endAtExit)
  await until(`${engine.driver} to listen`, async () => {
    if (driver.exitCode !== null)
      throw new Error(`${engine.driver} ended with ${driver.exitCode}:\n${output}`)
    return fetch(`${url}/status`).then(
      ({ ok }) => ok,
      () => false,
    )
  })
  return {
    url,
    async close() {
      process.off('exit', endAtExit)
      await end(driver, endGroup)
    },
  }
}

/** Xvfb chooses a free display and prints its number when ready. */
async function startDisplay() {
  const server = spawn(
    '/usr/bin/Xvfb',
    ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  )
  const endAtExit = () => server.kill('SIGKILL')
  process.once('exit', endAtExit)
  const failed = once(server, 'exit').then(([code]) => {
    throw new Error(`Xvfb ended with ${code}`)
  })
  const [number] = await Promise.race([once(server.stdio[3] as Readable, 'data'), failed])
  failed.catch(() => undefined)
  return {
    name: `:${String(number).trim()}`,
    async close() {
      process.off('exit', endAtExit)
      await end(server, endAtExit)
    },
  }
}

async function end(child: ChildProcess, kill: (child: ChildProcess) => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  kill(child)
  await ended
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has already exited.
  }
}
