import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findBrowser } from '../browser.mjs'
import setRunFolder from '../support/run-folder.ts'
import { startEnvironment } from './environment.ts'
import { cases, runCase } from './run.ts'

const { values } = parseArgs({ options: { sdk: { type: 'string' }, only: { type: 'string' } } })
const print = (text: string) => process.stdout.write(`${text}\n`)

async function readSdk(where: string): Promise<string> {
  // npm sets INIT_CWD to the caller's directory.
  if (!/^https?:/.test(where)) return readFile(resolve(process.env.INIT_CWD ?? '.', where), 'utf8')
  const answer = await fetch(where)
  if (!answer.ok) throw new Error(`${where} answered ${answer.status}`)
  return answer.text()
}

if (values.sdk === undefined) {
  print('npm run acceptance -- --sdk <file or URL of the SDK> [--only <words of a case>]')
  process.exitCode = 2
} else {
  const leaveRunFolder = setRunFolder()
  const sdk = await readSdk(values.sdk)
  const environment = await startEnvironment(sdk)
  const startedAt = performance.now()
  const chosen = cases.filter(({ area, name }) => `${area} ${name}`.includes(values.only ?? ''))
  let differences = 0
  print(`| area | device | case | |\n| --- | --- | --- | --- |`)
  for (const one of chosen) {
    const { area, device, name, expected } = one
    const actual = await runCase(environment, one)
    const isSame = actual === expected
    if (!isSame) differences += 1
    print(`| ${area} | ${device} | ${name} | ${isSame ? 'as expected' : 'DIFFERS'} |`)
    if (!isSame) print(`\n  expected: ${expected}\n  seen:     ${actual}\n`)
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  print(`\n${chosen.length} cases, ${differences} differences, ${seconds} s`)
  print(
    `SDK: ${values.sdk}, ${sdk.length} characters; browser: ${environment.browser.version()} ${findBrowser() ?? ''}`,
  )
  await environment.close()
  leaveRunFolder()
  if (differences > 0 || chosen.length === 0) process.exitCode = 1
}
