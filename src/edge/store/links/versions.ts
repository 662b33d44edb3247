import { sql } from 'kysely'
import type { Database } from '../../platform/ports/database.ts'
import { queries } from '../sql/tables.ts'

/**
 * Version of each link's view: changes whenever the view does, except by time. Partial refunds and windows opened or
 * closed by other visitors do not change `move_id`, so they are part of the version.
 */
export async function readLinkVersions(database: Database, linkIds: string[]): Promise<Map<string, string>> {
  if (linkIds.length === 0) return new Map()
  const windows = sql`(select coalesce(max(opened_at), 0) || ' ' || coalesce(max(ended_at), 0)
    from checkouts where checkouts.link_id = links.id)`
  const query = queries
    .selectFrom('links')
    .leftJoin('payments', 'payments.imp_uid', 'links.imp_uid')
    .select([
      'links.id',
      sql<string>`links.move_id || ' ' || coalesce(payments.returned, 0) || ' ' || ${windows}`.as('mark'),
    ])
    .where('links.id', 'in', linkIds)
  const rows = await database.all<{ id: string; mark: string }>(query.compile())
  return new Map(rows.map(({ id, mark }) => [id, mark]))
}
