// What the suite is made of: a scenario plays one attack, and checks what it must not have done.
import type { OpenShop, Shop, ShopOptions } from './shop.ts'

export interface Trial {
  /** @param evidence what was seen instead, where it does not hold */
  check(promise: string, held: boolean, evidence?: unknown): void
  /** A shop of its own for this scenario; its books are audited at the end. */
  shop(options?: ShopOptions): Promise<Shop>
  /** Runs at the end, whatever happened. */
  after(end: () => unknown): void
}

export interface Scenario {
  area: string
  /** A sentence that a shopkeeper understands. */
  name: string
  /** Needs a real server process or real minutes: not part of `npm test`. */
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

/** The scenarios of one area, in the order in which they are written. */
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
    check('the scenario can be played to its end', false, error instanceof Error ? error.stack : error)
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
