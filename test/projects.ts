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

/** Pure rules and what the page draws, without a database, a process or a socket: `npm run test:unit`. */
const unit = [
  'test/{contract,page}/**/*.test.{ts,tsx}',
  ...[
    'edge/config/*',
    // These ask the routes.
    'edge/domain/!(gateway-scripts)',
    'edge/links/{confirm-approval,create-modes,supersede}',
    'edge/platform/{local-host,public-address}',
    'edge/portone-api/portone-properties',
    'edge/settlement/{choose-owner,decide-settlement}',
    'host/pack-document',
    'contributing',
    'house',
    'messages/{compose,settings}',
    'sandbox/gateways',
  ].map((path) => `test/${path}.test.ts`),
]

/** What a request may hold, and what is about the SQLite file itself. */
const sqliteOnly = ['group-commits', 'growth', 'iamport', 'migrations', 'safe-fetch', 'warnings'].map(
  (name) => `test/edge/**/${name}.test.ts`,
)

export const projects: TestProjectConfiguration[] = [
  { extends: true, test: { name: 'unit', include: unit } },
  {
    extends: true,
    test: {
      name: 'sqlite',
      env: { STORE: 'sqlite' },
      include: ['test/**/*.test.{ts,tsx}'],
      exclude: ['test/journeys/**', 'test/postgres/**', 'test/workers/**', ...unit],
    },
  },
  {
    extends: true,
    test: {
      name: 'postgres',
      env: { STORE: 'postgres' },
      globalSetup: 'test/support/postgres-setup.ts',
      include: ['test/edge/**/*.test.ts', 'test/messages/queue.test.ts', 'test/postgres/*.test.ts'],
      exclude: [...unit, ...sqliteOnly],
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
