import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(join(import.meta.dirname, '../../..', path), 'utf8')

test('.env.example names the settings of the guide and no others', () => {
  const rows = [...read('src/edge/docs/guides/settings.md').matchAll(/^\| (`[A-Z].*?) \|/gm)]
  const documented = rows.flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
  )
  const example = [...read('.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name)
  expect(example.sort()).toEqual(documented.sort())
})
