import { defineConfig } from 'vitest/config'

/** Tests of pure rules alone: loading the whole edge for each mutant would take longer than the tests themselves. */
const suites = ['asking', 'decide-settlement', 'payment-origin', 'rules']

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: { include: suites.map((name) => `test/edge/${name}.test.ts`), testTimeout: 60_000 },
})
