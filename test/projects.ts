// The suites of the store and the edge, on each kind of database.
import type { TestProjectConfiguration } from 'vitest/config'

/**
 * What is written, moved, claimed and looked for: a call to workerd takes milliseconds, so the suites that are about
 * doors, limits and wires, or that let weeks pass minute by minute, run on the other databases alone.
 */
const onD1 = [
  'busy',
  'checkout',
  'clean-up',
  'database',
  'deliver',
  'event-order',
  'events',
  'global-create',
  'health',
  'logos',
  'merchant-api',
  'orders',
  'page-door',
  'races',
  'registration',
  'settle',
  'sweep',
  'window-failed',
].map((name) => `test/edge/${name}.test.ts`)

/** Pure rules, what a request may hold, and what is about the SQLite file itself. */
const withoutStore = [
  'asking',
  'choose-owner',
  'client-address',
  'compare-money',
  'confirm-approval',
  'decide-settlement',
  'grant-checkout',
  'group-commits',
  'growth',
  'iamport',
  'link-status',
  'local-host',
  'migrations',
  'modes',
  'outgoing',
  'payment-origin',
  'public-address',
  'rules',
  'settings',
  'standing',
  'supersede',
  'global-properties',
  'warnings',
].map((name) => `test/edge/${name}.test.ts`)

export const projects: TestProjectConfiguration[] = [
  {
    extends: true,
    test: {
      name: 'sqlite',
      env: { STORE: 'sqlite' },
      include: ['test/**/*.test.{ts,tsx}'],
      exclude: ['test/journeys/**', 'test/postgres/**', 'test/workers/**'],
    },
  },
  {
    extends: true,
    test: {
      name: 'postgres',
      env: { STORE: 'postgres' },
      globalSetup: 'test/support/postgres-setup.ts',
      include: ['test/edge/*.test.ts', 'test/messages/queue.test.ts', 'test/postgres/*.test.ts'],
      exclude: withoutStore,
    },
  },
  {
    extends: true,
    test: {
      name: 'd1',
      env: { STORE: 'd1' },
      globalSetup: 'test/support/d1.ts',
      include: [...onD1, 'test/messages/queue.test.ts', 'test/workers/*.test.ts'],
    },
  },
]
