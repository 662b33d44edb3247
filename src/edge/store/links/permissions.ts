// What tells which window of an order a payment came through, and whether one may still be open.
import { sql } from 'kysely'
import type { Order } from '../../domain/links/link.ts'
import { clockToleranceMs } from '../../domain/payments/clock-tolerance.ts'
import type { Permission } from '../../domain/payments/payment-origin.ts'
import type { Database } from '../../platform/ports/database.ts'
import { queries } from '../sql/tables.ts'

/** An order has few links that were replaced while somebody paid, and few windows are open at one time. */
const maxLinks = 20
const maxPermissions = 200

const latestLinks = ({ user_code, tier, merchant_uid }: Order) =>
  sql`select id from links where user_code = ${user_code} and tier = ${tier}
    and merchant_uid = ${merchant_uid} order by created_at desc limit ${maxLinks}`

/**
 * The permission that a payment's mark names, whichever order it is of, and those of the order's latest links that
 * were open when the payment was started.
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
 * May money still come through any window of the order, also of a link that was replaced?
 * @param opened count only windows that a page opened: it says so by its tab's name, and of one without a name it is
 *   not known
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
