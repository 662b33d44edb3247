// If the process that started the server is killed, no server process stays behind.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test, vi } from 'vitest'
import { freePort } from '../support/server.ts'

vi.setConfig({ testTimeout: 90_000 })

const root = resolve(import.meta.dirname, '../..')

/** Processes started by this test, found by a mark in their environment. */
function marked(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(join('/proc', pid, 'environ'), 'utf8').includes(mark)
      } catch {
        return false
      }
    })
    .map(Number)
}

async function launch(command: string, args: string[]): Promise<{ launcher: ChildProcess; mark: string }> {
  const mark = `DARI_MARK=${crypto.randomUUID()}`
  const { npm_lifecycle_event: _, ...env } = process.env
  const launcher = spawn(command, args, {
    cwd: root,
    env: {
      ...env,
      LOG_LEVEL: 'warn',
      PORT: String(await freePort()),
      DATABASE_URL: `file:${join(mkdtempSync(join(tmpdir(), 'dari-')), 'dari.db')}`,
      DARI_MARK: mark.slice('DARI_MARK='.length),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let output = ''
  for await (const data of launcher.stdout) {
    output += String(data)
    if (output.includes('/docs')) return { launcher, mark }
  }
  throw new Error(`it did not start: ${output}`)
}

test.skipIf(process.platform !== 'linux').each([
  ['start.mjs is killed', process.execPath, ['src/commands/start.mjs'], 'SIGKILL'],
  ['npm is killed', 'npm', ['start'], 'SIGKILL'],
  ['npm is asked to end', 'npm', ['start'], 'SIGTERM'],
  ['npm run serve is killed', 'npm', ['run', 'serve'], 'SIGKILL'],
] as const)('%s', async (_, command, args, signal) => {
  const { launcher, mark } = await launch(command, [...args])
  try {
    expect(marked(mark).length).toBeGreaterThan(1)
    launcher.kill(signal)
    await vi.waitFor(() => expect(marked(mark)).toEqual([]), { timeout: 20_000, interval: 200 })
  } finally {
    for (const pid of marked(mark)) process.kill(pid, 'SIGKILL')
  }
})
