// Assets of the built page (`dist/`): texts inlined in the document, and files served to the browser.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { Hono } from 'hono'
import type { PageAssets } from '../../../../page/entry/document.ts'
import { CACHE_FOREVER, CACHE_ONE_DAY } from '../../../http/response/cache-control.ts'
import { acceptsEncoding } from './accepts-encoding.ts'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}

interface Manifest {
  'index.html': { file: string; css?: string[] }
}

export function readPageAssets(dist: string): PageAssets {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Manifest
  const { file, css = [] } = manifest['index.html']
  const read = (name: string) => readFileSync(join(dist, name), 'utf8')
  // The only sequence that would end the script element.
  const readScript = (name: string) => read(name).trim().replaceAll('</script', '<\\/script')
  const assets = readdirSync(join(dist, 'assets')).map((name) => `assets/${name}`)
  const find = (form: RegExp) => assets.find((name) => form.test(name)) ?? ''
  const script = readScript(file)
  const withExtras = script.replace(find(/\/screens-[\w-]{8}\.js$/), find(/\/screens-extras-[\w-]{8}\.js$/))
  const frame = readScript(find(/\/frame-[\w-]{8}\.js$/))
  return {
    script,
    style: css.map(read).join('').trim(),
    scriptSource: sourceOf(script),
    extras: {
      script: withExtras,
      scriptSource: sourceOf(withExtras),
      style: read(find(/\/extras-[\w-]{8}\.css$/)).trim(),
      frame,
      frameSource: sourceOf(frame),
    },
  }
}

/** Source expression that allows this script in the Content-Security-Policy. */
function sourceOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}

/** Serves hashed files under `/assets` as immutable and files of `public/` with a day's cache. Small, so held in memory. */
export function pageFiles(dist: string): Hono {
  const app = new Hono()
  const serve = (path: string, file: string, cacheControl: string) => {
    const type = types[extname(file)]
    if (!type) return
    const plain = readFileSync(file)
    const packed = readFileSync(`${file}.br`)
    // Weak, because compressed and plain responses share it.
    const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
    app.get(path, (c) => {
      const cacheHeaders = { 'cache-control': cacheControl, vary: 'accept-encoding', etag }
      if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304, cacheHeaders)
      const headers = { 'content-type': type, ...cacheHeaders }
      // A page on a static host loads them from another origin with `crossorigin`.
      c.header('access-control-allow-origin', '*')
      c.header('x-content-type-options', 'nosniff')
      return acceptsEncoding(c.req.header('accept-encoding'), 'br')
        ? c.body(packed, 200, { ...headers, 'content-encoding': 'br' })
        : c.body(plain, 200, headers)
    })
  }
  for (const name of readdirSync(join(dist, 'assets'))) {
    serve(`/assets/${name}`, join(dist, 'assets', name), CACHE_FOREVER)
  }
  for (const entry of readdirSync(dist, { withFileTypes: true })) {
    if (entry.isFile()) serve(`/${entry.name}`, join(dist, entry.name), CACHE_ONE_DAY)
  }
  return app
}
