import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CardAssets } from '../../../../page/card/document.ts'

interface Manifest {
  'src/page/card/main.tsx': { file: string; css?: string[] }
}

/** Reads the built page for card registration: its script stays a file, its styles are inlined. */
export function readCardAssets(dist: string): CardAssets {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/cards.json'), 'utf8')) as Manifest
  const { file, css = [] } = manifest['src/page/card/main.tsx']
  const style = css.map((name) => readFileSync(join(dist, name), 'utf8')).join('')
  return { script: `/${file}`, style: style.trim() }
}
