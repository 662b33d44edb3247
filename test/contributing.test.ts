import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

test('the contributing guide names only files, folders and npm scripts that exist', () => {
  const guide = readFileSync(join(root, '.github/CONTRIBUTING.md'), 'utf8')
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const paths = [...guide.matchAll(/\b(?:src|test)\/[\w./-]*\w/g)].map(([path]) => path)
  const commands = [...guide.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name)
  expect(paths.length).toBeGreaterThan(30)
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  expect(commands.filter((name) => !(name in scripts))).toEqual([])
})
