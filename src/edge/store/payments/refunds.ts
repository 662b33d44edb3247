// Money that is still to go back: a row for each rejected payment until i'mport confirms it.
import type { Database } from '../../platform/ports/database.ts'
import { queries, type RefundRow } from '../sql/tables.ts'

export async function findDueRefunds(database: Database, now: number, limit: number): Promise<RefundRow[]> {
  const query = queries.selectFrom('returns').selectAll().where('try_at', '<=', now).orderBy('try_at')
  return database.all<RefundRow>(query.limit(limit).compile())
}

/**
 * Takes it for one try and sets the next beforehand, so whoever dies while trying leaves it to then.
 * @returns false when another process took it
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
