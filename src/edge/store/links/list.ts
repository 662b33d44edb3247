import { sql } from 'kysely'
import type { Link } from '../../domain/links/link.ts'
import { depositGraceMs, type MerchantStatus } from '../../domain/links/link-status.ts'
import type { Database } from '../../platform/ports/database.ts'
import { type ForeignPaymentsTable, type HistoryRow, type PaymentsTable, queries } from '../sql/tables.ts'
import { type LinkRow, linkOf, selectLinks } from './rows.ts'

export interface ListFilter {
  user_code: string
  /** Undefined: every tier of the merchant. */
  tier?: string | undefined
  status?: MerchantStatus | undefined
  merchant_uid?: string | undefined
  created_from?: number | undefined
  created_to?: number | undefined
  /** The last link of the previous page. */
  after?: { created_at: number; id: string } | undefined
  limit: number
}

/** Newest first. */
export async function listLinks(database: Database, filter: ListFilter, now: number): Promise<Link[]> {
  let query = selectLinks().where('links.user_code', '=', filter.user_code)
  if (filter.tier !== undefined) query = query.where('links.tier', '=', filter.tier)
  if (filter.merchant_uid !== undefined) query = query.where('links.merchant_uid', '=', filter.merchant_uid)
  if (filter.created_from !== undefined) query = query.where('links.created_at', '>=', filter.created_from)
  if (filter.created_to !== undefined) query = query.where('links.created_at', '<=', filter.created_to)
  if (filter.status !== undefined) query = query.where(isNow(filter.status, now))
  if (filter.after) {
    const { created_at, id } = filter.after
    query = query.where(sql<boolean>`(links.created_at, links.id) < (${created_at}, ${id})`)
  }
  const rows = await database.all<LinkRow>(
    query.orderBy('links.created_at', 'desc').orderBy('links.id', 'desc').limit(filter.limit).compile(),
  )
  return rows.map(linkOf)
}

/** The rules of `domain/links/link-status.ts` in SQL; a test compares the two. */
function isNow(status: MerchantStatus, now: number) {
  const freed = sql`(links.status = 'awaiting_deposit'
    and coalesce(payments.due_at, links.expires_at) <= ${now - depositGraceMs})`
  // Redundant condition on both statuses, so that the query uses the partial index of unfinished links.
  const unbound = sql`links.status in ('open', 'awaiting_deposit') and (links.status = 'open' or ${freed})`
  if (status === 'expired') return sql<boolean>`(${unbound} and links.expires_at <= ${now})`
  if (status === 'open') return sql<boolean>`(${unbound} and links.expires_at > ${now})`
  const registered = sql`(registrations.registered_at is not null and links.status <> 'refunded')`
  if (status === 'registered') return sql<boolean>`${registered}`
  return sql<boolean>`(links.status = ${status} and not ${freed} and not ${registered})`
}

export async function readHistory(database: Database, linkIds: string[]): Promise<HistoryRow[]> {
  if (linkIds.length === 0) return []
  const query = queries.selectFrom('history').selectAll().where('link_id', 'in', linkIds).orderBy('seq')
  return database.all<HistoryRow>(query.compile())
}

/** Payments that these links do not hold: rejected ones, and foreign ones that came through none of their windows. */
export async function readRejectedPayments(
  database: Database,
  linkIds: string[],
): Promise<{ rejected: PaymentsTable[]; foreign: ForeignPaymentsTable[] }> {
  if (linkIds.length === 0) return { rejected: [], foreign: [] }
  const rejected = queries
    .selectFrom('payments')
    .selectAll()
    .where('link_id', 'in', linkIds)
    // Not a parameter: a page of links already uses all 100 parameters of a D1 statement.
    .where(sql<boolean>`status = 'rejected'`)
  const foreign = queries.selectFrom('foreign_payments').selectAll().where('link_id', 'in', linkIds)
  const bySeen = (one: { seen_at: number }, other: { seen_at: number }) => one.seen_at - other.seen_at
  return {
    rejected: (await database.all<PaymentsTable>(rejected.compile())).sort(bySeen),
    foreign: (await database.all<ForeignPaymentsTable>(foreign.compile())).sort(bySeen),
  }
}
