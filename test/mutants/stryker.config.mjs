// `npm run mutants`: mutates the money rules one place at a time and runs their tests. A surviving mutant is
// a rule that no test covers; an equivalent mutant is disabled by a comment.
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
  // Stryker rewrites tsconfig.json with TypeScript's API, which version 7 lacks.
  tsconfigFile: 'none.json',
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // A timeout counts as killed, so it must not come from a busy machine.
  timeoutMS: 60_000,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: 'node_modules/.cache/stryker',
  cleanTempDir: 'always',
  ignorePatterns: ['**', '!package.json', '!tsconfig.json', '!src/**', '!test/**'],
  thresholds: { high: 100, low: 100, break: 100 },
}
