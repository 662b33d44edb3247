import { sql } from 'kysely'
import type { EventStatus } from '../../domain/events/report-event.ts'
import type { Database } from '../../platform/ports/database.ts'
import { type EventRow, queries } from '../sql/tables.ts'
import { isUnclaimed } from './claim.ts'

/** Condition: no older event with the same ordering key (order and address) is pending. */
const isFirst = sql<boolean>`not exists (select 1 from events as earlier where earlier.lane = events.lane
  and earlier.seq < events.seq and earlier.due_at is not null)`

/** Maximum length of a list parameter; D1 allows 100 parameters per statement. */
export const maxProven = 64

export interface DueFilter {
  limit: number
  /** Excludes these receivers. */
  without?: readonly string[]
  /** Excludes notices of these merchants. */
  withoutNoticesOf?: readonly string[]
  /** Only these receivers, and events for others that are not notices of these merchants (`all`: no others). */
  proven?: { receivers: readonly string[]; orNoNoticesOf: readonly string[] | 'all' }
}

export async function findDueEvents(
  database: Database,
  now: number,
  { limit, without = [], withoutNoticesOf = [], proven }: DueFilter,
): Promise<EventRow[]> {
  let query = queries.selectFrom('events').selectAll().where('due_at', '<=', now)
  if (without.length > 0) query = query.where('receiver', 'not in', without)
  if (withoutNoticesOf.length > 0)
    query = query.where((row) =>
      row.or([row('url', 'is', null), row('user_code', 'not in', withoutNoticesOf)]),
    )
  if (proven) {
    const { receivers, orNoNoticesOf } = proven
    // Padded to a fixed length, so that the statement can be prepared once; no receiver has an empty name.
    const padded = [...receivers, ...Array<string>(maxProven).fill('')].slice(0, maxProven)
    query = query.where((row) =>
      row.or([
        row('receiver', 'in', padded),
        ...(orNoNoticesOf === 'all'
          ? []
          : [row('url', 'is', null), row('user_code', 'not in', orNoNoticesOf)]),
      ]),
    )
  }
  const first = query.where(isUnclaimed(now)).where(isFirst).orderBy('due_at').orderBy('seq').limit(limit)
  return database.all<EventRow>(first.compile())
}

/**
 * Claims the event for one attempt with a lease until `until`; after a crash another process repeats the attempt.
 * @returns false if another process claimed it
 */
export async function claimEvent(
  database: Database,
  { id, lane, due_at, attempts }: EventRow,
  now: number,
  until: number,
): Promise<boolean> {
  const query = queries
    .updateTable('events')
    .set({ claimed_until: until, attempts: attempts + 1 })
    .where('id', '=', id)
    .where('due_at', '=', due_at)
    .where('attempts', '=', attempts)
    .where(isUnclaimed(now))
    .where(isFirst)
  return (await database.batch([query.compile()], [lane]))[0] === 1
}

export type Outcome =
  | { delivered: true; at: number }
  | { delivered: false; due_at: number | null; why: string }

/**
 * Ends an attempt that was claimed `until`. Later events with the same ordering key wait until this one is delivered or
 * abandoned, so their due time follows.
 */
export async function closeAttempt(
  database: Database,
  { id, lane, seq }: EventRow,
  until: number,
  now: number,
  outcome: Outcome,
): Promise<void> {
  const due_at = outcome.delivered ? null : outcome.due_at
  const close = queries
    .updateTable('events')
    .set({
      claimed_until: null,
      due_at,
      ...(outcome.delivered ? { delivered_at: outcome.at, last_error: null } : { last_error: outcome.why }),
    })
    .where('id', '=', id)
    .where('claimed_until', '=', until)
  const behind = queries
    .updateTable('events')
    .set({ due_at: due_at ?? now })
    .where('lane', '=', lane)
    .where('seq', '>', seq)
    .where('due_at', 'is not', null)
  await database.batch([close.compile(), behind.compile()], [lane])
}

export interface EventFilter {
  user_code: string
  /** Undefined: every tier of the merchant. */
  tier: string | undefined
  link_id?: string | undefined
  status?: EventStatus | undefined
  /** `seq` of the last event of the previous page. */
  before?: number | undefined
  limit: number
}

/** Newest first. */
export async function listEvents(database: Database, filter: EventFilter): Promise<EventRow[]> {
  const { user_code, tier, link_id, status, before, limit } = filter
  let query = queries.selectFrom('events').selectAll().where('user_code', '=', user_code)
  if (tier !== undefined) query = query.where('tier', '=', tier)
  if (link_id !== undefined) query = query.where('link_id', '=', link_id)
  if (before !== undefined) query = query.where('seq', '<', before)
  if (status === 'pending') query = query.where('due_at', 'is not', null)
  if (status === 'delivered') query = query.where('due_at', 'is', null).where('delivered_at', 'is not', null)
  if (status === 'failed') query = query.where('due_at', 'is', null).where('delivered_at', 'is', null)
  return database.all<EventRow>(query.orderBy('seq', 'desc').limit(limit).compile())
}

export async function findEvent(database: Database, id: string): Promise<EventRow | undefined> {
  const query = queries.selectFrom('events').selectAll().where('id', '=', id)
  return (await database.all<EventRow>(query.compile()))[0]
}

/** Queues the event again with the same id and fresh attempts, unless a delivery is in flight. */
export async function redeliverEvent(database: Database, id: string, now: number): Promise<void> {
  const query = queries
    .updateTable('events')
    .set({ due_at: now, since: now, attempts: 0, claimed_until: null })
    .where('id', '=', id)
    .where(isUnclaimed(now))
  await database.batch([query.compile()])
}
