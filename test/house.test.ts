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

/** Rooms of the edge, lowest first: a room imports only itself and rooms before it. Features are rooms of their own. */
const edgeOrder = [
  'platform',
  'config',
  'iamport',
  'domain',
  'store',
  'context',
  'webhooks',
  'live',
  'settlement',
  'cards',
  'messages',
  'links',
  'http',
  'page-view',
  'routes',
  'portone-api',
  'openapi',
  'jobs',
  'app',
  'hosts',
]

function edgeRoomOf(file: string): string | undefined {
  const [room = '', feature] = file.split('/').slice(2)
  if (room === 'features') return feature
  return room.replace(/^create-context/, 'context').replace(/\.ts$/, '')
}

test('a room of the edge imports only rooms below it', () => {
  const edge = files.filter((file) => file.startsWith('src/edge/') && !file.endsWith('.d.ts'))
  const rank = (file: string) => edgeOrder.indexOf(edgeRoomOf(file) ?? '')
  const upward = edge.flatMap((file) =>
    importsOf(file)
      .filter((imported) => imported.startsWith('src/edge/') && rank(imported) > rank(file))
      .map((imported) => `${file} imports ${imported}`),
  )
  expect(edge.filter((file) => rank(file) < 0)).toEqual([])
  expect(upward).toEqual([])
})

test('the domain takes types alone from the rooms below it', () => {
  const strays = files
    .filter((file) => file.startsWith('src/edge/domain/'))
    .flatMap((file) =>
      [...read(file).matchAll(/^import (?!type)[^;]*? from '([^']+)'/gm)]
        .map(([, path = '']) => relative(root, resolve(root, dirname(file), path)))
        .filter((path) => /^src\/edge\/(?!domain\/)/.test(path))
        .map((path) => `${file} imports ${path}`),
    )
  expect(strays).toEqual([])
})

/** Folders in which each folder imports the others in one direction only. */
const acyclicRooms = ['src/page/', 'src/sandbox/', 'src/contract/']

test.each(acyclicRooms)('no two folders of %s import each other', (room) => {
  const folderOf = (file: string) => file.slice(room.length).split('/').slice(0, -1)[0] ?? '.'
  const imports = new Map<string, Set<string>>()
  for (const file of files.filter((name) => name.startsWith(room)))
    for (const imported of importsOf(file).filter((name) => name.startsWith(room))) {
      const [from, to] = [folderOf(file), folderOf(imported)]
      if (from !== to) imports.set(from, (imports.get(from) ?? new Set()).add(to))
    }
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(imports.get(from) ?? [])].some((next) => {
      if (next === to) return true
      if (seen.has(next)) return false
      seen.add(next)
      return reaches(next, to, seen)
    })
  expect([...imports.keys()].filter((folder) => reaches(folder, folder))).toEqual([])
})

test('a folder holds at most 20 files of code, and 6 beside its subfolders', () => {
  const folders = new Map<string, number>()
  for (const file of files) folders.set(dirname(file), (folders.get(dirname(file)) ?? 0) + 1)
  const isParent = (folder: string) => [...folders.keys()].some((other) => other.startsWith(`${folder}/`))
  const crowded = [...folders].filter(([folder, count]) => count > (isParent(folder) ? 6 : 20))
  expect(crowded).toEqual([])
})

test.each(['contract', 'page', 'edge', 'sandbox', 'bundle', 'commands'])(
  'an exported name exists once in src/%s',
  (room) => {
    const known = new Map<string, string[]>()
    for (const file of files.filter((name) => name.startsWith(`src/${room}/`) && !name.endsWith('.d.ts'))) {
      const exported = read(file).matchAll(
        /^export (?:async )?(?:function|const|let|class|interface|type) (\w+)/gm,
      )
      // Overloads declare a name several times in one file.
      for (const name of new Set([...exported].map(([, name = '']) => name)))
        known.set(name, [...(known.get(name) ?? []), file])
    }
    expect([...known].filter(([, places]) => places.length > 1)).toEqual([])
  },
)

/**
 * Words that mean something in this project alone; src/edge/docs/glossary.md has the terms to use. Columns, metric labels
 * and fields on the wire keep theirs (`kept`, `seal`, `said`, `door`).
 */
const privateWords =
  /^(?:[Rr]oomOf|Room|[a-z]*Doors?|doors|[Ll]ooks?|tell(?:[A-Z]\w*)?|told\w*|Told\w*|begin(?:[A-Z]\w*)?|begun|Begun|began|away|\w*[a-z]Away|wish(?:es)?|\w*Wish(?:es)?|say(?:[A-Z]\w*)?|Reader|Speaker|World|[Dd]esk|[Ss]tage|about(?:Link|Order|Payment|Card)|marks|most[A-Z]\w*|least[A-Z]\w*|patience\w*|[Mm]eter|[Gg]oOn|judge\w*|[Ss]tanding\w*|[Nn]ews|[Gg]iveBack\w*|GivenBack|[Ss]hel(?:f|ves)\w*|[Cc]arriers?|[Tt]exter|refuse[A-Z]\w*|chance|weather|demands|outgoing|limiter|Sent|Found|Made|Placed|Asked)$/

/** Code without comments and without the text of strings. */
const codeOf = (file: string) =>
  read(file)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replaceAll(/`(?:[^`\\]|\\.)*`/g, (text) => (text.match(/\$\{[^}]*\}/g) ?? []).join(' '))

test('identifiers are in the terms of the field', () => {
  const strays = files
    .filter((file) => !file.endsWith('.d.ts'))
    .flatMap((file) =>
      [...new Set(codeOf(file).match(/[A-Za-z_]\w*/g) ?? [])]
        .filter((word) => privateWords.test(word))
        .map((word) => `${file}: ${word}`),
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
  const pages = ['README.md', '.github', 'src', 'test'].flatMap((top) =>
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
