// The deployment to Cloudflare: bundles, files with headers, and the log of missing bindings.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { merchantAt } from '../support/merchant.ts'
import { startWorker, type Worker } from '../support/worker.ts'

vi.setConfig({ testTimeout: 60_000 })

const root = resolve(import.meta.dirname, '../..')
const bundle = (name: string) => readFileSync(join(root, `build/workers/${name}/${name}.js`), 'utf8')

const running: Worker[] = []
afterEach(async () => {
  for (const worker of running.splice(0)) await worker.stop('SIGKILL')
})

async function start(options: Parameters<typeof startWorker>[0]): Promise<Worker> {
  const worker = await startWorker(options)
  running.push(worker)
  return worker
}

const live = {
  PUBLIC_URL: 'https://pay.example',
  TOKEN_SECRET: 'a-secret-of-more-than-thirty-two-characters',
  MERCHANTS: JSON.stringify([{ user_code: 'imp12345678', imp_key: 'key', imp_secret: 'a hidden word' }]),
}

describe('the bundle for the deployment', () => {
  test('imports nothing but workerd’s own module', () => {
    for (const name of ['main', 'sandbox']) {
      const imported = [
        ...bundle(name).matchAll(/^import .* from "([^"]+)"|\b(?:import|require)\("([^"]+)"\)/gm),
      ]
      expect(new Set(imported.map(([, from, late]) => from ?? late)), name).toEqual(
        new Set(['cloudflare:workers']),
      )
    }
  })
  test('contains no text of the sandbox', () => {
    const sentences = sentencesBelow(join(root, 'src/sandbox'))
    expect(sentences.filter((sentence) => bundle('sandbox').includes(sentence)).length).toBeGreaterThan(50)
    expect(sentences.filter((sentence) => bundle('main').includes(sentence))).toEqual([])
  })
  test('is far below Cloudflare’s limit, 3 MB compressed on its free plan', () => {
    expect(gzipSync(bundle('main')).length).toBeLessThan(1_000_000)
  })
})

/** Texts of the sandbox that occur nowhere else. */
function sentencesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => file.endsWith('.ts') && !file.includes('/sdk/') && statSync(file).isFile())
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/'([^'\n]*[가-힣][^'\n]{5,})'/g)])
    .map(([, sentence = '']) => sentence)
}

test('a worker without a database and a merchant reports this in the log only', async () => {
  const worker = await start({ name: '', env: { ...live, MERCHANTS: '' }, without: 'DB' })
  for (const path of ['/', '/healthz', '/links/abc', '/sandbox/control']) {
    const answer = await fetch(worker.url + path)
    expect([answer.status, await answer.text()]).toEqual([503, 'This service is not set up.\n'])
  }
  expect(await worker.tick()).toBe('ok')
  const lines = () => worker.output().match(/^Dari is not set up: .*$/gm) ?? []
  await expect
    .poll(lines, { timeout: 10_000 })
    .toEqual(
      expect.arrayContaining([expect.stringMatching(/ DB is/), expect.stringMatching(/ no merchant is/)]),
    )
  expect(worker.output()).not.toContain('a hidden word')
})

test('a live worker reads its merchants from a setting, and has no sandbox', async () => {
  const worker = await start({ name: '', env: live })
  expect((await fetch(`${worker.url}/healthz`)).status).toBe(200)
  for (const path of ['/sandbox/control', '/sandbox/cron', '/sandbox/api/users/getToken'])
    expect((await fetch(worker.url + path, { method: 'POST' })).status, path).toBe(404)
  const body = new URLSearchParams({ imp_key: 'key', imp_secret: 'a hidden word' })
  const token = await fetch(`${worker.url}/users/getToken`, { method: 'POST', body })
  expect(token.status).toBe(200)
})

test('hashed files are cached for a year and others for a day, a bill is never cached, and no file shadows a link', async () => {
  const worker = await start({})
  const link = await merchantAt(worker.url).create()
  const bill = await fetch(link.url)
  expect(bill.headers.get('cache-control')).toBe('no-store')
  expect(bill.headers.get('content-security-policy')).toContain("default-src 'none'")
  const html = await bill.text()
  expect(html).toContain('드립백 커피 10개입')

  const [file] = /\/assets\/screens-[\w-]{8}\.js/.exec(html) ?? []
  const script = await fetch(worker.url + file)
  expect([script.status, script.headers.get('cache-control')]).toEqual([
    200,
    'public, max-age=31536000, immutable',
  ])
  expect(script.headers.get('access-control-allow-origin')).toBe('*')
  const again = await fetch(worker.url + file, {
    headers: { 'if-none-match': script.headers.get('etag') ?? '' },
  })
  expect(again.status).toBe(304)
  const loader = await fetch(`${worker.url}/embed.js`)
  expect([loader.status, loader.headers.get('cache-control')]).toEqual([200, 'public, max-age=86400'])
  expect((await fetch(`${worker.url}/docs/swagger-ui.css`)).status).toBe(200)

  const isDocument = async (path: string) =>
    (await fetch(worker.url + path, { redirect: 'manual' })).headers.get('x-request-id') !== null
  for (const path of [
    `/${link.id}`,
    '/abcdefghijkmnpqrst',
    '/index.html',
    '/assets/none.js',
    '/docs',
    '/_headers',
  ])
    expect(await isDocument(path), path).toBe(true)
})
