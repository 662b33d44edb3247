// Runs every case against the sandbox's SDK; `npm run acceptance` runs them against upstream's.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildSdk } from '../sandbox/browser-fixture.ts'
import { type Environment, startEnvironment } from './environment.ts'
import { cases, runCase } from './run.ts'

let environment: Environment
beforeAll(async () => {
  environment = await startEnvironment(await buildSdk())
})
afterAll(() => environment.close())

for (const area of new Set(cases.map((one) => one.area)))
  describe(`SDK behaviour (${area})`, () => {
    for (const one of cases.filter((each) => each.area === area))
      test.concurrent(`on ${one.device}, ${one.name}`, async () => {
        expect(await runCase(environment, one)).toBe(one.expected)
      })
  })
