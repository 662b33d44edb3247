// Outstanding refunds: one row per rejected payment until i'mport confirms its refund.
import type { Database } from '../../platform/ports/database.ts'
import { queries, type RefundRow } from '../sql/tables.ts'

export async function findDueRefunds(database: Database, now: number, limit: number): Promise<RefundRow[]> {
  const query = queries.selectFrom('returns').selectAll().where('try_at', '<=', now).orderBy('try_at')
  return database.all<RefundRow>(query.limit(limit).compile())
}

/**
 * Claims the refund for one try. The next try is scheduled in advance, so it also happens if this process crashes.
 * @returns false if another process claimed it
 */
export async function claimRefund(
  database: Database,
  { imp_uid, try_at, tries }: RefundRow,
  nextAt: number,
): Promise<boolean> {
  const query = queries
    .updateTable('returns')
    .set({ try_at: nextAt, tries: tries + 1 })
    .where('imp_uid', '=', imp_uid)
    .where('try_at', '=', try_at)
  return (await database.batch([query.compile()]))[0] === 1
}
