// Runs an operator's command as the built program.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

export interface Operated {
  code: number | null
  stdout: string
  stderr: string
}

export async function operate(
  command: 'backup' | 'db:transfer' | 'migrate' | 'reconcile',
  args: string[],
  env: Record<string, string> = {},
): Promise<Operated> {
  const child = spawn(
    join(root, 'node_modules/node/bin/node'),
    ['--disable-warning=ExperimentalWarning', 'build/operate.js', command, ...args],
    { cwd: root, env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const output = { stdout: '', stderr: '' }
  for (const end of ['stdout', 'stderr'] as const)
    child[end].on('data', (data: Buffer) => {
      output[end] += data
    })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...output }
}
