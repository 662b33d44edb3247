import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/support/run-folder.ts'],
    include: ['test/engines/*.spec.ts'],
    // A driver has one session at a time.
    fileParallelism: false,
    // Generous: the machine may be loaded.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
})
