import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findBrowser } from '../browser.mjs'
import setRunFolder from '../support/run-folder.ts'
import { cases, runCase } from './run.ts'
import { raiseStage } from './stage.ts'

const { values } = parseArgs({ options: { sdk: { type: 'string' }, only: { type: 'string' } } })
const say = (text: string) => process.stdout.write(`${text}\n`)

async function readSdk(where: string): Promise<string> {
  // npm sets INIT_CWD to the caller's directory.
  if (!/^https?:/.test(where)) return readFile(resolve(process.env.INIT_CWD ?? '.', where), 'utf8')
  const answer = await fetch(where)
  if (!answer.ok) throw new Error(`${where} answered ${answer.status}`)
  return answer.text()
}

if (values.sdk === undefined) {
  say('npm run acceptance -- --sdk <file or URL of the SDK> [--only <words of a case>]')
  process.exitCode = 2
} else {
  const leaveRunFolder = setRunFolder()
  const sdk = await readSdk(values.sdk)
  const stage = await raiseStage(sdk)
  const began = performance.now()
  const chosen = cases.filter(({ area, name }) => `${area} ${name}`.includes(values.only ?? ''))
  let differences = 0
  say(`| area | device | case | |\n| --- | --- | --- | --- |`)
  for (const one of chosen) {
    const { area, device, name, expected } = one
    const seen = await runCase(stage, one)
    const isSame = seen === expected
    if (!isSame) differences += 1
    say(`| ${area} | ${device} | ${name} | ${isSame ? 'as expected' : 'DIFFERS'} |`)
    if (!isSame) say(`\n  expected: ${expected}\n  seen:     ${seen}\n`)
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  say(`\n${chosen.length} cases, ${differences} differences, ${seconds} s`)
  say(
    `SDK: ${values.sdk}, ${sdk.length} characters; browser: ${stage.browser.version()} ${findBrowser() ?? ''}`,
  )
  await stage.close()
  leaveRunFolder()
  if (differences > 0 || chosen.length === 0) process.exitCode = 1
}
