import { sql } from 'kysely'
import type { NewEvent } from '../../domain/events/event.ts'
import type { Database } from '../../platform/ports/database.ts'
import { recordWithEvents } from '../queues/outbox.ts'
import { linkLock } from '../sql/lock-keys.ts'

/** Records the failure once per link and code, only while the link is open, and queues its events with it. */
export async function recordWindowFailure(
  database: Database,
  failure: { link_id: string; code: string; at: number },
  events: readonly NewEvent[],
): Promise<void> {
  const { link_id, code, at } = failure
  const same = sql.ref<string>('status')
  const entry = {
    id: `${link_id}:window_failed:${code}`,
    link_id,
    at,
    from_status: same,
    to_status: same,
    imp_uid: null,
    why: `window_failed ${code}`,
  }
  const isOpen = sql`from links where id = ${link_id} and status = 'open' and expires_at > ${at}`
  await database.batch(recordWithEvents(entry, isOpen, events), [linkLock(link_id)])
}
