import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../support/server.ts'

/** @returns the sample link that the edge prints when it is up */
async function startDev(): Promise<string> {
  const { VITEST: _, NODE_ENV: __, ...env } = process.env
  const vite = spawn(process.execPath, ['node_modules/vite/bin/vite.js'], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: {
      ...env,
      PORT: String(await freePort()),
      DATABASE_URL: `file:${join(mkdtempSync(join(tmpdir(), 'dari-')), 'dari.db')}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(async () => {
    vite.kill('SIGTERM')
    await once(vite, 'exit')
  })
  let output = ''
  for (const stream of [vite.stdout, vite.stderr])
    stream.on('data', (data: Buffer) => {
      output += data
      if (/Try it/.test(output)) vite.emit('sample')
    })
  await Promise.race([once(vite, 'sample'), once(vite, 'exit')])
  const link = /Try it\s+(\S+)/.exec(output)?.[1]
  if (!link) throw new Error(`it did not start: ${output}`)
  return link
}

test('npm run dev serves a bill that the edge rendered, with components from source that are replaced while it is open', async () => {
  const link = await startDev()
  const page = await fetch(link)
  expect(page.status).toBe(200)
  // The policy of the built page would stop Vite's client.
  expect(page.headers.get('content-security-policy')).toBeNull()
  const document = await page.text()
  expect(document).toContain('커피 주문')
  expect(document).toContain("import '/src/page/entry/main.ts'")
  const read = async (path: string) => (await fetch(new URL(path, link))).text()
  expect(await read('/src/page/entry/main.ts')).toContain('virtual:dev-screens')
  expect(await read('/src/page/screens/open.tsx')).toContain('import.meta.hot.accept')
}, 120_000)
