// `npm test`: everything that must hold, from a fresh clone. Ends with one line that counts.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt, ensureInstalled } from '../src/commands/prepare.mjs'
import { ensureBrowser } from './browser.mjs'
import { engines, ensureEngine } from './engines/engines.mjs'

process.chdir(new URL('..', import.meta.url).pathname)
ensureInstalled()
const path = [join(process.cwd(), 'node_modules/.bin'), process.env.PATH].join(
  process.platform === 'win32' ? ';' : ':',
)
const env = { ...process.env, PATH: path, CHROMIUM: ensureBrowser() }
for (const name of Object.keys(engines)) ensureEngine(name)

const results = 'node_modules/.cache/test-results'
rmSync(results, { recursive: true, force: true })

const counts = { passed: 0, failed: 0, skipped: 0 }
const steps = [
  ['format and lint', ['biome', 'check', '--error-on-warnings', '.']],
  ['types', ['npm', 'run', '--silent', 'types']],
  ['build', () => ensureBuilt()],
  [
    'unit, edge and page',
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}/vitest.json`],
  ],
  ['journeys', ['playwright', 'test', '-c', 'test/journeys/playwright.config.ts']],
  [
    'other engines',
    [
      ...['vitest', 'run', '-c', 'test/engines/vitest.config.ts'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${results}/engines.json`],
    ],
  ],
]

for (const [name, step] of steps) {
  const began = Date.now()
  process.stdout.write(`\n== ${name}\n`)
  if (typeof step === 'function') step()
  else if (
    spawnSync(step[0], step.slice(1), { stdio: 'inherit', env, shell: process.platform === 'win32' })
      .status !== 0
  )
    fail(name)
  process.stdout.write(`== ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
}
tally()
report()

function fail(name) {
  tally()
  counts.failed = Math.max(counts.failed, 1)
  process.stdout.write(`\n${name} failed\n`)
  report()
  process.exit(1)
}

function tally() {
  const vitest = [read('vitest.json'), read('engines.json')]
  const sum = (count) => vitest.reduce((all, run) => all + (run?.[count] ?? 0), 0)
  const journeys = read('journeys.json')?.stats
  counts.passed = sum('numPassedTests') + (journeys?.expected ?? 0)
  counts.failed = sum('numFailedTests') + (journeys?.unexpected ?? 0) + (journeys?.flaky ?? 0)
  counts.skipped = sum('numPendingTests') + (journeys?.skipped ?? 0)
}

function read(file) {
  try {
    return JSON.parse(readFileSync(join(results, file), 'utf8'))
  } catch {
    return undefined
  }
}

function report() {
  process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
}
