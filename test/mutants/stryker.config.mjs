// `npm run mutants`: changes the money rules in one place at a time (a comparison, a condition, a sum), and runs
// their tests. A mutant that survives is a rule that no test covers; one that is equivalent is disabled by a comment.
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutants/vitest.config.ts', related: false },
  mutate: [
    'src/edge/domain/payments/reconcile-schedule.ts',
    'src/edge/features/settlement/choose-owner.ts',
    'src/edge/domain/payments/compare-money.ts',
    'src/edge/features/links/confirm-approval.ts',
    'src/edge/features/settlement/decide-settlement.ts',
    'src/edge/domain/links/grant-checkout.ts',
    'src/edge/domain/links/link-status.ts',
    'src/edge/domain/payments/payment-origin.ts',
    'src/edge/domain/payments/payment-state.ts',
    'src/edge/features/links/supersede.ts',
  ],
  // Stryker would rewrite tsconfig.json with the API of TypeScript, which version 7 lacks.
  tsconfigFile: 'none.json',
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // A time-out counts as killed: it must not come from a busy machine.
  timeoutMS: 60_000,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: 'node_modules/.cache/stryker',
  cleanTempDir: 'always',
  ignorePatterns: ['**', '!package.json', '!tsconfig.json', '!src/**', '!test/**'],
  thresholds: { high: 100, low: 100, break: 100 },
}
