// What `npm start` and `npm test` do first. Plain JavaScript without dependencies: nothing is installed yet.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Node 24 as the npm package `node` brings it. */
export const ownNode = join('node_modules', 'node', 'bin', 'node')

const installedMark = 'node_modules/.installed'
const builtMark = 'build/.built'

export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

/** Installs what the lock file says, unless that is what is there. */
export function ensureInstalled() {
  const wanted = digest(['package.json', 'package-lock.json'])
  if (read(installedMark) === wanted && existsSync(ownNode)) return
  // `ci` empties node_modules first, which is no good while a program from there is running.
  const command = existsSync('node_modules') ? 'install' : 'ci'
  process.stdout.write('Installing.\n')
  run('npm', [command, '--no-audit', '--no-fund', '--loglevel=error'], {
    shell: process.platform === 'win32',
  })
  writeFileSync(installedMark, wanted)
}

/** Builds page, server and sandbox, unless the sources are those of the last build. */
export function ensureBuilt() {
  if (read(builtMark) === sources()) return
  process.stdout.write('Building.\n')
  build('--logLevel', 'warn')
}

/** Builds, and marks it: what is run next to a server must not build again what that serves. */
export function build(...options) {
  const built = sources()
  // Whoever starts the build may run in another mode, as a test does: what is served is always the same.
  const env = { ...process.env, NODE_ENV: 'production' }
  run(ownNode, ['node_modules/vite/bin/vite.js', 'build', '--app', ...options], { env })
  mkdirSync('build', { recursive: true })
  writeFileSync(builtMark, built)
}

function sources() {
  const files = [...filesBelow('src'), ...filesBelow('public')]
  const whole = digest([...files, 'index.html', 'vite.config.ts', 'package-lock.json'])
  return whole + (process.env.VITE_EDGE_URL ?? '')
}

function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort()
}

function digest(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file))
  return hash.digest('hex')
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
