import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { Link } from '../../domain/links/link.ts'
import type { PortoneBuyer, PortoneDetails, PortoneLink } from '../../domain/links/portone-link.ts'
import type { Database } from '../../platform/ports/database.ts'
import { insertIf } from '../sql/insert-if.ts'
import { queries } from '../sql/tables.ts'
import { type LinkRow, linkOf, selectLinks } from './rows.ts'

/** Statement for the batch that inserts the link. */
export function insertPortoneLink(
  { link_id, ref, details, buyer }: PortoneLink,
  created: RawBuilder<unknown>,
): CompiledQuery {
  const row = { link_id, ref, details: JSON.stringify(details), buyer: buyer && JSON.stringify(buyer) }
  return insertIf('global_links', row, created)
}

/** Condition: no other link uses this reference in its URL (case-insensitive). */
export function refIsFree(ref: string): RawBuilder<boolean> {
  return sql<boolean>`not exists (select 1 from global_links as taken where lower(taken.ref) = ${ref.toLowerCase()})`
}

export async function findPortoneDetails(
  database: Database,
  linkId: string,
): Promise<PortoneLink | undefined> {
  const query = queries.selectFrom('global_links').selectAll().where('link_id', '=', linkId)
  const [row] = await database.all<{
    link_id: string
    ref: string | null
    details: string
    buyer: string | null
  }>(query.compile())
  return (
    row && {
      ...row,
      details: JSON.parse(row.details) as PortoneDetails,
      buyer: row.buyer === null ? null : (JSON.parse(row.buyer) as PortoneBuyer),
    }
  )
}

export async function findLinkByRef(database: Database, ref: string): Promise<Link | undefined> {
  const query = selectLinks()
    .innerJoin('global_links', 'global_links.link_id', 'links.id')
    .where(sql<boolean>`lower(global_links.ref) = ${ref.toLowerCase()}`)
  const [row] = await database.all<LinkRow>(query.compile())
  return row && linkOf(row)
}

/** Erases the buyer's data of the links that `due` selects. */
export function erasePortoneBuyers(due: RawBuilder<unknown>): CompiledQuery[] {
  const links = sql`update global_links set buyer = null where link_id in (${due})`
  // PortOne's webhook body contains the customer; json_replace leaves bodies without these fields as they are.
  const events = sql`update events set body = json_replace(body, '$.customer_name', '',
    '$.customer_email_address', '', '$.customer_phone_number', '')
    where id in (select events.id from links join events on events.user_code = links.user_code
      and events.link_id = links.id where links.global = 1 and links.id in (${due}))`
  return [events.compile(queries), links.compile(queries)]
}
