// The built page as the edge expects it, whose files lead to Vite's sources in place of built ones.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packFiles } from './files.ts'

/** Styles the document until Vite's own styles are there, which hot reload can take back. */
const styleOf = (...paths: string[]) =>
  paths.map((path) => `@import url("/src/page/${path}?direct");`).join('')

const main = `import '/@vite/client'
import '/src/page/entry/main.ts'
import '/src/page/extras/extras.css'
for (const style of document.querySelectorAll('style')) if (style.textContent.startsWith('@import')) style.remove()
`

/** @param root what the edge takes for the project's folder */
export function writeDevAssets(root: string): void {
  const dist = join(root, 'dist')
  rmSync(dist, { recursive: true, force: true })
  for (const folder of ['.vite', 'assets']) mkdirSync(join(dist, folder), { recursive: true })
  cpSync('public', dist, { recursive: true })
  cpSync('package.json', join(root, 'package.json'))
  const files = {
    '.vite/manifest.json': JSON.stringify({
      'index.html': { file: 'assets/index.js', css: ['assets/page.css'] },
    }),
    '.vite/cards.json': JSON.stringify({ 'src/page/card/main.tsx': { file: 'src/page/card/main.tsx' } }),
    'assets/index.js': main,
    'assets/page.css': styleOf('styles/page.css'),
    'assets/extras-00000000.css': styleOf('extras/extras.css'),
    'assets/frame-00000000.js': `import '/src/page/embed/frame.ts'`,
    'embed.js': '',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dist, name), text)
  packFiles(dist)
}
