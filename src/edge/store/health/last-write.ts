import { sql } from 'kysely'
import type { Database } from '../../platform/ports/database.ts'
import { queries } from '../sql/tables.ts'

/** State that decides whether cached data of a link is still valid. */
export interface LastWrite {
  /** Every write to a link changes it. */
  move_id: string
  status: string
  /** 1: a payment window was opened and its result is not known. */
  window: 0 | 1
}

// Compiled once, because compiling takes longer than the query, which runs for every page view.
const query = sql<LastWrite>`select move_id, status, exists (select 1 from checkouts where link_id = links.id
  and granted_at > ${0} and opened_at > ${0} and ended_at is null) as window from links where id = ${''}`.compile(
  queries,
)

export async function readLastWrite(
  database: Database,
  id: string,
  openedSince: number,
): Promise<LastWrite | undefined> {
  const [row] = await database.all<LastWrite>({ ...query, parameters: [openedSince, openedSince, id] })
  return row
}
