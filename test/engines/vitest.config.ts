import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/support/run-folder.ts'],
    include: ['test/engines/*.spec.ts'],
    // A driver has one session at a time.
    fileParallelism: false,
    // Time-outs are for what hangs, not for what is slow on a loaded machine.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
})
