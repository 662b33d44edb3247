/// <reference path="./raw.d.ts" />

import type { Migration } from './migrations.ts'
import schema from './postgres/001-schema.sql?raw'
import foreignPayments from './postgres/011-foreign-payments.sql?raw'
import windowFailures from './postgres/012-window-failures.sql?raw'

/** In order; the missing ones are applied in one transaction. */
export const postgresMigrations: readonly Migration[] = [
  { name: '001-schema', sql: schema },
  { name: '011-foreign-payments', sql: foreignPayments },
  { name: '012-window-failures', sql: windowFailures },
]
