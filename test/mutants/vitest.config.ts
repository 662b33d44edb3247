import { defineConfig } from 'vitest/config'

/** Pure rules only: loading the whole edge for each mutant takes longer than the tests. */
const suites = [
  'reconcile-schedule',
  'choose-owner',
  'compare-money',
  'confirm-approval',
  'decide-settlement',
  'grant-checkout',
  'link-status',
  'payment-origin',
  'gateway',
  'payment-state',
  'supersede',
]

export default defineConfig({
  test: { include: suites.map((name) => `test/edge/**/${name}.test.ts`), testTimeout: 60_000 },
})
