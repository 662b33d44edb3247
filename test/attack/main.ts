import { parseArgs } from 'node:util'
import setRunFolder from '../support/run-folder.ts'
import { type Result, runScenario } from './scenario.ts'
import { openShop } from './shop.ts'
import { suite } from './suite.ts'
import { describeResult, summarise } from './table.ts'

const { values } = parseArgs({
  options: { only: { type: 'string' }, quick: { type: 'boolean' }, list: { type: 'boolean' } },
})
const print = (text: string) => process.stdout.write(`${text}\n`)
const { only } = values
const isArea = suite.some(({ area }) => area === only)
const chosen = suite
  .filter(({ area, name }) => only === undefined || (isArea ? area === only : name.includes(only)))
  .filter(({ slow }) => !values.quick || !slow)

if (values.list) {
  for (const { area, name, slow } of chosen) print(`${area.padEnd(17)} ${name}${slow ? ' (slow)' : ''}`)
} else {
  const leaveRunFolder = setRunFolder()
  const startedAt = performance.now()
  const results: Result[] = []
  for (const scenario of chosen) {
    const result = await runScenario(scenario, openShop)
    print(describeResult(result))
    results.push(result)
  }
  print(`\n${summarise(results)}\n${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  const held = results.every(({ checks }) => checks.every((check) => check.held))
  if (!held || results.length === 0) process.exitCode = 1
  leaveRunFolder()
}
