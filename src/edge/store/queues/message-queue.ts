// Queue of messages to customers. A message is claimed only while the status of its link fits it.
import { type RawBuilder, sql } from 'kysely'
import type { MessageChannel } from '../../domain/messages/message.ts'
import { messageLimits } from '../../domain/messages/message-limits.ts'
import { retryForMs } from '../../platform/concurrency/backoff.ts'
import type { Database } from '../../platform/ports/database.ts'
import { type MessageRow, queries } from '../sql/tables.ts'
import { isUnclaimed } from './claim.ts'

type Condition = RawBuilder<boolean>

/** The link's status fits the message. While a link awaits a deposit, no message fits. */
const fits = (now: number): Condition => sql`exists (select 1 from links where links.id = messages.link_id
  and case messages.kind when 'receipt' then links.status = 'paid'
    else links.status = 'open' and links.expires_at > ${now} end)`

/** The link's status will not fit the message any more. */
const isOver = (now: number): Condition => sql`exists (select 1 from links where links.id = messages.link_id
  and case messages.kind when 'receipt' then links.status <> 'paid'
    else links.status in ('paid', 'refunded', 'disabled') or links.expires_at <= ${now} end)`

/** Rate limit per recipient, over all links. Counts attempts, because the result of one may be unknown. */
const isBelowLimit = (now: number): Condition =>
  sql.join(
    messageLimits.map(
      ({ max, ms }) => sql<boolean>`(select count(*) from messages as other
        where other.recipient = messages.recipient and other.tried_at > ${now - ms}
        and other.id <> messages.id) < ${max}`,
    ),
    sql` and `,
  ) as Condition

export async function findDueMessages(
  database: Database,
  now: number,
  { channel, limit }: { channel: MessageChannel; limit: number },
): Promise<MessageRow[]> {
  const query = queries
    .selectFrom('messages')
    .selectAll()
    .where('due_at', '<=', now)
    .where('channel', '=', channel)
    .where(isUnclaimed(now))
    .where(fits(now))
    .where(isBelowLimit(now))
    .orderBy('due_at')
    .limit(limit)
  return database.all<MessageRow>(query.compile())
}

/**
 * Claims the message for one attempt with a lease until `until`; after a crash another process repeats the attempt.
 * @returns false if another process claimed it, the link's status does not fit, or the recipient's limit is reached
 */
export async function claimMessage(
  database: Database,
  { id, due_at, attempts, recipient }: MessageRow,
  now: number,
  until: number,
): Promise<boolean> {
  const query = queries
    .updateTable('messages')
    .set({ claimed_until: until, attempts: attempts + 1, tried_at: now })
    .where('id', '=', id)
    .where('due_at', '=', due_at)
    .where('attempts', '=', attempts)
    .where(isUnclaimed(now))
    .where(fits(now))
    .where(isBelowLimit(now))
  return (await database.batch([query.compile()], [`recipient ${recipient}`]))[0] === 1
}

export type MessageOutcome =
  | { outcome: 'sent' | 'dropped' }
  | { outcome: 'failed'; why: string }
  | { outcome: 'again'; why: string; due_at: number }

/** Ends an attempt that was claimed `until`. A final outcome erases the address in the same statement. */
export async function closeMessage(
  database: Database,
  { id }: MessageRow,
  until: number,
  now: number,
  result: MessageOutcome,
): Promise<void> {
  const last_error = 'why' in result ? result.why : null
  const change =
    result.outcome === 'again'
      ? { due_at: result.due_at, last_error }
      : { due_at: null, address: null, ended_at: now, outcome: result.outcome, last_error }
  const query = queries
    .updateTable('messages')
    .set({ claimed_until: null, ...change })
    .where('id', '=', id)
    .where('claimed_until', '=', until)
  await database.batch([query.compile()])
}

/** Ends messages whose link has ended, and those not sent within a day. @returns the number of messages */
export async function deleteMessages(database: Database, now: number): Promise<number> {
  const isOld: Condition = sql`since <= ${now - retryForMs}`
  const due = sql`due_at <= ${now} and ${isUnclaimed(now)} and (${isOver(now)} or ${isOld})`
  // Reads first: even a write that changes nothing invalidates the page cache.
  const [found] = await database.all(sql`select id from messages where ${due} limit 1`.compile(queries))
  if (!found) return 0
  const query = sql`update messages set due_at = null, address = null, claimed_until = null, ended_at = ${now},
    outcome = case when ${isOver(now)} then 'dropped' else 'failed' end,
    last_error = case when ${isOver(now)} then last_error else coalesce(last_error, 'not sent within a day') end
    where ${due}`
  return (await database.batch([query.compile(queries)]))[0] ?? 0
}
