// Messages to customers: created with the link and updated by its transitions.
import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { Link, StoredStatus } from '../../domain/links/link.ts'
import type { NewMessage } from '../../domain/messages/message.ts'
import type { Database } from '../../platform/ports/database.ts'
import { ifAtMove, insertIf } from '../sql/insert-if.ts'
import { queries } from '../sql/tables.ts'
import { isUnclaimed } from './claim.ts'

/** Statements for the batch that inserts the link. */
export function recordMessages(
  messages: readonly NewMessage[],
  { id, move_id }: Pick<Link, 'id' | 'move_id'>,
): CompiledQuery[] {
  return messages.map((message) => {
    const row = {
      ...message,
      link_id: id,
      since: message.due_at,
      claimed_until: null,
      attempts: 0,
      tried_at: null,
      ended_at: null,
      outcome: null,
      last_error: null,
    }
    return insertIf('messages', row, ifAtMove(id, move_id))
  })
}

/** Statements for the batch of a transition: receipts become due when paid, messages that no longer fit are dropped. */
export function updateMessages(
  linkId: string,
  to: StoredStatus,
  at: number,
  source: RawBuilder<unknown>,
): CompiledQuery[] {
  if (to === 'open' || to === 'awaiting_deposit') return []
  const own = sql`link_id = ${linkId} and ended_at is null and exists (select 1 ${source})`
  // A message in flight ends by itself.
  const drop = sql`update messages set due_at = null, address = null, ended_at = ${at}, outcome = 'dropped'
    where ${own} and kind <> 'receipt' and ${isUnclaimed(at)}`
  const wake = sql`update messages set since = ${at}, due_at = ${at}
    where ${own} and kind = 'receipt'`
  return (to === 'paid' ? [drop, wake] : [drop]).map((statement) => statement.compile(queries))
}

/** Erases recipients that no rate limit needs any more. */
export async function deleteRecipients(database: Database, before: number): Promise<void> {
  const query = queries
    .updateTable('messages')
    .set({ recipient: null })
    .where('ended_at', '<=', before)
    .where('recipient', 'is not', null)
  await database.batch([query.compile()])
}
