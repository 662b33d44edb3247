// A scenario plays one attack and checks the result.
import type { OpenShop, Shop, ShopOptions } from './shop.ts'

export interface Trial {
  /** @param evidence the observed result, shown if the check fails */
  check(promise: string, held: boolean, evidence?: unknown): void
  /** Opens a shop for this scenario; it is audited at the end. */
  shop(options?: ShopOptions): Promise<Shop>
  /** Runs at the end, also after a failure. */
  after(end: () => unknown): void
}

export interface Scenario {
  area: string
  /** A sentence that a merchant understands. */
  name: string
  /** Needs a real server process or real time: not part of `npm test`. */
  slow: boolean
  run: (trial: Trial) => Promise<void>
}

export interface Check {
  promise: string
  held: boolean
  evidence: string
}

export interface Result {
  scenario: Scenario
  checks: Check[]
  ms: number
}

export function area(name: string) {
  const scenarios: Scenario[] = []
  const add = (slow: boolean) => (sentence: string, run: Scenario['run']) => {
    scenarios.push({ area: name, name: sentence, slow, run })
  }
  return { scenarios, scenario: add(false), slow: add(true) }
}

export async function runScenario(scenario: Scenario, open: OpenShop): Promise<Result> {
  const started = performance.now()
  const checks: Check[] = []
  const ends: (() => unknown)[] = []
  const shops: Shop[] = []
  const check: Trial['check'] = (promise, held, evidence) => {
    checks.push({ promise, held, evidence: held ? '' : brief(evidence) })
  }
  try {
    await scenario.run({
      check,
      async shop(options) {
        const shop = await open(options)
        shops.push(shop)
        return shop
      },
      after: (end) => ends.push(end),
    })
    for (const shop of shops)
      for (const broken of await shop.audit()) check(broken.promise, false, broken.evidence)
  } catch (error) {
    check('the scenario runs to its end', false, error instanceof Error ? error.stack : error)
  } finally {
    for (const end of ends.reverse()) await end()
    for (const shop of shops) await shop.close()
  }
  return { scenario, checks, ms: performance.now() - started }
}

function brief(evidence: unknown): string {
  const text = typeof evidence === 'string' ? evidence : (JSON.stringify(evidence) ?? 'nothing')
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 220 ? `${line.slice(0, 217)}...` : line
}
