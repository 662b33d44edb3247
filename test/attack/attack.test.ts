// The scenarios that need neither a server process nor real time; part of `npm test`.
import { describe, expect, test } from 'vitest'
import { runScenario } from './scenario.ts'
import { openShop } from './shop.ts'
import { suite } from './suite.ts'

const quick = suite.filter(({ slow }) => !slow)

for (const area of new Set(quick.map((scenario) => scenario.area)))
  describe(`attack: ${area}`, () => {
    for (const scenario of quick.filter((one) => one.area === area))
      test(scenario.name, async () => {
        const { checks } = await runScenario(scenario, openShop)
        expect(checks.length).toBeGreaterThan(0)
        expect(checks.filter(({ held }) => !held)).toEqual([])
      })
  })
