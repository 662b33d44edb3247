// Finds the checkouts ("permissions") through which a payment of an order may have come or may still come.
import { sql } from 'kysely'
import type { Order } from '../../domain/links/link.ts'
import { clockToleranceMs } from '../../domain/payments/clock-tolerance.ts'
import type { Permission } from '../../domain/payments/payment-origin.ts'
import type { Database } from '../../platform/ports/database.ts'
import { queries } from '../sql/tables.ts'

/** Bounds on the queries; real orders stay far below them. */
const maxLinks = 20
const maxPermissions = 200

const latestLinks = ({ user_code, tier, merchant_uid }: Order) =>
  sql`select id from links where user_code = ${user_code} and tier = ${tier}
    and merchant_uid = ${merchant_uid} order by created_at desc limit ${maxLinks}`

/**
 * The permission whose id the payment carries, whatever its order; else the permissions of the order's latest links
 * that were valid when the payment started.
 */
export async function findPermissions(
  database: Database,
  order: Order,
  { mark, startedAt }: { mark: string | undefined; startedAt: number | null },
): Promise<Permission[]> {
  const columns = sql`checkouts.id, checkouts.link_id, checkouts.method_key, checkouts.granted_at,
    checkouts.holds_until, checkouts.ended_at`
  const marked = sql<Permission>`select ${columns} from checkouts where id = ${mark ?? ''}`
  const found = mark === undefined ? [] : await database.all(marked.compile(queries))
  if (found.length > 0 || startedAt === null) return found
  const open = sql<Permission>`select ${columns} from checkouts where link_id in (${latestLinks(order)})
    and granted_at <= ${startedAt + clockToleranceMs} and holds_until >= ${startedAt - clockToleranceMs}
    limit ${maxPermissions}`
  return database.all(open.compile(queries))
}

/**
 * True if a payment may still arrive through a window of the order, including windows of superseded links.
 * @param opened counts only windows that a page reported as opened, and those without a tab id, which cannot report
 */
export async function mayBeApproved(
  database: Database,
  order: Order,
  { opened }: { opened: boolean },
): Promise<boolean> {
  const which = opened ? sql`and (opened_at is not null or visitor is null)` : sql``
  const query = sql`select 1 from checkouts where link_id in (${latestLinks(order)}) and ended_at is null
    ${which} limit 1`
  return (await database.all(query.compile(queries))).length > 0
}
