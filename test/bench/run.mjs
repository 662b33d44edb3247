// `npm run bench -- load [--seconds 120] [--seed 1] [--runs 7] [--links 1000000]`: runs the named parts
// (default: all), prints their tables and saves the figures in test/bench/bench.json. A part is a file of
// this folder with `run`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { ensureBuilt, ensureInstalled } from '../../src/commands/prepare.mjs'

const notParts = ['part.ts', 'run.mjs']
const here = new URL('.', import.meta.url)
const known = readdirSync(here)
  .filter((name) => /^[a-z]+\.ts$/.test(name) && !notParts.includes(name))
  .map((name) => name.slice(0, -3))

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' },
    seed: { type: 'string', default: '20261120' },
    runs: { type: 'string', default: '7' },
    links: { type: 'string', default: '1000000' },
  },
})
const wrong = positionals.filter((name) => !known.includes(name))
if (wrong.length > 0) {
  process.stderr.write(`no such part: ${wrong.join(', ')}; there is ${known.join(', ')}\n`)
  process.exit(1)
}

process.chdir(new URL('../..', import.meta.url).pathname)
ensureInstalled()
ensureBuilt()

const file = new URL('bench.json', here)
const results = read(file)
const say = (line) => process.stdout.write(`${line}\n`)
for (const name of positionals.length > 0 ? positionals : known) {
  const { seconds, ...counts } = values
  const wish = { ...numbers(counts), ...(seconds && { seconds: Number(seconds) }), say }
  say(`\n== ${name}`)
  const { run } = await import(`./${name}.ts`)
  const { table, figures, problems } = await run(wish)
  print(table)
  for (const problem of problems) say(`problem: ${problem}`)
  if (problems.length > 0) process.exitCode = 1
  const machine = `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.versions.node}`
  results[name] = { at: new Date().toISOString(), machine, ...wish, say: undefined, table, figures, problems }
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
}

function numbers(texts) {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Number(text)]))
}

function read(from) {
  try {
    return JSON.parse(readFileSync(from, 'utf8'))
  } catch {
    return {}
  }
}

function print(rows) {
  const names = Object.keys(rows[0] ?? {})
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name])))]
  const widths = names.map((_, at) => Math.max(...cells.map((row) => row[at].length)))
  for (const row of cells) {
    say(row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join('  '))
  }
}
