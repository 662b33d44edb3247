// What the commands of package.json say before they do anything.
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
  let said = ''
  for (const end of [child.stdout, child.stderr])
    end.on('data', (data: Buffer) => {
      said += data
      if (said.includes('Installing') || said.includes('Page ')) child.kill('SIGKILL')
    })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}

test('deploy:workers deploys or refuses: an option that it does not have is not passed over', async () => {
  expect(await command('deploy-workers', ['--dry-run'], { CLOUDFLARE_API_TOKEN: '' })).toEqual({
    code: 2,
    said: 'npm run deploy:workers has no options; to see what would be deployed: npx wrangler deploy --dry-run --env=\n',
  })
})

test('dev:workers does not greet for whoever has its port already', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  expect(await command('dev-workers', [], { PORT: String(port) })).toEqual({
    code: 1,
    said: `PORT: ${port} is already in use\n`,
  })
})
