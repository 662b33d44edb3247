// `npm run serve` on a computer that lacks something: one line, and no stack.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const script = 'src/commands/serve.mjs'
const olderNode =
  'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.19.0"}})'

/** @param files beside the script, by path */
function serve(files: Record<string, string>, options: string[] = []) {
  const root = mkdtempSync(join(tmpdir(), 'dari-'))
  cpSync(resolve(import.meta.dirname, '../..', script), join(root, script), { recursive: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const { status, stderr } = spawnSync(process.execPath, [...options, join(root, script)], {
    encoding: 'utf8',
  })
  return { status, stderr }
}

const build = (server: string) => ({
  'package.json': '{"type":"module"}',
  'build/server.js': server,
  'dist/.vite/manifest.json': '{}',
})

describe('npm run serve', () => {
  test('names the commands that build when there is no build', () => {
    expect(serve({})).toEqual({
      status: 1,
      stderr:
        'Dari cannot start: there is no build: run npm ci && npm run build, or npm start, which does both\n',
    })
  })

  test('names the Node version that it needs when it runs on an older one', () => {
    expect(serve(build(''), ['--import', olderNode])).toEqual({
      status: 1,
      stderr:
        'Dari cannot start: Node 24 is needed and this is 20.19.0: run npm ci --omit=dev, which brings it, then npm run serve\n',
    })
  })

  test('names the package that is not installed', () => {
    expect(serve(build('import "pino"'))).toEqual({
      status: 1,
      stderr: 'Dari cannot start: the package pino is not installed: run npm ci --omit=dev\n',
    })
  })

  test('runs the server that was built', () => {
    expect(serve(build('process.exitCode = 7'))).toEqual({ status: 7, stderr: '' })
  })
})
