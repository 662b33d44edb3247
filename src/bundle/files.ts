// What stands beside the built files.
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { CACHE_FOREVER, CACHE_ONE_DAY } from '../edge/http/response/cache-control.ts'

/** Beside every file that browsers fetch the same in Brotli, at the highest level: no server does that again. */
export function packFiles(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    const file = join(folder, name)
    if (statSync(file).isFile() && !name.startsWith('.vite'))
      writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)))
  }
}

/**
 * `build/workers/assets`: what Cloudflare serves without asking the worker, and how long browsers may keep it.
 * Nothing that could answer for a link, and nothing compressed: Cloudflare does that itself.
 */
export function gatherWorkersAssets(): void {
  const assets = 'build/workers/assets'
  const isOurs = (path: string) => !/\.br$|\.vite|index\.html$/.test(path)
  cpSync('dist', assets, { recursive: true, filter: isOurs })
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js'])
    cpSync(join('node_modules/swagger-ui-dist', name), join(assets, 'docs', name))
  const rules = readdirSync(assets, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath.slice(assets.length)}/${name}`)
    .map((path) => {
      const kept = path.startsWith('/assets/') ? CACHE_FOREVER : CACHE_ONE_DAY
      // Types by their ending, and this one is taken for a film.
      const type = path.endsWith('.d.ts') ? '  Content-Type: text/plain; charset=utf-8\n' : ''
      return `${path}\n${type}  Cache-Control: ${kept}\n  Access-Control-Allow-Origin: *\n  X-Content-Type-Options: nosniff\n`
    })
  writeFileSync(join(assets, '_headers'), rules.sort().join(''))
}
