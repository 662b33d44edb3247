import { sql } from 'kysely'
import type { Database } from '../../platform/ports/database.ts'
import { queries } from '../sql/tables.ts'

interface Named {
  user_code: string
  /** Undefined: every tier of the merchant. */
  tier: string | undefined
  customer_uid: string
}

const linksOf = ({ user_code, tier, customer_uid }: Named) => {
  const links = queries
    .selectFrom('registrations')
    .innerJoin('links', 'links.id', 'registrations.link_id')
    .where('registrations.customer_uid', '=', customer_uid)
    .where('links.user_code', '=', user_code)
  return tier === undefined ? links : links.where('links.tier', '=', tier)
}

/** Tiers of the merchant with links for this `customer_uid`; empty if there are none. */
export async function findTiersOf(database: Database, named: Named): Promise<string[]> {
  const query = linksOf(named).select('links.tier').distinct()
  return (await database.all<{ tier: string }>(query.compile())).map(({ tier }) => tier)
}

/** Records on the links that registered the card that it was deleted at i'mport. */
export async function markDeleted(database: Database, named: Named, at: number): Promise<void> {
  const ids = linksOf(named).select('links.id')
  const mark = queries
    .updateTable('registrations')
    .set({ deleted_at: at })
    .where('link_id', 'in', ids)
    .where('registered_at', 'is not', null)
    .where('deleted_at', 'is', null)
  const entry = sql`insert into history (id, link_id, at, from_status, to_status, imp_uid, why)
    select 'deleted:' || link_id, link_id, ${at}, 'registered', 'registered', null, 'card_deleted' from registrations
    where deleted_at = ${at} and link_id in (${ids}) on conflict do nothing`
  await database.batch([mark.compile(), entry.compile(queries)])
}
