// The suites of the store and the edge, on each kind of database.
import type { TestProjectConfiguration } from 'vitest/config'

/**
 * What is written, moved, claimed and looked for: a call to workerd takes milliseconds, so the suites that are about
 * doors, limits and wires, or that let weeks pass minute by minute, run on the other databases alone.
 */
const onD1 = [
  'window-under-way',
  'checkout',
  'retention',
  'database',
  'deliver',
  'event-order',
  'events',
  'portone-create',
  'health',
  'logos',
  'merchant-api',
  'replaced-links',
  'page-route',
  'races',
  'registration',
  'settle',
  'expire-links',
  'window-failed',
].map((name) => `test/edge/**/${name}.test.ts`)

/** Pure rules, what a request may hold, and what is about the SQLite file itself. */
const withoutStore = [
  'reconcile-schedule',
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
  'create-modes',
  'safe-fetch',
  'payment-origin',
  'public-address',
  'gateway',
  'settings',
  'payment-state',
  'supersede',
  'portone-properties',
  'warnings',
].map((name) => `test/edge/**/${name}.test.ts`)

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
      include: ['test/edge/**/*.test.ts', 'test/messages/queue.test.ts', 'test/postgres/*.test.ts'],
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
