/// <reference path="./raw.d.ts" />
import schema from './migrations/postgres/001-schema.sql?raw'
import foreignPayments from './migrations/postgres/011-foreign-payments.sql?raw'
import windowFailures from './migrations/postgres/012-window-failures.sql?raw'
import type { Migration } from './migrations.ts'

/** In the order of their names; all that a database lacks are applied in one transaction. */
export const postgresMigrations: readonly Migration[] = [
  { name: '001-schema', sql: schema },
  { name: '011-foreign-payments', sql: foreignPayments },
  { name: '012-window-failures', sql: windowFailures },
]
