// The same page as plain files on another origin, against the same edge.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { freePort } from '../support/server.ts'
import { anyDevice, expect, test as journey } from './support/bridge.ts'

const root = resolve(import.meta.dirname, '../..')
const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
}

const build = `
import { createBuilder } from 'vite'
const builder = await createBuilder({ logLevel: 'warn' })
for (const environment of [builder.environments.screens, builder.environments.client]) {
  environment.config.build.outDir = process.env.OUT
  await builder.build(environment)
}
`

const test = journey.extend<object, { site: string }>({
  site: [
    async ({ server }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'dari-site-'))
      const node = join(root, 'node_modules/node/bin/node')
      const built = spawnSync(node, ['--input-type=module', '-e', build], {
        cwd: root,
        env: { ...process.env, OUT: folder, VITE_EDGE_URL: server.url },
        encoding: 'utf8',
      })
      if (built.status !== 0) throw new Error(built.stderr)
      const port = await freePort()
      const files = createServer((request, response) => {
        const path = join(folder, new URL(request.url ?? '/', 'http://site').pathname)
        const file = extname(path) && existsSync(path) ? path : join(folder, 'index.html')
        response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream')
        response.end(readFileSync(file))
      }).listen(port)
      await once(files, 'listening')
      await use(`http://127.0.0.1:${port}`)
      files.close()
      files.closeAllConnections()
    },
    { scope: 'worker' },
  ],
})

// One build for all of them.
test.describe.configure({ mode: 'default' })

test('a customer pays on the static site', async ({ bridge, merchant, site, page }) => {
  const link = await merchant.create({ display_language: 'en' })
  await bridge.open({ url: `${site}/${link.id}` })
  await bridge.isAt('open')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await bridge.payBy('approve')
  await bridge.isAt('paid')
  await expect(bridge.main).toContainText('₩10,000')
})

test('a customer returns to the static site from the gateway', async ({ bridge, merchant, site, page }) => {
  const link = await merchant.create()
  await bridge.open(link)
  await bridge.payBy('approve')
  await bridge.isAt('paid')
  const { imp_uid } = await merchant.read(link.id)
  await page.goto(`${site}/${link.id}/return?imp_uid=${imp_uid}&imp_success=true`)
  await bridge.isAt('paid')
  expect(page.url()).toBe(`${site}/${link.id}`)
})

test(
  'finds the link in the hash where the host rewrites nothing',
  anyDevice,
  async ({ bridge, merchant, site }) => {
    const link = await merchant.create()
    await bridge.open({ url: `${site}/#/${link.id}` })
    await bridge.isAt('open')
  },
)

test(
  'the static site reports an unknown link and an unreachable edge',
  anyDevice,
  async ({ bridge, site, page }) => {
    await bridge.open({ url: `${site}/zzzzzzzzzzzzzzzzzz` })
    await bridge.isAt('not_found')
    await page.route('**/links/**', (route) => route.abort())
    await bridge.open({ url: `${site}/zzzzzzzzzzzzzzzzzy` })
    await bridge.isAt('unreachable')
    await expect(bridge.main).toContainText('이미 결제하셨다면 다시 결제하지 마세요.')
    await expect(bridge.main).not.toContainText('청구된')
    await page.unroute('**/links/**')
    await page.getByRole('button', { name: '다시 시도' }).click()
    await bridge.isAt('not_found')
  },
)
