/// <reference path="./raw.d.ts" />
import links from './001-links.sql?raw'
import events from './002-events.sql?raw'
import repair from './003-repair.sql?raw'
import growth from './006-growth.sql?raw'
import globalLinks from './007-global-links.sql?raw'
import logos from './008-logos.sql?raw'
import messages from './009-messages.sql?raw'
import registrations from './010-registrations.sql?raw'
import foreignPayments from './011-foreign-payments.sql?raw'
import windowFailures from './012-window-failures.sql?raw'

export interface Migration {
  name: string
  sql: string
}

/** In order; a host applies those that the table `migrations` does not record yet. */
export const migrations: readonly Migration[] = [
  { name: '001-links', sql: links },
  { name: '002-events', sql: events },
  { name: '003-repair', sql: repair },
  { name: '006-growth', sql: growth },
  { name: '007-global-links', sql: globalLinks },
  { name: '008-logos', sql: logos },
  { name: '009-messages', sql: messages },
  { name: '010-registrations', sql: registrations },
  { name: '011-foreign-payments', sql: foreignPayments },
  { name: '012-window-failures', sql: windowFailures },
]

/** @returns a problem if a newer version of Dari has migrated the database, which this version might corrupt */
export function newerThan(
  applied: readonly string[],
  known: readonly { name: string }[],
): string | undefined {
  const unknown = applied.find((name) => !known.some((migration) => migration.name === name))
  return unknown && `a newer version of Dari has changed it (${unknown}): start that one`
}
