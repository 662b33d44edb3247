// Runs every case against the sandbox's SDK; `npm run acceptance` runs them against upstream's.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildSdk } from '../sandbox/browser-fixture.ts'
import { cases, runCase } from './run.ts'
import { raiseStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await raiseStage(await buildSdk())
})
afterAll(() => stage.close())

for (const area of new Set(cases.map((one) => one.area)))
  describe(`SDK behaviour (${area})`, () => {
    for (const one of cases.filter((each) => each.area === area))
      test.concurrent(`on ${one.device}, ${one.name}`, async () => {
        expect(await runCase(stage, one)).toBe(one.expected)
      })
  })
