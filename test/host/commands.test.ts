// How the commands of package.json check their arguments and environment.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

async function command(name: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [`src/commands/${name}.mjs`, ...args], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const end of [child.stdout, child.stderr])
    end.on('data', (data: Buffer) => {
      output += data
      if (output.includes('Installing') || output.includes('Page ')) child.kill('SIGKILL')
    })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

test('deploy:workers refuses an unknown option instead of deploying', async () => {
  expect(await command('deploy-workers', ['--dry-run'], { CLOUDFLARE_API_TOKEN: '' })).toEqual({
    code: 2,
    output:
      'npm run deploy:workers has no options; to see what would be deployed: npx wrangler deploy --dry-run --env=\n',
  })
})

test('dev:workers does not report success if another process has its port', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  expect(await command('dev-workers', [], { PORT: String(port) })).toEqual({
    code: 1,
    output: `PORT: ${port} is already in use\n`,
  })
})
