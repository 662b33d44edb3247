// The rules of the house that no compiler holds.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((name) => join('src', name))
  .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && statSync(join(root, name)).isFile())

const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** Files of ours that a file imports, from the root. */
function importsOf(file: string): string[] {
  const found = read(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)
  return [...found].map(([, path = '']) =>
    relative(root, resolve(root, dirname(file), path.replace(/\?raw$/, ''))),
  )
}

/** A host puts the rooms together, so it alone may see them all. */
const walls: [room: string, mayImport: string[]][] = [
  ['src/contract/', ['src/contract/']],
  ['src/page/', ['src/page/', 'src/contract/']],
  ['src/edge/hosts/', ['src/']],
  ['src/edge/', ['src/edge/', 'src/contract/']],
  ['src/sandbox/', ['src/sandbox/']],
  ['src/bundle/', ['src/']],
]

test.each(walls)('%s imports only what it may', (room, mayImport) => {
  const own = files.filter((file) => walls.find(([prefix]) => file.startsWith(prefix))?.[0] === room)
  const strays = own.flatMap((file) =>
    importsOf(file)
      .filter((imported) => !mayImport.some((prefix) => imported.startsWith(prefix)))
      .map((imported) => `${file} imports ${imported}`),
  )
  expect(own.length).toBeGreaterThan(0)
  expect(strays).toEqual([])
})

test('the edge knows no runtime outside its hosts, and Node’s in one of them alone', () => {
  const strays = files.filter(
    (file) =>
      file.startsWith('src/edge/') &&
      !file.startsWith('src/edge/hosts/node/') &&
      (/from 'node:/.test(read(file)) ||
        importsOf(file).some((path) => path.startsWith('src/edge/hosts/node/'))),
  )
  expect(strays).toEqual([])
})

test('no circle of imports', () => {
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' > '))
    if (path.includes(file) || done.has(file) || !files.includes(file)) return
    for (const imported of importsOf(file)) visit(imported, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})

test('no file is longer than 200 lines', () => {
  expect(files.filter((file) => read(file).split('\n').length > 200)).toEqual([])
})

test('no room keeps a drawer for the homeless', () => {
  expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|manager)(\.|\/)/.test(file))).toEqual([])
})

/** As GitHub makes them of headings. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

test('every link of a README or a guide leads somewhere', () => {
  const pages = ['README.md', 'src', 'test'].flatMap((top) =>
    top.endsWith('.md')
      ? [top]
      : readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.md'))
          .map((name) => join(top, name)),
  )
  const astray = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)]
      .filter(([, path = '', anchor]) => {
        const target = path ? join(dirname(page), path) : page
        if (!existsSync(join(root, target))) return true
        return anchor !== undefined && !anchorsOf(read(target)).includes(anchor)
      })
      .map(([link]) => `${page}: ${link}`),
  )
  expect(pages.length).toBeGreaterThan(10)
  expect(astray).toEqual([])
})
